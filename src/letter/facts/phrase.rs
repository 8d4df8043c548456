//! The matcher of phrases, and the one syntax of the tables beside it.
//!
//! A table (`*.tsv`) has rows with columns parted by tabs; a line that begins with `#` and a blank is a comment. A table's own
//! header says what its columns mean. A column of words or phrases parts them by `; `.
//!
//! A phrase is words parted by a blank:
//!
//! | written | stands for |
//! | --- | --- |
//! | `word` | the word in any case, with either apostrophe; its possessive counts as the word |
//! | `Word` | a word with a capital: with this case only |
//! | `a\|b` | either |
//! | `word(s)` | with or without the "s" |
//! | `word?` | the word may be missing; not the first of a phrase |
//! | `*ending` | any longer word that ends so; by itself |
//! | `<number>` | any number in digits |
//! | `<name>` | the alternatives that a row `set`, `name` of the table lists, where its reader takes [`Sets`] |
//! | `{a b} c` | the braces hold the phrase's own words where the others are only its company |
//! | `x-ray`, `w/o` | the words and marks that the tokens are; the hyphen is a blank |
//! | `/`, `,`, `-` | a mark by itself |
//!
//! "Therefore" and its like may stand between two words of a phrase. A blank of a phrase may be a wrap or a hyphen without blanks in the text; two blanks may be a lost name and part a phrase.
//! The longest phrase at a place wins, with its company; of phrases as long the first in the table.

mod pattern;

use std::borrow::Cow;
use std::sync::OnceLock;

use foldhash::HashSet;
use memchr::memchr_iter;

use self::pattern::{Phrase, Place, first_word, is_plain};
use super::words::{Key, Words, key};
use crate::text::{Filter, TokenKind};

/// A word ends in a listed ending if so many letters stand before it.
const LEAST_STEM: usize = 3;

/// The rows of a table, split at tabs.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    lines(table).map(|line| line.split('\t').collect())
}

/// The last columns of a table's rows of one kind, which the column before it names. A table is read as often as it has kinds.
pub(super) fn columns_of<'k>(
    table: &'static str,
    kind: &'k str,
) -> impl Iterator<Item = &'static str> + use<'k> {
    lines(table).filter_map(move |line| {
        let mut tabs = memchr_iter(b'\t', line.as_bytes()).rev();
        let last = tabs.next()?;
        let start = tabs.next().map_or(0, |tab| tab + 1);
        (&line[start..last] == kind).then(|| &line[last + 1..])
    })
}

/// The lines of a table that are rows.
fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    let ends = memchr_iter(b'\n', table.as_bytes()).chain([table.len()]);
    let mut start = 0;
    let lines = ends.map(move |end| {
        let line = &table[start..end];
        start = (end + 1).min(table.len());
        line
    });
    let is_comment = |line: &str| line == "#" || line.starts_with("# ");
    lines.filter(move |line| !is_comment(line) && !line.trim_ascii_start().is_empty())
}

/// The words or phrases of a column.
pub(super) fn entries(column: &str) -> impl Iterator<Item = &str> {
    column.split("; ").filter(|entry| !entry.is_empty())
}

/// The single words of a table's rows of one kind, which the column before the words names.
pub(super) fn words_of(table: &'static str, kind: &str) -> HashSet<&'static str> {
    columns_of(table, kind).flat_map(entries).collect()
}

/// Alternatives that several phrases of a table share, under a name each.
pub(super) struct Sets {
    /// The name in its angle brackets, and the alternatives.
    sets: Vec<(String, &'static str)>,
}

impl Sets {
    /// Those of a table: rows of the kind `set`, a name and the alternatives.
    pub fn of(table: &'static str) -> Self {
        let set = |row: Vec<&'static str>| match row[..] {
            ["set", name, alternatives] => Some((format!("<{name}>"), alternatives)),
            _ => None,
        };
        Self { sets: rows(table).filter_map(set).collect() }
    }

    /// A phrase with the alternatives in the place of their names.
    pub fn spell_out(&self, phrase: &'static str) -> Cow<'static, str> {
        let mut spelled = Cow::Borrowed(phrase);
        for (name, alternatives) in &self.sets {
            if spelled.contains(name) {
                spelled = spelled.replace(name, alternatives).into();
            }
        }
        spelled
    }
}

/// Phrases, each with what it means.
pub(super) struct Phrases<T> {
    phrases: Vec<Listed<T>>,
    endings: Vec<(String, T)>,
    /// Made when a phrase is first asked for: many tables never are.
    index: OnceLock<Index>,
}

/// A phrase of a table, which is parsed when its first word is first met: a letter meets few.
struct Listed<T> {
    written: Cow<'static, str>,
    parsed: OnceLock<Box<Phrase>>,
    value: T,
}

impl<T> Listed<T> {
    fn phrase(&self) -> &Phrase {
        self.parsed.get_or_init(|| Box::new(Phrase::parse(&self.written)))
    }
}

/// By what phrases begin.
#[derive(Default)]
struct Index {
    /// The first of each phrase's own words with the phrase, in their order.
    by_first: Vec<(Key, u32)>,
    /// A bit for each such word, by its key: most words of a letter are told by it to begin no phrase.
    firsts: Filter<64>,
    /// Those that begin with a number.
    by_number: Vec<u32>,
}

impl Index {
    fn of<'a>(phrases: impl Iterator<Item = &'a str>) -> Self {
        let mut index = Self::default();
        for (phrase, number) in phrases.zip(0..) {
            let first = first_word(phrase);
            if is_plain(first) {
                index.add(key(first), number);
                continue;
            }
            let mut places = Vec::new();
            Place::parse(first, &mut places);
            let Some(first) = places.first() else { continue };
            let cased = first.cased.iter().map(|word| key(&word.to_lowercase()));
            for key in first.keys().chain(cased) {
                index.add(key, number);
            }
            if first.is_number {
                index.by_number.push(number);
            }
        }
        index.by_first.sort_unstable();
        index
    }

    fn add(&mut self, first: Key, phrase: u32) {
        self.by_first.push((first, phrase));
        self.firsts.add(first);
    }

    fn begun_by(&self, word: Key) -> impl Iterator<Item = u32> + '_ {
        let may_begin = self.firsts.may_have(word);
        let start = if may_begin { self.by_first.partition_point(|(first, _)| *first < word) } else { 0 };
        let from = if may_begin { &self.by_first[start..] } else { &[] };
        from.iter().take_while(move |(first, _)| *first == word).map(|(_, phrase)| *phrase)
    }
}

/// A phrase where it stands.
struct Match<T> {
    value: T,
    /// The token behind its own words.
    end: usize,
    /// Tokens with its company.
    length: usize,
}

impl<T: Copy> Phrases<T> {
    pub fn new() -> Self {
        Self { phrases: Vec::new(), endings: Vec::new(), index: OnceLock::new() }
    }

    /// The phrases of a table's rows of one kind, as [`words_of`] finds them.
    pub fn of_kind(table: &'static str, kind: &str, value: T) -> Self {
        let mut phrases = Self::new();
        for column in columns_of(table, kind) {
            phrases.add(column, value);
        }
        phrases
    }

    /// Adds the phrases of a column.
    pub fn add(&mut self, column: &'static str, value: T) {
        for entry in entries(column) {
            self.add_phrase(entry, value);
        }
    }

    /// Adds one phrase.
    pub fn add_phrase(&mut self, entry: impl Into<Cow<'static, str>>, value: T) {
        let written = entry.into();
        match written.strip_prefix('*').filter(|ending| !ending.is_empty()) {
            Some(ending) => self.endings.push((ending.to_owned(), value)),
            None => self.phrases.push(Listed { written, parsed: OnceLock::new(), value }),
        }
        self.index = OnceLock::new();
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(self.phrases.iter().map(|listed| &*listed.written)))
    }

    /// The longest phrase whose own words begin at a token and that ends before another: the token behind its own words, and
    /// what it means.
    #[inline]
    pub fn longest(&self, words: &Words, at: usize, end: usize) -> Option<(usize, T)> {
        if self.may_begin(words, at) { self.longest_where(words, at, end, |_| true) } else { None }
    }

    /// Whether a phrase may begin at a token: of most it is quickly told that none does.
    #[inline]
    fn may_begin(&self, words: &Words, at: usize) -> bool {
        let index = self.index();
        words.token(at).is_some_and(|token| {
            index.firsts.may_have(token.key)
                || token.bare_key != token.key && index.firsts.may_have(token.bare_key)
                || token.kind == TokenKind::Number && !index.by_number.is_empty()
                || !self.endings.is_empty()
        })
    }

    /// The longest phrase of those whose meaning passes a test.
    pub fn longest_where(
        &self,
        words: &Words,
        at: usize,
        end: usize,
        passes: impl Fn(T) -> bool,
    ) -> Option<(usize, T)> {
        let mut best: Option<Match<T>> = None;
        self.for_each_match(words, at, end, |found| {
            if best.as_ref().is_none_or(|best| found.length > best.length) && passes(found.value) {
                best = Some(found);
            }
        });
        match best {
            Some(best) => Some((best.end, best.value)),
            None if self.endings.is_empty() || at >= end => None,
            None => self.ending(words, at).filter(|&value| passes(value)).map(|value| (at + 1, value)),
        }
    }

    /// Tells what every phrase means whose own words begin at a token.
    pub fn for_each_at(&self, words: &Words, at: usize, mut tell: impl FnMut(T)) {
        if self.may_begin(words, at) {
            self.for_each_match(words, at, words.len(), |found| tell(found.value));
        }
    }

    /// Whether a phrase begins at a token.
    pub fn stands_at(&self, words: &Words, at: usize) -> bool {
        self.longest(words, at, words.len()).is_some()
    }

    fn for_each_match(&self, words: &Words, at: usize, end: usize, mut tell: impl FnMut(Match<T>)) {
        let Some((whole, bare)) = words.keys(at).filter(|_| at < end) else { return };
        let index = self.index();
        let mut try_one = |phrase: u32| {
            let listed = &self.phrases[phrase as usize];
            if let Some((end, length)) = listed.phrase().stands_at(words, at, end) {
                tell(Match { value: listed.value, end, length });
            }
        };
        index.begun_by(whole).for_each(&mut try_one);
        if bare != whole {
            index.begun_by(bare).for_each(&mut try_one);
        }
        if !index.by_number.is_empty() && words.is_number(at) {
            index.by_number.iter().copied().for_each(&mut try_one);
        }
    }

    fn ending(&self, words: &Words, at: usize) -> Option<T> {
        let word = words.bare(at);
        let ends = |ending: &str| word.len() >= ending.len() + LEAST_STEM && word.ends_with(ending);
        self.endings.iter().find(|(ending, _)| ends(ending)).map(|(_, value)| *value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    /// The first phrase of a text: its own words, and which phrase of the column it is.
    fn found(column: &'static str, text: &str) -> Option<(String, usize)> {
        let mut phrases = Phrases::new();
        for (index, entry) in entries(column).enumerate() {
            phrases.add_phrase(entry, index);
        }
        let tokens = tokens(text);
        let words = Words::new(text, &tokens);
        (0..tokens.len()).find_map(|at| {
            let (end, index) = phrases.longest(&words, at, tokens.len())?;
            Some((text[words.span(&(at..end))].to_owned(), index))
        })
    }

    fn finds(column: &'static str, text: &str) -> Option<String> {
        found(column, text).map(|(words, _)| words)
    }

    #[test]
    fn words_in_every_form() {
        for (column, text, expected) in [
            ("low back", "Her LOW\nBack hurts", Some("LOW\nBack")),
            ("low back", "her low-back pain", Some("low-back")),
            ("low back", "her low\u{2011}\nback pain", Some("low\u{2011}\nback")),
            ("low back", "her low  back", None),
            ("low back", "her low - back", None),
            ("low-back", "her low back", Some("low back")),
            ("worker", "the worker\u{2019}s knee", Some("worker\u{2019}s")),
            ("physician's", "the physician\u{2019}s note", Some("physician\u{2019}s")),
            ("physician's", "the physician", None),
            ("SLAP", "a slap", None),
            ("SLAP", "a SLAP\u{2019}s repair", Some("SLAP\u{2019}s")),
            ("left|right knee(s)", "RIGHT knees", Some("RIGHT knees")),
            ("left|right knee(s)", "right knee", Some("right knee")),
            ("no clear? sign of?", "no sign of", Some("no sign of")),
            ("no clear? sign of?", "no clear sign", Some("no clear sign")),
            ("<number> feet", "12 feet", Some("12 feet")),
            ("within <number> feet", "within 12 feet", Some("within 12 feet")),
            ("<number> feet", "two feet", None),
            ("h/o", "h/o asthma", Some("h/o")),
            ("( - )", "Lachman (-)", Some("(-)")),
            ("*ectomy", "a discectomy", Some("discectomy")),
            ("*ectomy", "an ectomy", None),
            ("?", "pain?", Some("?")),
            ("criteria are met", "criteria are therefore met", Some("criteria are therefore met")),
            ("criteria are met", "criteria are not met", None),
            (";; but", "pain; but", Some(";")),
        ] {
            assert_eq!(finds(column, text).as_deref(), expected, "{column} in {text}");
        }
    }

    #[test]
    fn company_is_asked_for_and_left_out() {
        assert_eq!(finds("his {back} pain", "his back pain").as_deref(), Some("back"));
        assert_eq!(finds("his {back} pain", "back pain"), None);
        assert_eq!(finds("his {back} pain", "his back"), None);
        assert_eq!(finds("of|, the? {low back}", "of the low-back strain").as_deref(), Some("low-back"));
        assert_eq!(finds("of|, the? {low back}", "hip, low back").as_deref(), Some("low back"));
    }

    #[test]
    fn the_longest_wins_and_then_the_first() {
        assert_eq!(found("back; back pain", "back pain"), Some(("back pain".to_owned(), 1)));
        assert_eq!(found("back; {back} pain", "back pain"), Some(("back".to_owned(), 1)));
        assert_eq!(found("back pain; back pain|ache", "back pain"), Some(("back pain".to_owned(), 0)));
        assert_eq!(found("*ectomy; discectomy", "discectomy"), Some(("discectomy".to_owned(), 1)));
    }

    #[test]
    fn a_phrase_ends_before_the_end_that_is_asked_for() {
        let mut phrases = Phrases::new();
        phrases.add("low back; low", ());
        let (text, tokens) = ("low back", tokens("low back"));
        assert_eq!(phrases.longest(&Words::new(text, &tokens), 0, 1), Some((1, ())));
        assert_eq!(phrases.longest(&Words::new(text, &tokens), 0, 0), None);
    }

    #[test]
    fn a_set_stands_for_its_alternatives() {
        let sets = Sets::of("set\tside\tleft|right\nkind\t<side> knee");
        assert_eq!(sets.spell_out("the <side>? knee"), "the left|right? knee");
        assert_eq!(sets.spell_out("<number> feet"), "<number> feet");
    }

    #[test]
    fn a_table_is_rows_of_columns() {
        let table = "# about\n#\n#tag\tone; two\n\nkind\t;; but\nkind\tthree";
        assert_eq!(rows(table).collect::<Vec<_>>()[0], ["#tag", "one; two"]);
        assert_eq!(rows(table).count(), 3);
        assert_eq!(words_of(table, "kind"), [";", "but", "three"].into_iter().collect());
    }
}
