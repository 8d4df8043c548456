//! The forms of the verbs that letters use.

use std::sync::LazyLock;

use foldhash::HashMap;

/// Base, past and participle where they are irregular, and whether the verb is a noun or an adjective too.
const VERBS: &str = include_str!("../../lints/wording/verbs.tsv");

/// A verb.
pub struct Verb {
    /// "take".
    pub base: &'static str,
    /// "took".
    pub past: String,
    /// "taken".
    pub participle: String,
    /// Whether its base or its third person is another kind of word too ("report", "complete").
    pub is_noun: bool,
}

/// Which form of a verb a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// "take".
    Base,
    /// "takes".
    Third,
    /// "took".
    Past,
}

static FORMS: LazyLock<HashMap<String, (usize, Form)>> = LazyLock::new(|| {
    let mut forms = HashMap::default();
    for (index, verb) in TABLE.iter().enumerate() {
        for (word, form) in [
            (verb.base.to_owned(), Form::Base),
            (third_person(verb.base), Form::Third),
            (verb.past.clone(), Form::Past),
        ] {
            forms.entry(word).or_insert((index, form));
        }
    }
    forms
});

static TABLE: LazyLock<Vec<Verb>> = LazyLock::new(|| {
    let lines = VERBS.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut columns = line.split('\t').map(|column| column.trim());
            let base = columns.next().unwrap_or_default();
            let mut irregular = || columns.next().filter(|form| !form.is_empty()).map(str::to_owned);
            let past = irregular().unwrap_or_else(|| regular_past(base));
            let participle = irregular().unwrap_or_else(|| past.clone());
            Verb { base, past, participle, is_noun: columns.next() == Some("other") }
        })
        .collect()
});

/// The verb of which a word in small letters is a form.
pub fn verb(word: &str) -> Option<(&'static Verb, Form)> {
    FORMS.get(word).map(|&(index, form)| (&TABLE[index], form))
}

/// "takes", "denies", "discusses", "has".
pub fn third_person(base: &str) -> String {
    match base {
        "have" => return "has".to_owned(),
        "do" => return "does".to_owned(),
        "go" => return "goes".to_owned(),
        _ => {}
    }
    let ends_hissing = ["s", "x", "ch", "sh"].iter().any(|end| base.ends_with(end));
    match stem_before_y(base) {
        Some(stem) => format!("{stem}ies"),
        None if ends_hissing => format!("{base}es"),
        None => format!("{base}s"),
    }
}

/// The forms that [`form_of`] makes.
pub const FORM_NAMES: [&str; 6] =
    ["{base}", "{third}", "{participle}", "{plural}", "{possessive}", "{adverb}"];

/// The form that one of [`FORM_NAMES`] asks for, of a verb or a noun in small letters: `{base}` is what stands behind a plural
/// ("are"), `{third}` behind a singular. None where no such form is known.
#[must_use]
pub fn form_of(word: &str, name: &str) -> Option<String> {
    let numbers = [("is", "are"), ("was", "were"), ("has", "have"), ("does", "do"), ("doesn't", "don't")];
    for (one, several) in numbers {
        match name {
            "{base}" if word == one => return Some(several.to_owned()),
            "{third}" if word == several => return Some(one.to_owned()),
            _ => {}
        }
    }
    match name {
        "{plural}" if word == "criterion" => Some("criteria".to_owned()),
        "{plural}" if word.ends_with("sis") => Some(format!("{}es", word.strip_suffix("is")?)),
        "{third}" | "{plural}" => Some(third_person(word)),
        "{possessive}" => Some(format!("{word}'s")),
        "{adverb}" => Some(format!("{word}ly")),
        "{base}" => verb(word).map(|(verb, _)| verb.base.to_owned()).or_else(|| without_ending(word)),
        "{participle}" => {
            Some(verb(word).map_or_else(|| regular_past(word), |(verb, _)| verb.participle.clone()))
        }
        _ => None,
    }
}

/// "visits" → "visit", "reaches" → "reach", "studies" → "study".
fn without_ending(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    let hisses = ["sses", "xes", "ches", "shes"].iter().any(|end| word.ends_with(end));
    word.strip_suffix(if hisses { "es" } else { "s" }).map(str::to_owned)
}

fn regular_past(base: &str) -> String {
    match stem_before_y(base) {
        Some(stem) => format!("{stem}ied"),
        None if base.ends_with('e') => format!("{base}d"),
        None => format!("{base}ed"),
    }
}

fn stem_before_y(base: &str) -> Option<&str> {
    base.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_made() {
        for (word, name, form) in [
            ("visit", "{plural}", "visits"),
            ("criterion", "{plural}", "criteria"),
            ("diagnosis", "{plural}", "diagnoses"),
            ("deny", "{third}", "denies"),
            ("studies", "{base}", "study"),
            ("outweighs", "{base}", "outweigh"),
            ("reaches", "{base}", "reach"),
            ("took", "{base}", "take"),
            ("went", "{participle}", "gone"),
            ("instruct", "{participle}", "instructed"),
            ("were", "{third}", "was"),
            ("does", "{base}", "do"),
            ("worker", "{possessive}", "worker's"),
            ("mild", "{adverb}", "mildly"),
        ] {
            assert_eq!(form_of(word, name).as_deref(), Some(form), "{word}");
        }
        assert_eq!(form_of("went", "{past}"), None);
    }

    #[test]
    fn forms_lead_to_their_verb() {
        for (word, base, form) in [
            ("denies", "deny", Form::Third),
            ("denied", "deny", Form::Past),
            ("took", "take", Form::Past),
            ("has", "have", Form::Third),
            ("referred", "refer", Form::Past),
            ("discusses", "discuss", Form::Third),
        ] {
            let (verb, found) = verb(word).unwrap_or_else(|| panic!("{word} is a form"));
            assert_eq!((verb.base, found), (base, form));
        }
    }
}
