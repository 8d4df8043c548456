//! Spinal levels ("L4-5", "the C8 nerve root"), and whether there is such a level.

mod reader;

use std::fmt;

use self::reader::Reader;
use super::region::RegionId;
use super::words::Words;
use crate::letter::Sentence;
use crate::text::{Span, Token, TokenKind};

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
    /// Its number, from 1; 0 where one is written.
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
        let number = if digits == "0" { 0 } else { small_number(digits)? };
        if number > area.count() + 2 {
            return None;
        }
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
        (1..=self.area.count()).contains(&self.number) || extra
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

/// Finds the spinal levels that a text names, in order.
#[must_use]
pub fn read(text: &str, tokens: &[Token], sentences: &[Sentence]) -> Vec<Level> {
    let is_level = |token: &Token| {
        let word = &text[token.span.clone()];
        token.kind == TokenKind::Word && (Vertebra::parse(word).is_some() || parse_joined(word).is_some())
    };
    if !tokens.iter().any(is_level) {
        return Vec::new();
    }
    let words = Words::new(text, tokens);
    let reader = Reader::new(&words, sentences);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::cases;

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
        cases::check(include_str!("cases/level.tsv"), |text| {
            cases::read(text, read).iter().map(render).collect::<Vec<_>>().join("; ")
        });
    }

    #[test]
    fn levels_belong_to_a_region_and_end_where_written() {
        let text = "discs at L4-5,5-1, C7-T1, T7-8 and S1-2";
        let found: Vec<_> = cases::read(text, read)
            .into_iter()
            .map(|level| (&text[level.span.clone()], level.region().name()))
            .collect();
        let expected = [
            ("L4-5", "lumbar spine"),
            ("C7-T1", "cervical spine"),
            ("T7-8", "thoracic spine"),
            ("S1-2", "sacrum"),
        ];
        assert_eq!(found, expected);
    }
}
