//! The values of quantities: amounts with their bounds, units, times.

/// What a phrase says of a value: the value, or that there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated<T> {
    /// The value.
    Given(T),
    /// "unspecified duration", "the quantity is not specified".
    Unspecified,
}

/// A whole number, or a range of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// The smaller end.
    pub least: u32,
    /// The greater end; the same for a single number.
    pub most: u32,
    /// How the number is meant.
    pub bound: Bound,
}

/// How a number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The number itself.
    Exactly,
    /// "about 12".
    About,
    /// "up to 12".
    AtMost,
    /// "at least 12".
    AtLeast,
    /// "more than 12".
    MoreThan,
    /// "less than 12".
    LessThan,
}

/// Greater than any number that a quantity is read from.
const UNBOUNDED: u32 = 1_000_000;

impl Amount {
    /// Exactly one number.
    #[must_use]
    pub fn exactly(value: u32) -> Self {
        Self { least: value, most: value, bound: Bound::Exactly }
    }

    /// The numbers that it admits, both ends included.
    #[must_use]
    pub fn admitted(self) -> (u32, u32) {
        match self.bound {
            Bound::Exactly => (self.least, self.most),
            Bound::About => (self.least - self.least / 4, self.most.saturating_add(self.most.div_ceil(4))),
            Bound::AtMost => (0, self.most),
            Bound::AtLeast => (self.least, UNBOUNDED),
            Bound::MoreThan => (self.most.saturating_add(1), UNBOUNDED),
            Bound::LessThan => (0, self.least.saturating_sub(1)),
        }
    }
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

impl TimeUnit {
    /// The least and the greatest number of hours in it, as people count (four weeks make a month, twelve months a year).
    pub(super) fn hours(self) -> (u64, u64) {
        match self {
            Self::Hour => (1, 1),
            Self::Day => (24, 24),
            Self::Week => (7 * 24, 7 * 24),
            Self::Month => (28 * 24, 31 * 24),
            Self::Year => (360 * 24, 366 * 24),
        }
    }

    /// Its number of hours or of months: within these two kinds, conversion is exact.
    fn exact(self) -> (u64, bool) {
        match self {
            Self::Month => (1, true),
            Self::Year => (12, true),
            _ => (self.hours().0, false),
        }
    }
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duration {
    /// How many of the unit.
    pub amount: Amount,
    /// The unit.
    pub unit: TimeUnit,
}

/// How often: so many times in a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frequency {
    /// Times.
    pub times: Amount,
    /// In which time ("every 3 months": once in three months).
    pub per: Duration,
}

impl Frequency {
    /// So many times in one unit of time.
    #[must_use]
    pub fn per(times: Amount, unit: TimeUnit) -> Self {
        Self { times, per: Duration { amount: Amount::exactly(1), unit } }
    }

    /// How many times in all over a duration.
    pub(super) fn over(self, duration: Duration) -> Option<Amount> {
        let (span, in_months) = duration.unit.exact();
        let (period, per_in_months) = self.per.unit.exact();
        let ((span_least, span_most), (period_least, period_most)) = if in_months == per_in_months {
            ((span, span), (period, period))
        } else {
            (duration.unit.hours(), self.per.unit.hours())
        };
        let ends = |times: u32, lengths: u32, span: u64, periods: u32, period: u64| {
            let divisor = (u64::from(periods) * period).max(1);
            let all = u64::from(times) * u64::from(lengths) * span;
            (u32::try_from(all / divisor), u32::try_from(all.div_ceil(divisor)))
        };
        let (times, length, per) = (self.times, duration.amount, self.per.amount);
        let least = ends(times.least, length.least, span_least, per.most, period_most).0.ok()?;
        let most = ends(times.most, length.most, span_most, per.least, period_least).1.ok()?;
        let bound = [times.bound, length.bound].into_iter().find(|&bound| bound != Bound::Exactly);
        Some(Amount { least, most, bound: bound.unwrap_or(Bound::Exactly) })
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say what they are")]
pub enum Unit {
    Session,
    Visit,
    Treatment,
    Injection,
    Tablet,
    Capsule,
    Patch,
    Unit,
    Dose,
    Vial,
    Syringe,
    Bottle,
    Tube,
    Box,
    Pair,
    Prescription,
    Refill,
    Hour,
    /// The number of tablets, capsules or patches that a prescription's "#" gives.
    Dispensed,
    /// With a duration: what is handed out lasts so long.
    Supply,
    /// With a duration: equipment is lent so long.
    Rental,
}

impl Unit {
    /// A unit by its name in the vocabulary.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "session" => Self::Session,
            "visit" => Self::Visit,
            "treatment" => Self::Treatment,
            "injection" => Self::Injection,
            "tablet" => Self::Tablet,
            "capsule" => Self::Capsule,
            "patch" => Self::Patch,
            "unit" => Self::Unit,
            "dose" => Self::Dose,
            "vial" => Self::Vial,
            "syringe" => Self::Syringe,
            "bottle" => Self::Bottle,
            "tube" => Self::Tube,
            "box" => Self::Box,
            "pair" => Self::Pair,
            "prescription" => Self::Prescription,
            "refill" => Self::Refill,
            "supply" => Self::Supply,
            "rental" => Self::Rental,
            _ => return None,
        })
    }

    /// Whether a patient comes for it: words that letters use for one another.
    #[must_use]
    pub fn is_encounter(self) -> bool {
        matches!(self, Self::Session | Self::Visit | Self::Treatment)
    }

    /// Whether a drug is handed out in it.
    #[must_use]
    pub fn is_dosage(self) -> bool {
        matches!(self, Self::Tablet | Self::Capsule | Self::Patch | Self::Dose | Self::Unit)
    }
}
