//! The shapes in which dates are written, before it is known whether one is a date.

use crate::text::Span;

/// What can be a date. The spans are of the text; a year of a shape with words is of the twentieth or the twenty-first
/// century, or has one digit too many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// "2012-02-14".
    Iso { year: Span, month: Span, day: Span },
    /// "02/14/2012", "11-18-16", "02.14.2012"; whether a blank stands before the year.
    Numbers { separator: u8, month: Span, day: Span, year: Span, has_blank: bool },
    /// "002/14/2012".
    Long { month: Span, day: Span, year: Span },
    /// "02/2012".
    SlashMonth { month: Span, year: Span },
    /// "March 4-10, 2014".
    Days { month: u32, from: Span, to: Span, year: Span },
    /// "March 4, 2014", "4th of March 2014".
    NamedDay { month: u32, day: Span, year: Span },
    /// "March 2014"; where the month's name stands.
    NamedMonth { month: u32, name: Span, year: Span },
    /// "2014".
    Year(Span),
}

/// The shapes of a text, in order, without overlaps: at each place the first that fits, in the order of [`Shape`].
pub(super) fn shapes(text: &str) -> impl Iterator<Item = (Span, Shape)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(byte) = text.as_bytes().get(at) {
            let start = Cursor { text, at };
            let found = if byte.is_ascii_digit() {
                start.numbers().or_else(|| start.british()).or_else(|| start.year())
            } else if matches!(
                byte.to_ascii_lowercase(),
                b'j' | b'f' | b'm' | b'a' | b's' | b'o' | b'n' | b'd'
            ) {
                start.named()
            } else {
                None
            };
            let from = at;
            match found {
                Some((shape, end)) => {
                    at = end;
                    return Some((from..end, shape));
                }
                None => at += 1,
            }
        }
        None
    })
}

/// A month and a day without their year that fill a text: "3/4", "March 4", "March"; the spans are of the text.
pub(super) fn without_year(text: &str) -> Option<(Span, Option<u32>, Option<Span>)> {
    let start = Cursor { text, at: 0 };
    let fills = |end: usize| end == text.len();
    if let Some((month, after)) = start.digits(1, 2) {
        let (day, after) = after.mark(b"/")?.digits(1, 2)?;
        return fills(after.at).then_some((month, None, Some(day)));
    }
    let (month, after) = start.month()?;
    let name = 0..after.at;
    let after = after.maybe(b".");
    if fills(after.at) {
        return Some((name, Some(month), None));
    }
    let (day, after) = after.space()?.digits(1, 2)?;
    fills(after.at).then_some((name, Some(month), Some(day)))
}

/// What stands before the connector of a range that ends a text: "3/4" of "3/4 - ", "March" of "March to ".
pub(super) fn before_connector(text: &str) -> Option<&str> {
    const WORDS: [&str; 5] = ["to", "through", "thru", "until", "till"];
    let without_space = |text: &'_ str| text.strip_suffix(char::is_whitespace).map(str::len);
    let end = without_space(text).unwrap_or(text.len());
    if let Some(before) = text[..end].strip_suffix(['-', '–', '—']) {
        return Some(&before[..without_space(before).unwrap_or(before.len())]);
    }
    let text = &text[..without_space(text)?];
    let before = WORDS.iter().find_map(|word| {
        let at = text.len().checked_sub(word.len()).filter(|&at| text.is_char_boundary(at))?;
        text[at..].eq_ignore_ascii_case(word).then(|| &text[..at])
    })?;
    Some(&before[..without_space(before)?])
}

/// A place in a text; each step gives the place behind what it asks for.
#[derive(Debug, Clone, Copy)]
struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    fn moved(self, by: usize) -> Self {
        Self { at: self.at + by, ..self }
    }

    fn rest(self) -> &'t [u8] {
        &self.text.as_bytes()[self.at..]
    }

    /// As many digits as there are, up to `most`.
    fn digits(self, least: usize, most: usize) -> Option<(Span, Self)> {
        let count = self.rest().iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        (count >= least).then(|| (self.at..self.at + count, self.moved(count)))
    }

    /// "1998", "2014", whatever follows.
    fn full_year(self) -> Option<(Span, Self)> {
        let (digits, after) = self.digits(4, 4)?;
        matches!(self.rest(), [b'1', b'9', ..] | [b'2', b'0', ..]).then_some((digits, after))
    }

    /// One of some characters of ASCII.
    fn mark(self, marks: &[u8]) -> Option<Self> {
        self.rest().first().is_some_and(|byte| marks.contains(byte)).then(|| self.moved(1))
    }

    fn maybe(self, marks: &[u8]) -> Self {
        self.mark(marks).unwrap_or(self)
    }

    /// A blank or a wrap.
    fn space(self) -> Option<Self> {
        let space = self.text.get(self.at..)?.chars().next().filter(|c| c.is_whitespace())?;
        Some(self.moved(space.len_utf8()))
    }

    fn space_or_hyphen(self) -> Option<Self> {
        self.mark(b"-").or_else(|| self.space())
    }

    fn dash(self) -> Option<Self> {
        let dash = self.text.get(self.at..)?.chars().next().filter(|c| matches!(c, '-' | '–' | '—'))?;
        Some(self.moved(dash.len_utf8()))
    }

    fn word(self, word: &str) -> Option<Self> {
        let found = self.rest().get(..word.len())?;
        found.eq_ignore_ascii_case(word.as_bytes()).then(|| self.moved(word.len()))
    }

    /// A month's name or abbreviation, the longest that stands there.
    fn month(self) -> Option<(u32, Self)> {
        let &[first, second, third] = self.rest().first_chunk()?;
        let start = [first.to_ascii_lowercase(), second.to_ascii_lowercase(), third.to_ascii_lowercase()];
        let (number, endings): (u32, &[&str]) = match &start {
            b"jan" => (1, &["uary"]),
            b"feb" => (2, &["ruary"]),
            b"mar" => (3, &["ch"]),
            b"apr" => (4, &["il"]),
            b"may" => (5, &[]),
            b"jun" => (6, &["e"]),
            b"jul" => (7, &["y"]),
            b"aug" => (8, &["ust"]),
            b"sep" => (9, &["tember", "ember", "t"]),
            b"oct" => (10, &["ober"]),
            b"nov" => (11, &["ember"]),
            b"dec" => (12, &["ember"]),
            _ => return None,
        };
        let short = self.moved(start.len());
        Some((number, endings.iter().find_map(|ending| short.word(ending)).unwrap_or(short)))
    }

    /// "st" of "1st".
    fn ordinal(self) -> Self {
        ["st", "nd", "rd", "th"].iter().find_map(|ending| self.word(ending)).unwrap_or(self)
    }

    fn of(self) -> Self {
        self.word("of").and_then(Self::space).unwrap_or(self)
    }

    fn numbers(self) -> Option<(Shape, usize)> {
        self.iso()
            .or_else(|| self.slashes())
            .or_else(|| self.separated(b'-'))
            .or_else(|| self.separated(b'.'))
            .or_else(|| self.long())
            .or_else(|| self.slash_month())
    }

    fn iso(self) -> Option<(Shape, usize)> {
        let (year, after) = self.digits(4, 4)?;
        let (month, after) = after.mark(b"-/")?.digits(1, 2)?;
        let (day, after) = after.mark(b"-/")?.digits(1, 2)?;
        Some((Shape::Iso { year, month, day }, after.at))
    }

    /// A wrap may stand beside a slash, and a blank before the year.
    fn slashes(self) -> Option<(Shape, usize)> {
        let slash = |at: Self| at.maybe(b"\n").mark(b"/");
        let (month, after) = self.digits(1, 2)?;
        let (day, after) = slash(after)?.maybe(b"\n").digits(1, 2)?;
        let after = slash(after)?;
        let has_blank = after.mark(b" ").is_some();
        let (year, after) = after.maybe(b" \n").digits(2, 5)?;
        Some((Shape::Numbers { separator: b'/', month, day, year, has_blank }, after.at))
    }

    fn separated(self, separator: u8) -> Option<(Shape, usize)> {
        let (month, after) = self.digits(1, 2)?;
        let (day, after) = after.mark(&[separator])?.digits(1, 2)?;
        let (year, after) = after.mark(&[separator])?.digits(2, 5)?;
        Some((Shape::Numbers { separator, month, day, year, has_blank: false }, after.at))
    }

    fn long(self) -> Option<(Shape, usize)> {
        let (month, after) = self.digits(1, 3)?;
        let (day, after) = after.mark(b"/")?.digits(1, 3)?;
        let (year, after) = after.mark(b"/")?.full_year()?;
        Some((Shape::Long { month, day, year }, after.at))
    }

    fn slash_month(self) -> Option<(Shape, usize)> {
        let (month, after) = self.digits(1, 2)?;
        let (year, after) = after.mark(b"/")?.maybe(b"\n").full_year()?;
        Some((Shape::SlashMonth { month, year }, after.at))
    }

    fn british(self) -> Option<(Shape, usize)> {
        let (day, after) = self.digits(1, 2)?;
        let (month, after) = after.ordinal().space_or_hyphen()?.of().month()?;
        let (year, after) = after.maybe(b".").maybe(b",").space_or_hyphen()?.digits(4, 5)?;
        Some((Shape::NamedDay { month, day, year }, after.at))
    }

    fn year(self) -> Option<(Shape, usize)> {
        let (year, after) = self.full_year()?;
        Some((Shape::Year(year), after.at))
    }

    /// What begins with a month's name.
    fn named(self) -> Option<(Shape, usize)> {
        let (month, name) = self.month()?;
        let after = name.maybe(b".");
        after.days(month).or_else(|| after.day(month)).or_else(|| {
            let (year, after) = after.maybe(b",").space_or_hyphen()?.of().full_year()?;
            Some((Shape::NamedMonth { month, name: self.at..name.at, year }, after.at))
        })
    }

    fn days(self, month: u32) -> Option<(Shape, usize)> {
        let (from, after) = self.space()?.digits(1, 2)?;
        let after = after.space().unwrap_or(after).dash()?;
        let (to, after) = after.space().unwrap_or(after).digits(1, 2)?;
        let (year, after) = after.maybe(b",").space()?.full_year()?;
        Some((Shape::Days { month, from, to, year }, after.at))
    }

    fn day(self, month: u32) -> Option<(Shape, usize)> {
        let (day, after) = self.space_or_hyphen()?.digits(1, 2)?;
        let after = after.ordinal();
        let behind_comma = || {
            let comma = after.mark(b",")?;
            comma.space().unwrap_or(comma).digits(4, 5)
        };
        let (year, after) = behind_comma().or_else(|| after.space_or_hyphen()?.full_year())?;
        Some((Shape::NamedDay { month, day, year }, after.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Vec<&str> {
        shapes(text).map(|(span, _)| &text[span]).collect()
    }

    #[test]
    fn every_shape_is_cut_out() {
        for (text, shapes) in [
            ("on 2012-02-14, 02/14/2012 and 11-18-16", &["2012-02-14", "02/14/2012", "11-18-16"][..]),
            ("on 02/14/\n2012 or 02/14/ 12", &["02/14/\n2012", "02/14/ 12"]),
            ("at 02.14.2012, 002/14/2012, 02/2012", &["02.14.2012", "002/14/2012", "02/2012"]),
            ("MARCH 4-10, 2014; Sept. 4 – 6, 2013", &["MARCH 4-10, 2014", "Sept. 4 – 6, 2013"]),
            (
                "March 4th, 20144; mar-4-2014; May 4\u{a0}2014",
                &["March 4th, 20144", "mar-4-2014", "May 4\u{a0}2014"],
            ),
            ("4th of March, 2014 and 4-Mar-2014", &["4th of March, 2014", "4-Mar-2014"]),
            ("March of 2014, Sep. 2013, in 1998", &["March of 2014", "Sep. 2013", "1998"]),
            ("Marc 4 in 1850, 3/4, May 4", &[]),
        ] {
            assert_eq!(written(text), shapes, "{text}");
        }
    }

    #[test]
    fn a_range_borrows_a_year() {
        for (text, before) in [
            ("March 4 to ", Some("March 4")),
            ("3/4-", Some("3/4")),
            ("3/4 – ", Some("3/4")),
            ("March THRU\n", Some("March")),
            ("March  to ", Some("March ")),
            ("March 4 to", None),
            ("March 4 ", None),
        ] {
            assert_eq!(before_connector(text), before, "{text}");
        }
        assert_eq!(without_year("3/4"), Some((0..1, None, Some(2..3))));
        assert_eq!(without_year("Sept. 4"), Some((0..4, Some(9), Some(6..7))));
        assert_eq!(without_year("May"), Some((0..3, Some(5), None)));
        assert_eq!(without_year("4"), None);
        assert_eq!(without_year("May 4x"), None);
    }
}
