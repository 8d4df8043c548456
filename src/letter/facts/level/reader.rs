//! Which words are levels of the spine, and whether there are such levels.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::{Area, Level, LevelKind, Validity, Vertebra, parse_joined, small_number};
use crate::letter::Sentence;
use crate::letter::facts::phrase::{entries, rows};
use crate::letter::facts::words::{Words, is_dash, sentence_around};
use crate::text::{Gap, TokenKind};

/// Words around a level, described in its header.
const TABLE: &str = include_str!("../level.tsv");

/// What the words around a level say; the table describes each.
#[derive(Clone, Copy)]
enum Kind {
    Anatomy,
    Place,
    Spine,
    Root,
    Bone,
    Label,
    Image,
    Heart,
    Gland,
    Serum,
    Transitional,
    Hardware,
}

impl Kind {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "anatomy" => Self::Anatomy,
            "place" => Self::Place,
            "spine" => Self::Spine,
            "root" => Self::Root,
            "bone" => Self::Bone,
            "label" => Self::Label,
            "image" => Self::Image,
            "heart" => Self::Heart,
            "gland" => Self::Gland,
            "serum" => Self::Serum,
            "transitional" => Self::Transitional,
            "hardware" => Self::Hardware,
            _ => return None,
        })
    }

    /// Its place in a word's set of kinds.
    fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// The words of the table with their kinds.
static WORDS: LazyLock<HashMap<&'static str, u16>> = LazyLock::new(|| {
    let mut kinds = HashMap::new();
    for row in rows(TABLE) {
        let [name, words] = row[..] else { continue };
        let Some(kind) = Kind::parse(name) else { continue };
        for word in entries(words) {
            *kinds.entry(word).or_default() |= kind.bit();
        }
    }
    kinds
});

/// Tokens that a list of levels takes at most, so that one without end does not make reading slow.
const MAX_LIST: usize = 24;

/// What joins two levels.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Dash,
    Slash,
    Prose,
}

/// Levels that are written as one, before it is known whether they are any.
pub(super) struct Chain {
    levels: Vec<Vertebra>,
    joint: Option<Joint>,
    first: usize,
    pub(super) last: usize,
    /// Byte after it; a number may go on ("L4-5,5-1").
    end: usize,
}

pub(super) struct Reader<'a> {
    words: &'a Words<'a>,
    sentences: &'a [Sentence],
    /// The kinds of each token, a bit for each.
    kinds: Vec<u16>,
    /// Whether the text speaks of a transitional vertebra.
    has_transitional: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(words: &'a Words<'a>, sentences: &'a [Sentence]) -> Self {
        let kinds_of = |at| WORDS.get(words.lower(at)).copied().unwrap_or_default();
        let kinds: Vec<u16> = (0..words.len()).map(kinds_of).collect();
        let has_transitional = kinds.iter().any(|kinds| kinds & Kind::Transitional.bit() != 0);
        Self { words, sentences, kinds, has_transitional }
    }

    /// The levels that begin at a token, as far as they are joined.
    pub(super) fn chain(&self, first: usize) -> Option<Chain> {
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

    /// What a chain names, if its company makes it a level of the spine.
    pub(super) fn level(&self, chain: &Chain) -> Option<Level> {
        if self.is_code(chain) || self.means_something_else(chain) || !self.stands_in_spine(chain) {
            return None;
        }
        let (from, to) = (*chain.levels.first()?, *chain.levels.last()?);
        let (kind, validity) = self.judge(chain);
        let start = self.words.token(chain.first)?.span.start;
        Some(Level { span: start..chain.end, kind, from, to, validity })
    }

    fn judge(&self, chain: &Chain) -> (LevelKind, Validity) {
        let kind = if chain.levels.len() == 1 { LevelKind::Vertebra } else { LevelKind::Segment };
        let has_c8 = chain.levels.contains(&Vertebra::C8);
        // "narrowing at C8-T1"
        let is_of_bone = self.follows(chain, Kind::Bone) || self.is_found_in_bone(chain);
        let is_root = self.names_root(chain) || has_c8 && !is_of_bone;
        let exists =
            |level: &Vertebra| level.exists(self.has_transitional) || is_root && *level == Vertebra::C8;
        let falls = chain.levels.windows(2).all(|pair| pair[0] < pair[1]);
        let validity = if !chain.levels.iter().all(exists) || self.skips_sacrum(chain) {
            Validity::NoSuchLevel
        } else if chain.joint == Some(Joint::Dash) && !falls {
            Validity::Inverted
        } else {
            Validity::Valid
        };
        (if is_root { LevelKind::Root } else { kind }, validity)
    }

    /// Whether what stands at a run of levels is a finding of bones or discs.
    fn is_found_in_bone(&self, chain: &Chain) -> bool {
        let is_at = self.words.previous(chain.first).is_some_and(|at| self.words.lower(at) == "at");
        is_at && chain.levels.len() > 1 && self.says(chain, Kind::Bone) && !self.names_root(chain)
    }

    /// Whether a disc is said to lie between a lumbar vertebra and one below the first of the sacrum ("a disc at L5-S2").
    fn skips_sacrum(&self, chain: &Chain) -> bool {
        let (from, to) = (chain.levels[0], chain.levels[chain.levels.len() - 1]);
        from.area == Area::Lumbar
            && to.area == Area::Sacral
            && to.number > 1
            && chain.joint == Some(Joint::Dash)
            && self.is_found_in_bone(chain)
            && !self.says(chain, Kind::Hardware)
            && !self.says(chain, Kind::Root)
    }

    fn is(&self, kind: Kind, at: usize) -> bool {
        self.kinds.get(at).is_some_and(|kinds| kinds & kind.bit() != 0)
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
        glued || words.previous(chain.first).is_some_and(|at| self.is(Kind::Label, at))
    }

    /// A weighting, a heart sound, a hormone, a protein.
    fn means_something_else(&self, chain: &Chain) -> bool {
        let within = |area, numbers: RangeInclusive<u8>| {
            chain.levels.iter().all(|level| level.area == area && numbers.contains(&level.number))
        };
        let spine = self.says(chain, Kind::Spine);
        within(Area::Thoracic, 1..=2) && self.says(chain, Kind::Image)
            || within(Area::Sacral, 1..=4)
                && self.says(chain, Kind::Heart)
                && !self.follows(chain, Kind::Anatomy)
            || within(Area::Thoracic, 3..=4) && self.says(chain, Kind::Gland) && !spine
            || within(Area::Cervical, 1..=5) && self.says(chain, Kind::Serum) && !spine
            || within(Area::Sacral, 1..=1) && matches!(self.words.lower(chain.last + 1), "joint" | "joints")
    }

    /// Whether a word of a kind stands in the chain's sentence.
    fn says(&self, chain: &Chain, kind: Kind) -> bool {
        sentence_around(self.sentences, chain.first).any(|at| self.is(kind, at))
    }

    /// Whether the chain's company makes it a level of the spine.
    fn stands_in_spine(&self, chain: &Chain) -> bool {
        if self.follows(chain, Kind::Anatomy) {
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
            return known && plain || self.says(chain, Kind::Spine);
        }
        let placed = self
            .words
            .previous(chain.first)
            .is_some_and(|at| self.is(Kind::Place, at) || Vertebra::parse(self.words.raw(at)).is_some());
        written_large
            && placed
            && (from.exists(false) || from.number > from.area.count())
            && self.says(chain, Kind::Spine)
    }

    fn names_root(&self, chain: &Chain) -> bool {
        self.follows(chain, Kind::Root) || self.follows_root(chain)
    }

    /// Whether one of the three words after the chain is of a kind; further levels of a list are passed over.
    fn follows(&self, chain: &Chain, kind: Kind) -> bool {
        let mut steps = 0;
        let mut at = chain.last;
        while let Some(next) = self.words.next(at).filter(|&next| steps < 3 && next < chain.last + MAX_LIST) {
            if self.is(kind, next) {
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
        while let Some(before) = self.words.previous(at).filter(|before| before + MAX_LIST > chain.first) {
            let word = self.words.lower(before);
            if self.is(Kind::Root, before) {
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

    #[test]
    fn the_table_is_sound() {
        for row in rows(TABLE) {
            assert!(row.len() == 2 && Kind::parse(row[0]).is_some(), "{row:?}");
        }
    }
}
