//! The tables of cases, read as a letter's block is.

use super::*;
use crate::letter::facts::cases;

fn quantities(text: &str) -> Vec<Quantity> {
    cases::read(text, read)
}

#[test]
fn cases() {
    cases::check(include_str!("../cases/quantity.tsv"), |text| {
        let rendered: Vec<_> = quantities(text).iter().map(|quantity| show(text, quantity)).collect();
        rendered.join("; ")
    });
}

#[test]
fn contradictions() {
    cases::check_columns(include_str!("../cases/quantity-conflict.tsv"), |texts: [&str; 2]| {
        let [one, two] = texts.map(|text| quantities(&prescribed(text)).into_iter().next());
        let (Some(one), Some(two)) = (one, two) else { return "no quantity".to_owned() };
        let name = |aspect: Option<Aspect>| aspect.map_or(String::new(), |a| format!("{a:?}").to_lowercase());
        let (found, turned) = (name(one.contradicts(&two)), name(two.contradicts(&one)));
        let is_sound = found == turned && one.contradicts(&one).is_none();
        if is_sound { found } else { format!("{found}, but {turned}") }
    });
}

#[test]
fn any_text() {
    let spans = |text: &str| quantities(text).into_iter().map(|quantity| quantity.span).collect::<Vec<_>>();
    cases::check_any_text(include_str!("../cases/quantity.tsv"), spans);
    let long = "2x".repeat(2_000) + &"twenty-".repeat(2_000) + &"no quantity, ".repeat(2_000);
    for text in
        ["x", "#", "q", "QTY:", "(", "2 (", "12 (twelve", "İ x2 ﬁ 6 weeks", "99999999999 visits", &long]
    {
        assert!(spans(text).into_iter().all(|span| text.get(span).is_some()), "{text}");
    }
}

/// "#60" is read behind a drug only.
fn prescribed(text: &str) -> String {
    if text.starts_with('#') { format!("naproxen {text}") } else { text.to_owned() }
}

#[test]
fn any_text_is_read() {
    let long = "2x".repeat(2_000) + &"twenty-".repeat(2_000) + &"no quantity, ".repeat(2_000);
    for text in
        ["", "x", "#", "q", "QTY:", "(", "2 (", "12 (twelve", "İ x2 ﬁ 6 weeks", "99999999999 visits", &long]
    {
        let _ = quantities(text);
    }
}

fn show(text: &str, quantity: &Quantity) -> String {
    let mut fields = Vec::new();
    let unit = quantity.unit.map(unit_name);
    match (quantity.count, unit) {
        (Some(count), Some(unit)) => fields.push(format!("{} {unit}", stated(count, "count", amount))),
        (Some(count), None) => fields.push(stated(count, "count", amount)),
        (None, Some(unit)) => fields.push(unit.to_owned()),
        (None, None) => {}
    }
    fields.extend(quantity.frequency.map(|value| stated(value, "frequency", frequency)));
    fields.extend(quantity.duration.map(|value| stated(value, "duration", duration)));
    if quantity.count.is_none() {
        fields.extend(quantity.total.map(|total| format!("total {}", amount(total))));
    }
    fields.extend(quantity.context.map(|context| format!("{context:?}").to_lowercase()));
    format!("[{}] {}", &text[quantity.span.clone()], fields.join(", "))
}

fn stated<T>(value: Stated<T>, kind: &str, show: impl Fn(T) -> String) -> String {
    match value {
        Stated::Given(value) => show(value),
        Stated::Unspecified => format!("{kind} ?"),
    }
}

fn amount(amount: Amount) -> String {
    let bound = match amount.bound {
        Bound::Exactly => "",
        Bound::About => "~",
        Bound::AtMost => "<=",
        Bound::AtLeast => ">=",
        Bound::MoreThan => ">",
        Bound::LessThan => "<",
    };
    if amount.least == amount.most {
        format!("{bound}{}", amount.least)
    } else {
        format!("{bound}{}-{}", amount.least, amount.most)
    }
}

fn duration(value: Duration) -> String {
    let unit = format!("{:?}", value.unit).to_lowercase();
    let plural = if value.amount == Amount::exactly(1) { "" } else { "s" };
    format!("{} {unit}{plural}", amount(value.amount))
}

fn frequency(value: Frequency) -> String {
    let per = duration(value.per);
    format!("{}/{}", amount(value.times), per.strip_prefix("1 ").unwrap_or(&per))
}

fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Session => "sessions",
        Unit::Visit => "visits",
        Unit::Treatment => "treatments",
        Unit::Injection => "injections",
        Unit::Tablet => "tablets",
        Unit::Capsule => "capsules",
        Unit::Patch => "patches",
        Unit::Unit => "units",
        Unit::Dose => "doses",
        Unit::Vial => "vials",
        Unit::Syringe => "syringes",
        Unit::Bottle => "bottles",
        Unit::Tube => "tubes",
        Unit::Box => "boxes",
        Unit::Pair => "pairs",
        Unit::Prescription => "prescriptions",
        Unit::Refill => "refills",
        Unit::Hour => "hours",
        Unit::Dispensed => "dispensed",
        Unit::Supply => "supply",
        Unit::Rental => "rental",
    }
}
