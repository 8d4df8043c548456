//! Laying a fixed text over the words of a letter, word by word, so that what was lost, added or changed is seen.

use std::ops::Range;
use std::sync::Arc;

use crate::text::{self, Key, Span, WordSet, lowered};

/// A word as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormWord {
    /// In lower case. Pronouns of one kind ("he/she", "they"), "is" and "are" are the same word.
    key: Arc<str>,
    hash: Key,
    /// Its first three bytes; absent of a shorter one.
    stem: Option<[u8; 3]>,
    /// Span in the text from which it was taken.
    pub span: Span,
}

impl FormWord {
    /// The same word of a text that begins so many bytes later.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        self.span = self.span.start + by..self.span.end + by;
        self
    }
}

/// Words, to be asked whether one is among them.
#[must_use]
pub fn word_set(words: &[FormWord]) -> WordSet {
    words.iter().map(|word| word.hash).collect()
}

/// A stretch in which a text differs from the form's wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Indices of the words that stand in its place; empty where words were lost.
    pub words: Range<usize>,
    /// What the form says there; empty where words were added.
    pub wording: String,
    /// Whether it is the end of the wording.
    pub at_end: bool,
}

/// How a text differs from a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    /// The words of the text that are the wording.
    pub words: Range<usize>,
    /// The differences, in order.
    pub differences: Vec<Difference>,
    /// Words of the form that stand there unchanged.
    pub kept: usize,
    /// Words of the form.
    pub all: usize,
    cost: usize,
}

/// The words of a text.
#[must_use]
pub fn form_words(text: &str) -> Vec<FormWord> {
    let mut words: Vec<FormWord> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_inside = c.is_alphanumeric() || start.is_some() && matches!(c, '\'' | '\u{2019}');
        match (is_inside, start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                push_word(&mut words, text, first..at);
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Adds a word; the parts of "he/she" and "his or her" become one.
fn push_word(words: &mut Vec<FormWord>, text: &str, span: Span) {
    let lower = lowered(&text[span.clone()]);
    let key = match &*lower {
        "he" | "she" | "they" => "he",
        "his" | "her" | "their" | "its" => "his",
        "are" => "is",
        "have" => "has",
        "physician" => "expert",
        "5" => "five",
        other => other,
    };
    let is_pronoun = matches!(key, "he" | "his");
    let joined = |words: &[FormWord], from: usize| {
        words.len().checked_sub(from).is_some_and(|at| {
            *words[at].key == *key && text[words[at].span.start..span.start].len() <= "they or ".len()
        })
    };
    if is_pronoun && joined(words, 1) {
        let last = words.len() - 1;
        words[last].span.end = span.end;
    } else if is_pronoun && joined(words, 2) && words.last().is_some_and(|word| *word.key == *"or") {
        words.pop();
        let last = words.len() - 1;
        words[last].span.end = span.end;
    } else {
        let stem = key.as_bytes().first_chunk().copied();
        words.push(FormWord { hash: text::key(key), stem, key: key.into(), span });
    }
}

/// A wording with its optional parts left out or kept.
#[derive(Debug, Clone)]
pub(super) struct Variant {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone)]
enum Piece {
    Word(FormWord),
    Slot,
}

impl Piece {
    fn hash(&self) -> Option<Key> {
        match self {
            Self::Word(word) => Some(word.hash),
            Self::Slot => None,
        }
    }
}

/// The cost of a word that was lost, added or changed; a word in a slot costs next to nothing.
const EDIT: usize = 100;
const SLOT_WORD: usize = 1;
/// The cost of another form of the same word.
const SLIP: usize = 90;

impl Variant {
    /// Every way of reading a wording: with and without each of its optional parts.
    pub fn all(wording: &str) -> Vec<Self> {
        expand(wording).into_iter().map(Self::new).collect()
    }

    fn new(text: String) -> Self {
        let mut pieces = Vec::new();
        let mut start = 0;
        while let Some(open) = text[start..].find('{').map(|at| start + at) {
            let close = text[open..].find('}').map_or(text.len(), |at| open + at + 1);
            pieces.extend(words_within(&text, start..open));
            pieces.push(Piece::Slot);
            start = close;
        }
        pieces.extend(words_within(&text, start..text.len()));
        while matches!(pieces.last(), Some(Piece::Slot)) {
            pieces.pop();
        }
        Self { text, pieces }
    }

    /// How many words of the form it has.
    pub fn len(&self) -> usize {
        self.words().count()
    }

    fn words(&self) -> impl Iterator<Item = &FormWord> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Word(word) => Some(word),
            Piece::Slot => None,
        })
    }

    /// How many of its words stand anywhere in a text: a cheap look before it is laid over it.
    pub fn shared_with(&self, words: &WordSet) -> usize {
        self.words().filter(|own| words.contains(&own.hash)).count()
    }

    /// Lays it over the words of a text where it fits best; `anchored` at their start.
    pub fn align(&self, words: &[FormWord], anchored: bool) -> Alignment {
        let costs = self.costs(words, anchored);
        let last = &costs[self.pieces.len()];
        let end = (0..=words.len()).min_by_key(|&at| last[at]).unwrap_or(0);
        let (start, steps) = self.trace(words, &costs, end, anchored);
        let kept = steps.iter().filter(|step| step.kept && step.is_word).count();
        Alignment {
            words: start..end,
            differences: self.differences(words, &steps),
            kept,
            all: self.len(),
            cost: last[end],
        }
    }

    /// Laid over words that are its own, with few in its slots, as most letters leave it; what [`Self::align`] would find, as no
    /// change costs as little.
    pub fn unchanged(&self, words: &[FormWord], anchored: bool) -> Option<Alignment> {
        let last_start = if anchored { 0 } else { words.len() };
        let same = (0..=last_start).filter_map(|start| {
            let end = self.end_of_same(words, start)?;
            Some((end - start - self.len(), start..end))
        });
        let (in_slots, words) = same.min_by_key(|(in_slots, _)| *in_slots)?;
        let cost = in_slots * SLOT_WORD;
        let alignment = Alignment { words, differences: Vec::new(), kept: self.len(), all: self.len(), cost };
        (self.len() > 0 && cost < SLIP).then_some(alignment)
    }

    /// Where it ends if it begins at a word and stands there unchanged: behind each slot at the first place that fits.
    fn end_of_same(&self, words: &[FormWord], start: usize) -> Option<usize> {
        let mut at = start;
        for (index, run) in self.pieces.split(|piece| matches!(piece, Piece::Slot)).enumerate() {
            let stands = |at: &usize| {
                let found = words.get(*at..*at + run.len());
                found.is_some_and(|found| {
                    run.iter().zip(found).all(|(piece, word)| piece.hash() == Some(word.hash))
                })
            };
            let last = if index == 0 { at } else { words.len() };
            at = (at..=last).find(stands)? + run.len();
        }
        Some(at)
    }

    /// The least cost of each number of pieces against each number of words.
    fn costs(&self, words: &[FormWord], anchored: bool) -> Vec<Vec<usize>> {
        let first = (0..=words.len()).map(|at| if anchored { at * EDIT } else { 0 }).collect();
        let mut costs: Vec<Vec<usize>> = Vec::with_capacity(self.pieces.len() + 1);
        costs.push(first);
        for piece in &self.pieces {
            let above = costs.last().map_or(&[][..], Vec::as_slice);
            let mut row = Vec::with_capacity(words.len() + 1);
            // What the place before cost, in the row above and in this one.
            let mut before = above[0];
            let mut here = match piece {
                Piece::Slot => before,
                Piece::Word(_) => before + EDIT,
            };
            row.push(here);
            match piece {
                Piece::Slot => row.extend(above[1..].iter().map(|&over| {
                    here = over.min(here + SLOT_WORD);
                    here
                })),
                Piece::Word(wanted) => row.extend(above[1..].iter().zip(words).map(|(&over, word)| {
                    here = (over + EDIT).min(before + price(wanted, word)).min(here + EDIT);
                    before = over;
                    here
                })),
            }
            costs.push(row);
        }
        costs
    }

    /// The way back through the costs: where the wording begins, and its steps in order.
    fn trace(
        &self,
        words: &[FormWord],
        costs: &[Vec<usize>],
        end: usize,
        anchored: bool,
    ) -> (usize, Vec<Step>) {
        let (mut piece, mut at) = (self.pieces.len(), end);
        let mut steps = Vec::new();
        while piece > 0 || anchored && at > 0 {
            let here = costs[piece][at];
            if piece == 0 {
                at -= 1;
                steps.push(Step { piece, at, kept: false, takes_word: true, is_word: false });
                continue;
            }
            match &self.pieces[piece - 1] {
                Piece::Slot if here == costs[piece - 1][at] => piece -= 1,
                Piece::Slot => {
                    at -= 1;
                    steps.push(Step { piece, at, kept: true, takes_word: true, is_word: false });
                }
                Piece::Word(word) => {
                    let price = (at > 0).then(|| price(word, &words[at - 1]));
                    if price.is_some_and(|price| here == costs[piece - 1][at - 1] + price) {
                        piece -= 1;
                        at -= 1;
                        let kept = price == Some(0);
                        steps.push(Step { piece, at, kept, takes_word: true, is_word: true });
                    } else if here == costs[piece - 1][at] + EDIT {
                        piece -= 1;
                        steps.push(Step { piece, at, kept: false, takes_word: false, is_word: true });
                    } else {
                        at -= 1;
                        steps.push(Step { piece, at, kept: false, takes_word: true, is_word: false });
                    }
                }
            }
        }
        steps.reverse();
        (at, steps)
    }

    fn differences(&self, words: &[FormWord], steps: &[Step]) -> Vec<Difference> {
        let mut differences = Vec::new();
        for run in steps.chunk_by(|before, after| before.kept == after.kept).filter(|run| !run[0].kept) {
            let first = run[0].at;
            let taken = run.iter().filter(|step| step.takes_word).count();
            let lost: Vec<usize> = run.iter().filter(|step| step.is_word).map(|step| step.piece).collect();
            let spans: Vec<&Span> = lost.iter().filter_map(|&piece| self.span(piece)).collect();
            let wording = match (spans.first(), spans.last()) {
                (Some(first), Some(last)) => &self.text[first.start..last.end],
                _ => "",
            };
            let difference = Difference {
                words: first..first + taken,
                wording: wording.split_whitespace().collect::<Vec<_>>().join(" "),
                at_end: lost.last().is_some_and(|&piece| piece + 1 == self.pieces.len()),
            };
            if !same_letters(&difference, words) {
                differences.push(difference);
            }
        }
        differences
    }

    fn span(&self, piece: usize) -> Option<&Span> {
        match self.pieces.get(piece)? {
            Piece::Word(word) => Some(&word.span),
            Piece::Slot => None,
        }
    }
}

impl Alignment {
    /// The better of two.
    pub(super) fn or_better(self, other: Self) -> Self {
        if other.cost < self.cost { other } else { self }
    }
}

/// One step of an alignment: a piece, a word, or both.
struct Step {
    piece: usize,
    at: usize,
    kept: bool,
    takes_word: bool,
    is_word: bool,
}

/// What a word in the place of another costs; one that begins as it does is a slip of the same word.
fn price(wanted: &FormWord, found: &FormWord) -> usize {
    if wanted.hash == found.hash {
        return 0;
    }
    let alike = wanted.stem.is_some() && wanted.stem == found.stem;
    if alike { SLIP } else { EDIT }
}

/// Joined or split words are another matter.
fn same_letters(difference: &Difference, words: &[FormWord]) -> bool {
    let found: String = words[difference.words.clone()].iter().map(|word| &*word.key).collect();
    let wanted: String = form_words(&difference.wording).iter().map(|word| &*word.key).collect();
    found == wanted
}

fn words_within(text: &str, span: Span) -> impl Iterator<Item = Piece> {
    let start = span.start;
    form_words(&text[span]).into_iter().map(move |word| Piece::Word(word.shifted(start)))
}

/// The wordings that optional parts make; they may hold others.
fn expand(wording: &str) -> Vec<String> {
    let Some(open) = wording.find('[') else { return vec![wording.to_owned()] };
    let mut depth = 0;
    let close = wording[open..].char_indices().find_map(|(at, c)| {
        depth += usize::from(c == '[');
        depth -= usize::from(c == ']');
        (depth == 0).then_some(open + at)
    });
    let Some(close) = close else { return vec![wording.to_owned()] };
    let rest = expand(&wording[close + 1..]);
    let insides = [vec![String::new()], expand(&wording[open + 1..close])].concat();
    let before = &wording[..open];
    insides.iter().flat_map(|inside| rest.iter().map(move |rest| format!("{before}{inside}{rest}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The differences as "found → wanted".
    fn differences(wording: &str, text: &str) -> Vec<String> {
        let words = form_words(text);
        let all = Variant::all(wording).into_iter().map(|variant| variant.align(&words, false));
        let best = all.reduce(Alignment::or_better).unwrap();
        best.differences
            .into_iter()
            .map(|difference| {
                let found = &words[difference.words.clone()];
                let found = found
                    .first()
                    .map_or("", |first| &text[first.span.start..found[found.len() - 1].span.end]);
                format!("{found} → {}", difference.wording)
            })
            .collect()
    }

    const WORDING: &str = "He/she has no ties with the employer. [He/she is certified in {specialty}[ and in {other}]. ]He/she is at work.";

    #[test]
    fn the_same_wording() {
        let same = |text| assert_eq!(differences(WORDING, text), [""; 0], "{text}");
        same("He/she has no ties with the employer. He/she is at work.");
        same("They have no ties with the employer. They are at work.");
        same(
            "He or she has no ties\nwith the employer. He/she is certified in Internal Medicine. She is at work.",
        );
        same(
            "HE/SHE HAS NO TIES with the employer; he/she is certified in Surgery and in Pain Medicine. He/she is at work.",
        );
        same("Before it. He/she has no ties withthe employer. He/she is at work. After it.");
    }

    #[test]
    fn the_short_way_finds_what_the_long_one_does() {
        let mut unchanged = 0;
        for text in [
            "He/she has no ties with the employer. He/she is at work.",
            "Before. He/she has no ties with the employer. He/she is certified in Internal Medicine. She is at work.",
            "He/she has no ties with the employer. He/she is certified in and in Surgery and in Pain. He/she is at work.",
            "He/she has no ties. He/she has no ties with the employer. They are certified in Pain. They are at work. Yes.",
            "He/she has no tie with the employer. He/she is at work.",
            "",
        ] {
            let words = form_words(text);
            for variant in Variant::all(WORDING) {
                for anchored in [false, true] {
                    let long = variant.align(&words, anchored);
                    match variant.unchanged(&words, anchored) {
                        Some(short) => {
                            unchanged += 1;
                            assert_eq!((short.cost, short.kept), (long.cost, long.kept), "{text}");
                            assert_eq!(long.differences, [], "{text}");
                        }
                        None => assert!(long.cost >= SLIP, "{text}"),
                    }
                }
            }
        }
        assert!(unchanged > 4);
    }

    #[test]
    fn lost_added_and_changed_words() {
        let differ = |text, expected: &[&str]| assert_eq!(differences(WORDING, text), expected, "{text}");
        differ("He/she has ties with the employer. He/she is at work.", &[" → no"]);
        differ("He/she has no ties with the employer. He/she is not at work.", &["not → "]);
        differ(
            "He/she has no tie with the employee. He/she is at work.",
            &["tie → ties", "employee → employer"],
        );
        differ("He/she has ties. He/she is at work.", &[" → no", " → with the employer"]);
    }
}
