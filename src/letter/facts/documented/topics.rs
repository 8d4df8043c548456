//! The kinds of care, as data.

use std::sync::LazyLock;

use crate::letter::facts::phrase::{Phrases, entries, rows};

const TABLE: &str = include_str!("topics.tsv");

/// A treatment, a study, an assessment or an answer to treatment, of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TopicId(u8);

struct Row {
    name: &'static str,
    wider: &'static str,
    class: &'static str,
}

pub(super) struct Topics {
    rows: Vec<Row>,
    /// Names of a topic.
    pub names: Phrases<TopicId>,
    /// Words by which a summary tells of it.
    pub told: Phrases<TopicId>,
}

pub(super) static TOPICS: LazyLock<Topics> = LazyLock::new(|| {
    let mut topics = Topics { rows: Vec::new(), names: Phrases::new(), told: Phrases::new() };
    for row in rows(TABLE) {
        let [name, wider, class, names, told] = row[..] else { continue };
        let Ok(id) = u8::try_from(topics.rows.len()).map(TopicId) else { continue };
        topics.rows.push(Row { name, wider, class });
        topics.names.add(names, id);
        topics.told.add(told, id);
    }
    topics
});

impl TopicId {
    /// Its name in a sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The topic of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let index = TOPICS.rows.iter().position(|row| row.name == name)?;
        u8::try_from(index).ok().map(Self)
    }

    /// Whether it is the other or one kind of it.
    #[must_use]
    pub fn is_kind_of(self, other: Self) -> bool {
        self == other || entries(self.row().wider).any(|wider| wider == other.name())
    }

    fn row(self) -> &'static Row {
        &TOPICS.rows[usize::from(self.0)]
    }
}

/// The topics that a class of drugs is.
pub(super) fn of_class(class: &str) -> impl Iterator<Item = TopicId> {
    let ids = TOPICS.rows.iter().zip(0..).filter(move |(row, _)| !row.class.is_empty() && row.class == class);
    ids.map(|(_, index)| TopicId(index))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::drug;

    #[test]
    fn the_table_is_sound() {
        for row in rows(TABLE) {
            assert_eq!(row.len(), 5, "{row:?}");
            assert!(entries(row[1]).all(|wider| TopicId::from_name(wider).is_some()), "{row:?}");
            assert!(row[2].is_empty() || drug::names().any(|(_, id)| id.class() == row[2]), "{row:?}");
        }
    }
}
