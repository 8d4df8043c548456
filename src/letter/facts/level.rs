//! Spinal levels ("L4-5", "the C8 nerve root"), and whether there is such a level.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::LazyLock;

use super::phrase::{Words, is_dash, rows, sentence_at};
use super::region::RegionId;
use crate::letter::Sentence;
use crate::text::{Gap, Span, Token, TokenKind};

/// A part of the spine, from above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// C1 to C7, with a nerve root C8.
    Cervical,
    /// T1 to T12.
    Thoracic,
    /// L1 to L5.
    Lumbar,
    /// S1 to S5.
    Sacral,
}

/// A vertebra or nerve root by its number; it need not exist. One that lies higher is less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vertebra {
    /// Its part of the spine.
    pub area: Area,
    /// Its number, from 1.
    pub number: u8,
}

/// What a level is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LevelKind {
    /// From one vertebra to another: a disc, a motion segment, or several.
    Segment,
    /// One vertebra, or a level of which no more is said.
    Vertebra,
    /// One or more nerve roots, dermatomes or myotomes.
    Root,
}

/// Whether a level can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Validity {
    /// There is such a level.
    Valid,
    /// No spine has it (T13), unless a transitional vertebra is spoken of (L6).
    NoSuchLevel,
    /// The second of two joined by a dash does not lie below the first ("L5-L4").
    Inverted,
}

/// A spinal level, or a run of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Logical span.
    pub span: Span,
    /// What it is of.
    pub kind: LevelKind,
    /// The first that is written; the higher one, unless inverted or named in prose ("from S1 to L3").
    pub from: Vertebra,
    /// The last that is written; the same for a single level.
    pub to: Vertebra,
    /// Whether it can be.
    pub validity: Validity,
}

impl Area {
    fn from_letter(letter: char) -> Option<Self> {
        match letter.to_ascii_uppercase() {
            'C' => Some(Self::Cervical),
            'T' => Some(Self::Thoracic),
            'L' => Some(Self::Lumbar),
            'S' => Some(Self::Sacral),
            _ => None,
        }
    }

    fn letter(self) -> char {
        match self {
            Self::Cervical => 'C',
            Self::Thoracic => 'T',
            Self::Lumbar => 'L',
            Self::Sacral => 'S',
        }
    }

    /// How many vertebrae it has.
    fn count(self) -> u8 {
        match self {
            Self::Cervical => 7,
            Self::Thoracic => 12,
            Self::Lumbar | Self::Sacral => 5,
        }
    }

    /// The area below, with which its last vertebra is joined.
    fn below(self) -> Option<Self> {
        match self {
            Self::Cervical => Some(Self::Thoracic),
            Self::Thoracic => Some(Self::Lumbar),
            Self::Lumbar => Some(Self::Sacral),
            Self::Sacral => None,
        }
    }
}

impl fmt::Display for Vertebra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.area.letter(), self.number)
    }
}

impl Vertebra {
    const C8: Self = Self { area: Area::Cervical, number: 8 };

    /// "L4". A number far beyond the area's is a slip of another kind, or no level.
    fn parse(word: &str) -> Option<Self> {
        let area = word.chars().next().and_then(Area::from_letter)?;
        let digits = &word[1..];
        let number = small_number(digits).filter(|number| (1..=area.count() + 2).contains(number))?;
        Some(Self { area, number })
    }

    /// What a bare number after it means: "L4-5", "L5-1".
    fn followed_by(self, number: u8) -> Option<Self> {
        if number == 1 && self.number >= self.area.count() {
            return self.area.below().map(|area| Self { area, number });
        }
        // "C5-5/5" is a strength, "L5-3" a measure: only the neighbour above is taken for an inversion.
        let plausible = number > self.number && number <= self.area.count() + 1 || number + 1 == self.number;
        (plausible && number > 0).then_some(Self { area: self.area, number })
    }

    fn exists(self, has_transitional: bool) -> bool {
        let extra = has_transitional
            && matches!(
                self,
                Self { area: Area::Lumbar, number: 6 } | Self { area: Area::Thoracic, number: 13 }
            );
        self.number <= self.area.count() || extra
    }
}

impl Level {
    /// The part of the body in which it begins.
    #[must_use]
    pub fn region(&self) -> RegionId {
        RegionId::of(match self.from.area.min(self.to.area) {
            Area::Cervical => "cervical-spine",
            Area::Thoracic => "thoracic-spine",
            Area::Lumbar => "lumbar-spine",
            Area::Sacral => "sacrum",
        })
    }
}

/// At most two digits, without a leading zero.
fn small_number(digits: &str) -> Option<u8> {
    let well_formed = (1..=2).contains(&digits.len()) && !digits.starts_with('0');
    well_formed.then(|| digits.parse().ok()).flatten()
}

/// "L5S1": two levels without a dash.
fn parse_joined(word: &str) -> Option<(Vertebra, Vertebra)> {
    let second = word.char_indices().skip(1).find(|(_, c)| c.is_alphabetic())?.0;
    Some((Vertebra::parse(&word[..second])?, Vertebra::parse(&word[second..])?))
}

/// The kinds of words of the table.
static WORDS: LazyLock<HashMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
    let mut kinds: HashMap<&str, HashSet<&str>> = HashMap::new();
    for row in rows(include_str!("level.tsv")) {
        if let [kind, words] = row[..] {
            kinds.entry(kind).or_default().extend(words.split_whitespace());
        }
    }
    kinds
});

fn is(kind: &str, word: &str) -> bool {
    WORDS.get(kind).is_some_and(|words| words.contains(word))
}

/// What joins two levels.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Dash,
    Slash,
    Prose,
}

/// Levels that are written as one, before it is known whether they are any.
struct Chain {
    levels: Vec<Vertebra>,
    joint: Option<Joint>,
    first: usize,
    last: usize,
    /// Byte after it; a number may go on ("L4-5,5-1").
    end: usize,
}

/// Finds the spinal levels that a text names, in order.
#[must_use]
pub fn read(text: &str, tokens: &[Token], sentences: &[Sentence]) -> Vec<Level> {
    let words = Words::new(text, tokens);
    let mut reader = Reader { words: &words, sentences, has_transitional: None };
    let mut levels = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let Some(chain) = reader.chain(index) else {
            index += 1;
            continue;
        };
        index = chain.last + 1;
        levels.extend(reader.level(&chain));
    }
    levels
}

struct Reader<'a> {
    words: &'a Words<'a>,
    sentences: &'a [Sentence],
    /// Whether the text speaks of a transitional vertebra, once asked.
    has_transitional: Option<bool>,
}

impl Reader<'_> {
    /// The levels that begin at a token, as far as they are joined.
    fn chain(&self, first: usize) -> Option<Chain> {
        let token = self.words.token(first).filter(|token| token.kind == TokenKind::Word)?;
        let word = self.words.raw(first);
        if let Some((from, to)) = parse_joined(word) {
            let (levels, joint) = (vec![from, to], Some(Joint::Dash));
            return Some(Chain { levels, joint, first, last: first, end: token.span.end });
        }
        let levels = vec![Vertebra::parse(word)?];
        let mut chain = Chain { levels, joint: None, first, last: first, end: token.span.end };
        while self.extend(&mut chain) {}
        Some(chain)
    }

    /// Takes in the next level, if one is joined to the chain.
    fn extend(&self, chain: &mut Chain) -> bool {
        let words = self.words;
        let (at, next) = (chain.last + 1, chain.last + 2);
        let (Some(mark), Some(token)) = (words.token(at), words.token(next)) else { return false };
        let joint = match words.lower(at) {
            "/" => Joint::Slash,
            dash if is_dash(dash) => Joint::Dash,
            "to" | "through" | "thru" if chain.levels.len() == 1 => Joint::Prose,
            _ => return false,
        };
        let last = chain.levels[chain.levels.len() - 1];
        let number_goes_on = words.token(chain.last).is_some_and(|token| token.span.end != chain.end);
        if number_goes_on
            || chain.joint.is_some_and(|known| known != joint)
            || [mark.gap, token.gap].contains(&Gap::Blanks)
        {
            return false;
        }
        let tight = mark.gap == Gap::None && matches!(token.gap, Gap::None | Gap::Wrap);
        let (level, end) = match token.kind {
            TokenKind::Word if tight || joint != Joint::Slash => {
                let Some(level) = Vertebra::parse(words.raw(next)) else { return false };
                (level, token.span.end)
            }
            TokenKind::Number if tight && joint != Joint::Prose && !self.is_measure(next) => {
                let digits = words.raw(next).split(',').next().unwrap_or_default();
                let Some(level) = small_number(digits).and_then(|number| last.followed_by(number)) else {
                    return false;
                };
                (level, token.span.start + digits.len())
            }
            _ => return false,
        };
        chain.levels.push(level);
        chain.joint = Some(joint);
        chain.last = next;
        chain.end = end;
        true
    }

    /// "5 mm", "5mm", "5%".
    fn is_measure(&self, number: usize) -> bool {
        let after = self.words.token(number + 1);
        matches!(self.words.lower(number + 1), "mm" | "cm" | "millimeter" | "millimeters" | "%")
            || after.is_some_and(|token| token.gap == Gap::None && token.kind == TokenKind::Word)
    }

    fn level(&mut self, chain: &Chain) -> Option<Level> {
        if self.is_code(chain) || self.means_something_else(chain) || !self.stands_in_spine(chain) {
            return None;
        }
        let (from, to) = (*chain.levels.first()?, *chain.levels.last()?);
        let (kind, validity) = self.judge(chain);
        let start = self.words.token(chain.first)?.span.start;
        Some(Level { span: start..chain.end, kind, from, to, validity })
    }

    fn judge(&mut self, chain: &Chain) -> (LevelKind, Validity) {
        let kind = if chain.levels.len() == 1 { LevelKind::Vertebra } else { LevelKind::Segment };
        let has_c8 = chain.levels.contains(&Vertebra::C8);
        let is_root = self.names_root(chain) || has_c8 && !self.follows(chain, &["bone"]);
        let has_transitional = self.has_transitional();
        let exists = |level: &Vertebra| level.exists(has_transitional) || is_root && *level == Vertebra::C8;
        let falls = chain.levels.windows(2).all(|pair| pair[0] < pair[1]);
        let validity = if !chain.levels.iter().all(exists) {
            Validity::NoSuchLevel
        } else if chain.joint == Some(Joint::Dash) && !falls {
            Validity::Inverted
        } else {
            Validity::Valid
        };
        (if is_root { LevelKind::Root } else { kind }, validity)
    }

    fn has_transitional(&mut self) -> bool {
        let words = self.words;
        *self
            .has_transitional
            .get_or_insert_with(|| (0..words.len()).any(|at| is("transitional", words.lower(at))))
    }

    /// A part of a number or a code, or the name of a room or a table.
    fn is_code(&self, chain: &Chain) -> bool {
        let words = self.words;
        let Some(before) = chain.first.checked_sub(1) else { return false };
        let glued = words.token(chain.first).is_some_and(|token| token.gap == Gap::None)
            && !matches!(
                words.raw(before),
                "(" | "[" | "/" | "," | ";" | ":" | "\u{201c}" | "\"" | ">" | "<" | "="
            );
        glued || words.previous(chain.first).is_some_and(|at| is("label", words.lower(at)))
    }

    /// A weighting, a heart sound, a hormone, a protein.
    fn means_something_else(&self, chain: &Chain) -> bool {
        let within = |area, numbers: std::ops::RangeInclusive<u8>| {
            chain.levels.iter().all(|level| level.area == area && numbers.contains(&level.number))
        };
        let spine = self.says(chain, "spine");
        within(Area::Thoracic, 1..=2) && self.says(chain, "image")
            || within(Area::Sacral, 1..=4) && self.says(chain, "heart") && !self.follows(chain, &["anatomy"])
            || within(Area::Thoracic, 3..=4) && self.says(chain, "gland") && !spine
            || within(Area::Cervical, 1..=5) && self.says(chain, "serum") && !spine
            || within(Area::Sacral, 1..=1) && matches!(self.words.lower(chain.last + 1), "joint" | "joints")
    }

    /// Whether a word of a kind stands in the chain's sentence.
    fn says(&self, chain: &Chain, kind: &str) -> bool {
        sentence_at(self.sentences, chain.first)
            .is_some_and(|sentence| sentence.tokens.clone().any(|at| is(kind, self.words.lower(at))))
    }

    /// Whether the chain's company makes it a level of the spine.
    fn stands_in_spine(&self, chain: &Chain) -> bool {
        if self.follows(chain, &["anatomy"]) {
            return true;
        }
        let (from, to) = (chain.levels[0], chain.levels[chain.levels.len() - 1]);
        let written_large = self.words.raw(chain.first).starts_with(char::is_uppercase);
        if chain.levels.len() > 1 {
            let crosses = from.area != to.area;
            let known = from.exists(false) && to.exists(false);
            let plain = match from.area {
                _ if crosses => written_large,
                Area::Lumbar => true,
                Area::Cervical => chain.joint != Some(Joint::Prose),
                Area::Thoracic => from.number > 4 && written_large,
                Area::Sacral => false,
            };
            return known && plain || self.says(chain, "spine");
        }
        let placed = self.words.previous(chain.first).is_some_and(|at| {
            is("place", self.words.lower(at)) || Vertebra::parse(self.words.raw(at)).is_some()
        });
        written_large && placed && (from.exists(false) || from == Vertebra::C8) && self.says(chain, "spine")
    }

    fn names_root(&self, chain: &Chain) -> bool {
        self.follows(chain, &["root"]) || self.follows_root(chain)
    }

    /// Whether one of the three words after the chain is of a kind; further levels of a list are passed over.
    fn follows(&self, chain: &Chain, kinds: &[&str]) -> bool {
        let mut steps = 0;
        let mut at = chain.last;
        while let Some(next) = self.words.next(at).filter(|_| steps < 3) {
            let word = self.words.lower(next);
            if kinds.iter().any(|kind| is(kind, word)) {
                return true;
            }
            at = next;
            if self.is_of_list(next) {
                continue;
            }
            if self.words.token(next).is_none_or(|token| token.kind == TokenKind::Mark) {
                return false;
            }
            steps += 1;
        }
        false
    }

    /// Whether the chain belongs to a word for roots before it: "roots of L4 and L5", "radiculopathy at L5".
    fn follows_root(&self, chain: &Chain) -> bool {
        let mut at = chain.first;
        while let Some(before) = self.words.previous(at) {
            let word = self.words.lower(before);
            if is("root", word) {
                return true;
            }
            let passes = matches!(word, "of" | "at" | "the" | "in" | "(" | "left" | "right" | "bilateral");
            if !passes && !self.is_of_list(before) {
                return false;
            }
            at = before;
        }
        false
    }

    /// A level, or what joins the levels of a list.
    fn is_of_list(&self, at: usize) -> bool {
        matches!(self.words.lower(at), "and" | "or" | "," | "/" | "&" | "to" | "through" | "-")
            || Vertebra::parse(self.words.raw(at)).is_some()
            || self.words.token(at).is_some_and(|token| token.kind == TokenKind::Number) && self.is_joined(at)
    }

    /// A number that a dash joins to what stands before.
    fn is_joined(&self, at: usize) -> bool {
        at.checked_sub(1)
            .is_some_and(|before| is_dash(self.words.raw(before)) || self.words.raw(before) == "/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::phrase::check_cases;

    fn render(level: &Level) -> String {
        let (from, to) = (level.from, level.to);
        let levels = if from == to && level.kind != LevelKind::Segment {
            from.to_string()
        } else {
            format!("{from}-{to}")
        };
        let kind = match level.kind {
            LevelKind::Segment => "segment",
            LevelKind::Vertebra => "vertebra",
            LevelKind::Root => "root",
        };
        let validity = match level.validity {
            Validity::Valid => "",
            Validity::NoSuchLevel => " no-such-level",
            Validity::Inverted => " inverted",
        };
        format!("{levels} {kind}{validity}")
    }

    #[test]
    fn levels_are_found_and_judged() {
        check_cases(include_str!("cases/level.tsv"), |text, tokens, sentences| {
            read(text, tokens, sentences).iter().map(render).collect()
        });
    }

    #[test]
    fn levels_belong_to_a_region_and_end_where_written() {
        let text = "discs at L4-5,5-1 and C7-T1";
        let tokens = crate::text::tokens(text);
        let sentences = crate::letter::sentence::sentences(text, &tokens);
        let found: Vec<_> = read(text, &tokens, &sentences)
            .into_iter()
            .map(|level| (&text[level.span.clone()], level.region().name()))
            .collect();
        assert_eq!(found, [("L4-5", "lumbar spine"), ("C7-T1", "cervical spine")]);
    }
}
