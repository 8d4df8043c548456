//! Dates side by side: whether two can be the same, and whether one can be a slip of the other.

use jiff::civil::Date;

use super::{DateFact, DateValue};

impl DateValue {
    /// Whether both can mean the same day. A date that does not exist is nobody's contradiction.
    #[must_use]
    pub fn agrees_with(self, other: Self) -> bool {
        let bounds = |value: Self| value.earliest().zip(value.latest());
        let (Some((first, last)), Some((other_first, other_last))) = (bounds(self), bounds(other)) else {
            return true;
        };
        first <= other_last && other_first <= last
    }

    /// Whether one wrong digit, two neighbours that changed places, or another year within ten make one day of the
    /// other.
    #[must_use]
    pub fn is_slip_of(self, other: Self) -> bool {
        let (Self::Day(this), Self::Day(other)) = (self, other) else { return false };
        let years = this.year().abs_diff(other.year());
        if (this.month(), this.day()) == (other.month(), other.day()) {
            return (1..=10).contains(&years);
        }
        let (this, other) = (digits(this), digits(other));
        let differing: Vec<usize> = (0..this.len()).filter(|&at| this[at] != other[at]).collect();
        match differing[..] {
            [_] => true,
            [first, second] => {
                second == first + 1 && this[first] == other[second] && this[second] == other[first]
            }
            _ => false,
        }
    }

    /// How many days lie between two days at least; absent where either does not exist.
    #[must_use]
    pub fn days_apart(self, other: Self) -> Option<u32> {
        let days = |from: Date, to: Date| from.until(to).ok().map(|span| span.get_days());
        let after = days(other.latest()?, self.earliest()?)?;
        let before = days(self.latest()?, other.earliest()?)?;
        u32::try_from(after.max(before).max(0)).ok()
    }

    /// Whether all of it comes after all of another.
    #[must_use]
    pub fn is_after(self, other: Self) -> bool {
        self.earliest().zip(other.latest()).is_some_and(|(this, other)| this > other)
    }
}

impl DateFact {
    /// The last day that it names, as written.
    #[must_use]
    pub fn last(&self) -> DateValue {
        self.until.as_ref().unwrap_or(&self.date).value
    }
}

/// Month, day and year in eight digits.
fn digits(date: Date) -> [u8; 8] {
    let text = date.strftime("%m%d%Y").to_string();
    text.bytes().collect::<Vec<u8>>().try_into().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn value(text: &str) -> DateValue {
        parse(text).unwrap_or_else(|| panic!("no date: {text}"))
    }

    #[test]
    fn the_same_day_as_precisely_as_it_is_told() {
        for (one, other, agrees) in [
            ("02/14/2012", "2/14/12", true),
            ("02/14/2012", "February 2012", true),
            ("02/14/2012", "02/24/2012", false),
            ("02/14/2012", "March 2012", false),
            ("02/14/2012", "02/30/2012", true),
        ] {
            assert_eq!(value(one).agrees_with(value(other)), agrees, "{one} and {other}");
        }
    }

    #[test]
    fn slips_of_the_hand() {
        for (one, other, is_slip) in [
            ("02/14/2012", "02/24/2012", true),
            ("02/14/2012", "02/14/2021", true),
            ("02/14/2012", "02/14/2013", true),
            ("02/14/2010", "02/14/2009", true),
            ("02/14/2012", "02/14/1985", false),
            ("02/04/2012", "04/02/2012", false),
            ("02/03/2012", "03/02/2012", false),
            ("02/13/2012", "02/31/2012", false),
            ("02/12/2012", "02/21/2012", true),
            ("02/14/2012", "02/14/2012", false),
            ("02/14/2012", "05/20/2012", false),
        ] {
            assert_eq!(value(one).is_slip_of(value(other)), is_slip, "{one} and {other}");
        }
    }

    #[test]
    fn distances() {
        assert_eq!(value("02/14/2012").days_apart(value("02/24/2012")), Some(10));
        assert_eq!(value("March 2012").days_apart(value("02/24/2012")), Some(6));
        assert_eq!(value("02/24/2012").days_apart(value("February 2012")), Some(0));
        assert!(value("March 2012").is_after(value("02/24/2012")));
        assert!(!value("March 2012").is_after(value("03/01/2012")));
    }
}
