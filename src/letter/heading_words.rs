//! Headings without a fixed wording, told by the words of which they consist: "SERVICES IN DISPUTE AND DECISIONS".

use foldhash::HashMap;

use super::layout::Line;
use super::marks::{Found, Mark, MarkKind, letter_before, number_before};
use super::profile::{HeadingWords, Profile};

/// No heading has more words.
const MOST_WORDS: usize = 10;
/// Words that tell nothing, in any heading.
const SMALL_WORDS: &[&str] = &[
    "of", "the", "in", "and", "for", "by", "to", "under", "on", "a", "an", "at", "with", "from", "this", "or",
];

/// The words of the headings of some profiles.
#[derive(Debug)]
pub(super) struct HeadingsByWords {
    by_word: HashMap<&'static str, Vec<Meaning>>,
    profiles: &'static [Profile],
}

/// What a word in a heading says of it.
#[derive(Debug, Clone, Copy)]
struct Meaning {
    profile: usize,
    kind: MarkKind,
    /// Whether one such word has to stand.
    is_telling: bool,
}

impl HeadingsByWords {
    pub fn of(profiles: &'static [Profile]) -> Self {
        let mut by_word: HashMap<&'static str, Vec<Meaning>> = HashMap::default();
        for (profile, of) in profiles.iter().enumerate() {
            let sections = of.section.iter().map(|mark| (MarkKind::Section(mark.section), &mark.words));
            let fields = of.field.iter().map(|mark| (MarkKind::Field(mark.field), &mark.words));
            for (kind, HeadingWords { telling, beside }) in sections.chain(fields) {
                let words =
                    telling.iter().map(|word| (word, true)).chain(beside.iter().map(|word| (word, false)));
                for (word, is_telling) in words {
                    by_word.entry(word).or_default().push(Meaning { profile, kind, is_telling });
                }
            }
        }
        Self { by_word, profiles }
    }

    /// The heading that fills a line, for each profile that knows all its words and takes them for one heading only.
    pub fn at(&self, lines: &[Line<'_>], line: usize) -> Vec<Found> {
        let Some(words) = heading_like(lines, line) else { return Vec::new() };
        let words: Vec<String> = words.map(str::to_lowercase).collect();
        let telling: Vec<&String> =
            words.iter().filter(|word| !SMALL_WORDS.contains(&word.as_str())).collect();
        let Some(meanings) = telling.first().and_then(|word| self.by_word.get(word.as_str())) else {
            return Vec::new();
        };
        let said = |word: &str, of: &Meaning| {
            let meanings = self.by_word.get(word)?;
            meanings.iter().find(|other| other.profile == of.profile && other.kind == of.kind)
        };
        let is_meant = |of: &&Meaning| {
            telling.iter().all(|word| said(word, of).is_some())
                && telling.iter().any(|word| said(word, of).is_some_and(|said| said.is_telling))
        };
        let meant: Vec<&Meaning> = meanings.iter().filter(is_meant).collect();
        let title = lines[line].text.to_lowercase();
        let is_title = |of: &Meaning| {
            self.profiles[of.profile].titles.iter().any(|known| title.contains(&known.to_lowercase()))
        };
        let is_alone = |of: &&&Meaning| {
            !is_title(of) && meant.iter().filter(|other| other.profile == of.profile).count() == 1
        };
        let end_column = lines[line].text.len();
        let found = meant.iter().filter(is_alone).map(|&&Meaning { profile, kind, .. }| Found {
            profile,
            line,
            mark: Mark { kind, end_line: line, end_column },
        });
        found.collect()
    }
}

/// The words of a line that stands like a heading: by itself, or in capitals.
fn heading_like<'l>(lines: &'l [Line<'_>], line: usize) -> Option<impl Iterator<Item = &'l str> + Clone> {
    let text = lines[line].text;
    let text = text[number_before(text).max(letter_before(text))..].trim_end_matches(':');
    // "OPINION OF THE FIRST REVIEWER (clinical genetics)"
    let text = text.strip_suffix(')').and_then(|text| text.rsplit_once(" (")).map_or(text, |(text, _)| text);
    let is_apart =
        |at: usize| lines.get(at).is_none_or(|line| line.blank_lines_before > 0 || line.page_break_before);
    let is_in_capitals = !text.contains(char::is_lowercase);
    let stands = is_in_capitals || line == 0 || is_apart(line) && is_apart(line + 1);
    let words = text.split([' ', '/', ',', '&']).filter(|word| !word.is_empty());
    let is_heading = stands
        && text.starts_with(char::is_uppercase)
        && text.ends_with(char::is_alphabetic)
        && words.clone().count() <= MOST_WORDS;
    is_heading.then_some(words)
}
