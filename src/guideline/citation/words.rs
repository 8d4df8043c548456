//! Words by which a citation's parts are told apart.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

const TABLE: &str = include_str!("words.tsv");

/// What a word says about the parts around it; the classes of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Class {
    Filler,
    ProseFiller,
    Page,
    Month,
    Verb,
}

static WORDS: LazyLock<HashMap<Class, HashSet<&'static str>>> = LazyLock::new(|| {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let (class, words) = line.split_once('\t').expect("two columns");
            let class = match class {
                "filler" => Class::Filler,
                "prose-filler" => Class::ProseFiller,
                "page" => Class::Page,
                "month" => Class::Month,
                "verb" => Class::Verb,
                _ => panic!("words.tsv: {class}"),
            };
            (class, words.split(' ').collect())
        })
        .collect()
});

/// Whether a word, in lower case, is of a class.
pub(super) fn is(class: Class, word: &str) -> bool {
    WORDS.get(&class).is_some_and(|words| words.contains(word))
}
