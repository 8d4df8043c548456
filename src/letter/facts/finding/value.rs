//! Measured values: strength, pain, degrees of motion.

use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Polarity;
use crate::letter::facts::words::Words;
use crate::text::{self, Span};

/// A measured value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// Muscle strength out of five; `high` differs from `low` in a range ("4-5/5").
    Strength {
        /// The lower grade.
        low: Grade,
        /// The higher grade.
        high: Grade,
    },
    /// Pain out of ten, in tenths of a point; `high` differs from `low` in a range ("7-8/10").
    Pain {
        /// The lower score.
        low: u16,
        /// The higher score.
        high: u16,
    },
    /// A joint's motion, in degrees.
    Motion {
        /// The movement.
        movement: Movement,
        /// What was measured.
        degrees: u16,
        /// What the writer calls normal, where he gives it ("45/60").
        normal: Option<u16>,
    },
}

impl Value {
    /// Whether it is all of a joint's motion, from end to end.
    #[must_use]
    pub fn is_arc(self) -> bool {
        matches!(self, Self::Motion { movement: Movement::Arc, .. })
    }

    /// What a value says by itself. Degrees say nothing: what is normal depends on the joint and on the writer.
    pub(super) fn polarity(self) -> Polarity {
        match self {
            Self::Strength { low, .. } if low >= Grade::FULL => Polarity::Normal,
            Self::Pain { high: 0, .. } => Polarity::Absent,
            Self::Strength { .. } | Self::Pain { .. } => Polarity::Present,
            Self::Motion { degrees, normal: Some(normal), .. } if degrees < normal => Polarity::Present,
            Self::Motion { normal: Some(_), .. } => Polarity::Normal,
            Self::Motion { .. } => Polarity::Unknown,
        }
    }
}

/// A grade of muscle strength, in thirds of a grade: 4- is 11, 4 is 12, 4+ is 13.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grade(u8);

impl Grade {
    /// Full strength.
    pub const FULL: Self = Self(15);

    fn parse(digit: &str, sign: &str) -> Option<Self> {
        let thirds = digit.parse::<u8>().ok()?.checked_mul(3)?;
        Some(Self(match sign {
            "" => thirds,
            "+" => thirds + 1,
            _ => thirds.saturating_sub(1),
        }))
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % 3 {
            0 => write!(f, "{}", self.0 / 3),
            1 => write!(f, "{}+", self.0 / 3),
            _ => write!(f, "{}-", self.0 / 3 + 1),
        }
    }
}

/// A movement of a joint or of the spine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the terms")]
pub enum Movement {
    Flexion,
    Extension,
    LateralBending,
    Rotation,
    InternalRotation,
    ExternalRotation,
    Abduction,
    Adduction,
    Supination,
    Pronation,
    Dorsiflexion,
    PlantarFlexion,
    Inversion,
    Eversion,
    RadialDeviation,
    UlnarDeviation,
    /// All that a hinge moves, from straight to bent: "0 to 140 degrees".
    Arc,
}

impl Movement {
    /// The term.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Flexion => "flexion",
            Self::Extension => "extension",
            Self::LateralBending => "lateral bending",
            Self::Rotation => "rotation",
            Self::InternalRotation => "internal rotation",
            Self::ExternalRotation => "external rotation",
            Self::Abduction => "abduction",
            Self::Adduction => "adduction",
            Self::Supination => "supination",
            Self::Pronation => "pronation",
            Self::Dorsiflexion => "dorsiflexion",
            Self::PlantarFlexion => "plantar flexion",
            Self::Inversion => "inversion",
            Self::Eversion => "eversion",
            Self::RadialDeviation => "radial deviation",
            Self::UlnarDeviation => "ulnar deviation",
            Self::Arc => "arc",
        }
    }

    fn parse(words: &str) -> Option<Self> {
        let words: Vec<String> = words.split([' ', '\n', '-']).map(str::to_lowercase).collect();
        let has = |word: &str| words.iter().any(|other| other == word);
        Some(match words.last()?.as_str() {
            "flexion" if has("lateral") => Self::LateralBending,
            "flexion" if has("plantar") => Self::PlantarFlexion,
            "bending" | "bend" | "tilt" => Self::LateralBending,
            "flexion" => Self::Flexion,
            "extension" => Self::Extension,
            "rotation" if has("internal") => Self::InternalRotation,
            "rotation" if has("external") => Self::ExternalRotation,
            "rotation" => Self::Rotation,
            "abduction" => Self::Abduction,
            "adduction" => Self::Adduction,
            "supination" => Self::Supination,
            "pronation" => Self::Pronation,
            "dorsiflexion" => Self::Dorsiflexion,
            "plantarflexion" => Self::PlantarFlexion,
            "inversion" => Self::Inversion,
            "eversion" => Self::Eversion,
            "deviation" if has("radial") => Self::RadialDeviation,
            "deviation" => Self::UlnarDeviation,
            _ => return None,
        })
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = |tenths: u16| match tenths % 10 {
            0 => (tenths / 10).to_string(),
            rest => format!("{}.{rest}", tenths / 10),
        };
        match *self {
            Self::Strength { low, high } if low == high => write!(f, "{low}/5"),
            Self::Strength { low, high } => write!(f, "{low}-{high}/5"),
            Self::Pain { low, high } if low == high => write!(f, "{}/10", tenths(low)),
            Self::Pain { low, high } => write!(f, "{}-{}/10", tenths(low), tenths(high)),
            Self::Motion { movement: Movement::Arc, degrees, .. } => write!(f, "0° to {degrees}°"),
            Self::Motion { movement, degrees, normal: None } => write!(f, "{} {degrees}°", movement.name()),
            Self::Motion { movement, degrees, normal: Some(normal) } => {
                write!(f, "{} {degrees}°/{normal}°", movement.name())
            }
        }
    }
}

/// A value where it stands.
pub(super) struct Measured {
    pub tokens: Range<usize>,
    pub value: Value,
    /// Words between a movement and its degrees that judge it ("limited to"), in logical bytes.
    pub judged: Option<Span>,
    /// The two numbers "45/60", in logical bytes.
    pub compared: Option<Span>,
}

static STRENGTH: LazyLock<Regex> = LazyLock::new(|| {
    constant(r"([0-5])([+\-\x{2013}]?)(?:(?:\s?[-\x{2013}]\s?|\s+to\s+)([0-5])([+\-\x{2013}]?))?\s?/\s?5")
});

static PAIN: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"(\d{1,2}(?:\.\d)?)(?:(?:\s?[-\x{2013}]\s?|\s+to\s+)(\d{1,2}(?:\.\d)?))?(?:\s?/\s?|\s+out\s+of\s+(?:a\s+possible\s+)?)10",
    )
});

static MOTION: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"\b((?:(?:lateral|forward|plantar|side|internal|external|radial|ulnar)[\s-]+)?",
        r"(?:flexion|extension|bend(?:ing)?|tilt|rotation|abduction|adduction|supination|pronation|dorsiflexion|",
        r"plantarflexion|inversion|eversion|deviation))",
        r"((?:[\s:=,-]|\b(?:is|was|to|at|of|about|approximately|limited|restricted|decreased|reduced|full|normal|on|the|with|from|",
        r"right|left|bilaterally|and|active|passive|only|measured|up)\b)*?)",
        // "Flexion from 0 to 140 degrees" is one of 140.
        r"[\s:=,-]+(?:0(?:\s?degrees?|\s?\x{b0})?\s?(?:[-\x{2013}]|to|through)\s?)?(\d{1,3})(?:\s?/\s?(\d{1,3}))?(\s?degrees?\b|\s?deg\b|\s?\x{b0})?",
        r"(?:,?\s?[(\[]?(?:normal|norm|nl)(?:\s(?:is|being|of|value|range))?[\s:=]{1,2}(?:0\s?-\s?)?(\d{1,3})(?:\s?degrees?\b|\s?\x{b0})?[)\]]?)?"
    ))
});

/// A hinge's motion from straight to bent: "0 to 140 degrees", "0-140°".
static ARC: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"\b0(?:\s?degrees?|\s?\x{b0})?\s?(?:[-\x{2013}]|to|through)\s?(\d{1,3})(?:\s?degrees?\b|\s?deg\b|\s?\x{b0})",
    )
});

/// What is measured from nought, and is no bending of a hinge.
static ARC_OF_ANOTHER: LazyLock<Regex> = LazyLock::new(|| {
    constant(r"duction|rotation|nation\b|extension|deviation|version\b|bend|tilt|lack|lag\b|contracture")
});

/// Words that can stand between a motion and its degrees.
const MOST_BETWEEN: usize = 12;

static DEGREE_UNIT: LazyLock<Regex> = LazyLock::new(|| constant(r"\bdegrees?\b|\bdeg\b|\x{b0}"));

static JUDGEMENT: LazyLock<Regex> =
    LazyLock::new(|| constant(r"\b(?:limited|restricted|decreased|reduced|full|normal)\b"));

/// A pattern for text in small letters.
fn constant(pattern: &str) -> Regex {
    text::pattern(pattern)
}

/// Reads the values of a block, in order, without overlaps.
pub(super) fn read(words: &Words) -> Vec<Measured> {
    let mut found: Vec<(Span, Measured)> = Vec::new();
    if !words.text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let text = &*words.text.to_ascii_lowercase();
    let has = |mark: &str| text.contains(mark);
    let mut add = |span: Span, value: Option<Value>, judged: Option<Span>, compared: Option<Span>| {
        if let Some(value) = value {
            let tokens = words.tokens_in(&span);
            if !tokens.is_empty() && words.span(&tokens).start == span.start {
                found.push((span, Measured { tokens, value, judged, compared }));
            }
        }
    };
    let out_of = |most: &str| text.split('/').skip(1).any(|after| after.trim_start().starts_with(most));
    for captures in out_of("5").then(|| STRENGTH.captures_iter(text)).into_iter().flatten() {
        add(span(&captures, 0), strength(text, &captures), None, None);
    }
    for captures in (out_of("10") || has("out")).then(|| PAIN.captures_iter(text)).into_iter().flatten() {
        add(span(&captures, 0), pain(text, &captures), None, None);
    }
    if (has("deg") || has("\u{b0}")) && DEGREE_UNIT.is_match(text) {
        let between = |captures: &Captures<'_>| {
            captures.get(2).map_or("", |middle| middle.as_str()).split_whitespace().count()
        };
        for captures in MOTION.captures_iter(text).filter(|captures| between(captures) <= MOST_BETWEEN) {
            let judged = captures.get(2).and_then(|middle| {
                JUDGEMENT
                    .find(middle.as_str())
                    .map(|word| middle.start() + word.start()..middle.start() + word.end())
            });
            let normal = captures.get(4).or_else(|| captures.get(6));
            let compared = normal.map(|normal| span(&captures, 3).start..normal.end());
            add(span(&captures, 0), motion(text, &captures), judged, compared);
        }
        for captures in has_nought(text).then(|| ARC.captures_iter(text)).into_iter().flatten() {
            add(span(&captures, 0), arc(text, &captures), None, None);
        }
    }
    found.sort_by_key(|(span, _)| span.start);
    let mut end = 0;
    found.retain(|(span, _)| {
        let free = span.start >= end;
        if free {
            end = span.end;
        }
        free
    });
    found.into_iter().map(|(_, measured)| measured).collect()
}

/// Whether a nought stands in a text that is no digit of a longer number.
fn has_nought(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_apart =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    text.match_indices('0').any(|(at, _)| {
        is_apart(at.checked_sub(1)) && bytes.get(at + 1).is_none_or(|byte| !byte.is_ascii_digit())
    })
}

fn span(captures: &Captures, group: usize) -> Span {
    captures.get(group).map_or(0..0, |found| found.range())
}

/// A fraction is no part of a longer number, of a date or of a level ("L4/5", "7/10/14", "7/100").
fn stands_alone(text: &str, span: &Span) -> bool {
    let before = text[..span.start].chars().next_back();
    let mut after = text[span.end..].chars();
    let next = after.next();
    let goes_on = after.next().is_some_and(|c| c.is_ascii_digit());
    !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '#'))
        && !next.is_some_and(|c| c.is_alphanumeric() || c == '/' || (matches!(c, '.' | '-') && goes_on))
}

fn strength(text: &str, captures: &Captures) -> Option<Value> {
    let group = |index| captures.get(index).map_or("", |found| found.as_str());
    let low = Grade::parse(group(1), group(2))?;
    let high = if group(3).is_empty() { low } else { Grade::parse(group(3), group(4))? };
    stands_alone(text, &span(captures, 0)).then_some(Value::Strength { low, high })
}

fn pain(text: &str, captures: &Captures) -> Option<Value> {
    let tenths = |group: usize| {
        let (whole, rest) =
            captures.get(group)?.as_str().split_once('.').unwrap_or((captures.get(group)?.as_str(), "0"));
        let tenths = whole.parse::<u16>().ok()? * 10 + rest.parse::<u16>().ok()?;
        (tenths <= 100).then_some(tenths)
    };
    let low = tenths(1)?;
    let high = if captures.get(2).is_some() { tenths(2)? } else { low };
    stands_alone(text, &span(captures, 0)).then_some(Value::Pain { low, high })
}

fn arc(text: &str, captures: &Captures) -> Option<Value> {
    let before = &text[..span(captures, 0).start];
    let clause = before.rsplit([',', ';', '.']).next().unwrap_or_default();
    if ARC_OF_ANOTHER.is_match(clause) {
        return None;
    }
    let degrees = captures.get(1)?.as_str().parse().ok().filter(|&degrees| degrees <= 200)?;
    Some(Value::Motion { movement: Movement::Arc, degrees, normal: None })
}

/// A movement with a number is a measurement if its unit follows, or one that ends the list ("flexion 45, extension
/// 20 degrees").
fn motion(text: &str, captures: &Captures) -> Option<Value> {
    let movement = Movement::parse(captures.get(1)?.as_str())?;
    let degrees = captures.get(3)?.as_str().parse().ok().filter(|&degrees| degrees <= 200)?;
    let normal = captures.get(4).or_else(|| captures.get(6)).and_then(|normal| normal.as_str().parse().ok());
    let whole = span(captures, 0);
    if captures.get(5).is_none() {
        let rest = &text[whole.end..];
        let unit = DEGREE_UNIT.find(rest)?;
        let between = &rest[..unit.start()];
        if between.contains(['.', ';'])
            || rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '%'))
            || between.trim_start().starts_with("to ")
        {
            return None;
        }
    }
    Some(Value::Motion { movement, degrees, normal })
}
