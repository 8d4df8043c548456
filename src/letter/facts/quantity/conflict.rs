//! Whether two quantities contradict each other.

use super::Quantity;
use super::amount::{Amount, Bound, Duration, Frequency, Stated, TimeUnit, Unit};

/// In what two quantities differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// How many.
    Count,
    /// How often.
    Frequency,
    /// How long.
    Duration,
}

impl Quantity {
    /// In what this contradicts another quantity of the same thing. Only the same kind is compared: sessions with
    /// visits, tablets with a prescription's "#", never sessions with weeks. What one does not state contradicts
    /// nothing; "unspecified" contradicts a number of its own kind. Contexts are the caller's to compare.
    #[must_use]
    pub fn contradicts(&self, other: &Self) -> Option<Aspect> {
        if counts_contradict(self, other) {
            Some(Aspect::Count)
        } else if frequencies_contradict(self, other) {
            Some(Aspect::Frequency)
        } else if stated_contradict(self.duration, other.duration, lengths_differ) {
            Some(Aspect::Duration)
        } else {
            None
        }
    }

    /// Whether both state a value of the same kind, and contradict each other in none.
    #[must_use]
    pub fn confirms(&self, other: &Self) -> bool {
        let counts = self.total.is_some()
            && other.total.is_some()
            && comparable(self.counted_unit(), other.counted_unit());
        let given = |stated: Option<Stated<Frequency>>| matches!(stated, Some(Stated::Given(_)));
        let frequencies = given(self.frequency) && given(other.frequency);
        let given = |stated: Option<Stated<Duration>>| matches!(stated, Some(Stated::Given(_)));
        let durations = given(self.duration) && given(other.duration);
        (counts || frequencies || durations) && self.contradicts(other).is_none()
    }

    /// The unit that a total is counted in.
    fn counted_unit(&self) -> Option<Unit> {
        match self.count {
            None if self.total.is_some() => Some(Unit::Session),
            // "3 times a week for 4 weeks = 12": the number repeats what the course makes.
            Some(_) if self.unit.is_none() && self.derived_total().is_some() => Some(Unit::Session),
            _ => self.unit,
        }
    }
}

fn counts_contradict(a: &Quantity, b: &Quantity) -> bool {
    if a.is_dose() || b.is_dose() {
        let (Some(Stated::Given(one)), Some(Stated::Given(two))) = (a.count, b.count) else { return false };
        // A dose without its frequency may be half of the day's, and one of another frequency the same by the week.
        let often = a.frequency.is_some() && b.frequency.is_some();
        return often
            && !stated_contradict(a.frequency, b.frequency, rates_differ)
            && a.is_dose()
            && b.is_dose()
            && comparable(a.unit, b.unit)
            && differ(one, two);
    }
    let (one_unit, two_unit) = (a.counted_unit(), b.counted_unit());
    match (a.count, b.count, a.total, b.total) {
        (Some(Stated::Unspecified), _, _, Some(_)) => one_unit.is_none() || comparable(one_unit, two_unit),
        (_, Some(Stated::Unspecified), Some(_), _) => two_unit.is_none() || comparable(one_unit, two_unit),
        (_, _, Some(one), Some(two)) => {
            // Two courses that make different totals differ in what makes them.
            let both_derived = a.count.is_none() && b.count.is_none();
            !both_derived && comparable(one_unit, two_unit) && differ(one, two)
        }
        _ => false,
    }
}

fn frequencies_contradict(a: &Quantity, b: &Quantity) -> bool {
    stated_contradict(a.frequency, b.frequency, |one, two| {
        // What is taken every day and what one comes for every week are different things.
        is_daily(one) == is_daily(two) && rates_differ(one, two)
    })
}

fn is_daily(frequency: Frequency) -> bool {
    matches!(frequency.per.unit, TimeUnit::Hour | TimeUnit::Day)
}

/// Whether both are stated and the values differ, or one is said to be missing and the other is not.
fn stated_contradict<T: Copy>(
    a: Option<Stated<T>>,
    b: Option<Stated<T>>,
    differ: impl Fn(T, T) -> bool,
) -> bool {
    match (a, b) {
        (Some(Stated::Given(one)), Some(Stated::Given(two))) => differ(one, two),
        (Some(Stated::Unspecified), Some(Stated::Given(_)))
        | (Some(Stated::Given(_)), Some(Stated::Unspecified)) => true,
        _ => false,
    }
}

/// Whether two units count the same kind of thing.
fn comparable(a: Option<Unit>, b: Option<Unit>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return a.is_none() && b.is_none() };
    let dispensed = |unit: Unit| matches!(unit, Unit::Tablet | Unit::Capsule | Unit::Dispensed);
    let solid = |one: Unit, two: Unit| dispensed(one) && dispensed(two);
    let patches = |one: Unit, two: Unit| one == Unit::Patch && two == Unit::Dispensed;
    a == b || a.is_encounter() && b.is_encounter() || solid(a, b) || patches(a, b) || patches(b, a)
}

/// Two limits of the same kind differ as their numbers do; anything else where no number satisfies both.
fn differ(a: Amount, b: Amount) -> bool {
    if a.bound == b.bound && !matches!(a.bound, Bound::Exactly | Bound::About) {
        return a.most < b.least || b.most < a.least;
    }
    let (one, two) = (a.admitted(), b.admitted());
    one.1 < two.0 || two.1 < one.0
}

fn lengths_differ(a: Duration, b: Duration) -> bool {
    let same_limit = a.amount.bound == b.amount.bound;
    let hours = |duration: Duration| {
        let (least, most) = if same_limit && duration.amount.bound != Bound::About {
            (duration.amount.least, duration.amount.most)
        } else {
            duration.amount.admitted()
        };
        let unit = duration.unit.hours();
        (u64::from(least) * unit.0, u64::from(most) * unit.1)
    };
    let (one, two) = (hours(a), hours(b));
    one.1 < two.0 || two.1 < one.0
}

fn rates_differ(a: Frequency, b: Frequency) -> bool {
    let hours = |frequency: Frequency| {
        let unit = frequency.per.unit.hours();
        let (least, most) = frequency.per.amount.admitted();
        (u64::from(least) * unit.0, u64::from(most) * unit.1)
    };
    let slower = |one: Frequency, two: Frequency| {
        let (most, least) = (u64::from(one.times.admitted().1), u64::from(two.times.admitted().0));
        most * hours(two).1 < least * hours(one).0
    };
    slower(a, b) || slower(b, a)
}
