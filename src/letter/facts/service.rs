//! Services that a text names: what a request can be for, drugs apart.

use std::sync::LazyLock;

use super::phrase::{Phrases, entries, rows};
use super::words::Words;
use crate::text::{Span, Token};

/// The services, their kinds and the words for them.
const TABLE: &str = include_str!("service.tsv");

/// The column that stands where words name no service.
const NO_SERVICE: &str = "-";

/// A service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceId(u8);

/// A service where a text names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Logical span of the name.
    pub span: Span,
    /// Which.
    pub id: ServiceId,
}

struct Definition {
    name: &'static str,
    kinds: Vec<ServiceId>,
}

struct Catalogue {
    definitions: Vec<Definition>,
    phrases: Phrases<Option<ServiceId>>,
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let mut keys: Vec<&str> = Vec::new();
    let mut definitions: Vec<Definition> = Vec::new();
    for row in rows(TABLE) {
        if let [key, "name", name] = row[..] {
            keys.push(key);
            definitions.push(Definition { name, kinds: Vec::new() });
        }
    }
    let id = |key: &str| {
        let index = keys.iter().position(|known| *known == key);
        index.and_then(|index| u8::try_from(index).ok()).map(ServiceId)
    };
    let mut phrases = Phrases::new();
    for row in rows(TABLE) {
        match row[..] {
            [_, "name", _] => {}
            [key, "part-of", kinds] => {
                let kinds: Vec<ServiceId> = entries(kinds).filter_map(&id).collect();
                if let Some(ServiceId(index)) = id(key) {
                    definitions[usize::from(index)].kinds.extend(kinds);
                }
            }
            [key, _, names] => phrases.add(names, id(key).filter(|_| key != NO_SERVICE)),
            _ => {}
        }
    }
    Catalogue { definitions, phrases }
});

impl ServiceId {
    /// Its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.definition().name
    }

    /// Whether it is the other service or one of its kind, at any depth.
    #[must_use]
    pub fn is_kind_of(self, other: Self) -> bool {
        self == other || self.definition().kinds.iter().any(|kind| kind.is_kind_of(other))
    }

    fn definition(self) -> &'static Definition {
        &CATALOGUE.definitions[usize::from(self.0)]
    }
}

/// Whether one of two services is the other or of its kind.
#[must_use]
pub fn related(a: ServiceId, b: ServiceId) -> bool {
    a.is_kind_of(b) || b.is_kind_of(a)
}

/// Finds the services that a text names, in order.
#[must_use]
pub fn read(text: &str, tokens: &[Token]) -> Vec<Service> {
    let words = Words::new(text, tokens);
    let mut services = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let Some((end, service)) = CATALOGUE.phrases.longest(&words, index, words.len()) else {
            index += 1;
            continue;
        };
        services.extend(service.map(|id| Service { span: words.span(&(index..end)), id }));
        index = end;
    }
    services
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::cases;

    fn services(text: &str) -> Vec<Service> {
        cases::read(text, |text, tokens, _| read(text, tokens))
    }

    #[test]
    fn services_are_found_where_named() {
        for (text, expected) in [
            ("MRI of the lumbar spine", "MRI"),
            ("an MR arthrogram and plain films", "MRI; radiographs"),
            ("TENS unit, 30-day rental", "TENS unit"),
            ("Gym membership with aquatic therapy facilities", "gym membership; aquatic therapy"),
            (
                "L4-5 transforaminal epidural steroid injection",
                "epidural steroid injection; epidural steroid injection",
            ),
            ("right knee arthroscopy", "arthroscopic surgery"),
            ("physical therapy notes", ""),
            ("surgery, therapy, an injection and a device", ""),
        ] {
            let found: Vec<_> = services(text).into_iter().map(|service| service.id.name()).collect();
            assert_eq!(found.join("; "), expected, "{text}");
        }
    }

    #[test]
    fn kinds_are_related() {
        let id = |name: &str| services(name).first().expect("a service").id;
        assert!(related(id("aquatic therapy"), id("physical therapy")));
        assert!(related(id("ESI"), id("steroid injection")));
        assert!(!related(id("TENS"), id("H-wave")));
        assert!(!related(id("MRI"), id("CT scan")));
    }

    #[test]
    fn the_table_is_sound() {
        let keys: Vec<&str> = rows(TABLE).filter(|row| row[1] == "name").map(|row| row[0]).collect();
        for row in rows(TABLE) {
            assert_eq!(row.len(), 3, "{row:?}");
            assert!(row[0] == NO_SERVICE || keys.contains(&row[0]), "{row:?}");
            assert!(row[1] != "part-of" || entries(row[2]).all(|kind| keys.contains(&kind)), "{row:?}");
        }
    }

    #[test]
    fn any_text() {
        cases::check_any_text(TABLE, |text| services(text).into_iter().map(|service| service.span).collect());
    }
}
