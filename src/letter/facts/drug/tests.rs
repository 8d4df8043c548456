//! The tables of cases, read as a letter's block is.

use super::*;
use crate::letter::facts::cases;
use crate::letter::facts::quantity::{Duration, TimeUnit};

fn drugs(text: &str) -> Vec<Drug> {
    cases::read(text, read)
}

#[test]
fn cases() {
    cases::check(include_str!("../cases/drug.tsv"), |text| {
        let rendered: Vec<_> = drugs(text).iter().map(|drug| show(text, drug)).collect();
        rendered.join("; ")
    });
}

#[test]
fn contradictions() {
    cases::check_columns(include_str!("../cases/drug-conflict.tsv"), |texts: [&str; 2]| {
        let [one, two] = texts.map(|text| drugs(text).into_iter().next());
        let (Some(one), Some(two)) = (one, two) else { return "no drug".to_owned() };
        let name = |one: &Drug, two: &Drug| match one.contradicts(two) {
            Some(aspect) => format!("{aspect:?}").to_lowercase(),
            None if one.is_same_drug(two) => String::new(),
            None => "other".to_owned(),
        };
        let (found, turned) = (name(&one, &two), name(&two, &one));
        let is_sound = found == turned && one.contradicts(&one).is_none();
        if is_sound { found } else { format!("{found}, but {turned}") }
    });
}

#[test]
fn any_text() {
    let spans = |text: &str| drugs(text).into_iter().map(|drug| drug.name_span).collect::<Vec<_>>();
    cases::check_any_text(include_str!("../cases/drug.tsv"), spans);
    let long = "Norco (".repeat(2_000) + &"lidocaine 5%/".repeat(2_000) + &"hydrocodone with ".repeat(2_000);
    for text in [
        "Norco",
        "Norco (",
        "Norco .",
        "mg Norco",
        "of Norco",
        "Norco 10/",
        "1,,0 mg Norco",
        "Norco’s",
        &long,
    ] {
        assert!(spans(text).into_iter().all(|span| text.get(span).is_some()), "{text}");
    }
}

fn show(text: &str, drug: &Drug) -> String {
    let brand = if drug.is_brand { "brand of " } else { "" };
    let mut fields = vec![format!("{brand}{}", drug.generic.generic_name())];
    let debug = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
    fields.extend(drug.release.map(|release| debug(&release)));
    fields.extend(drug.strength.as_ref().map(strength));
    fields.extend(drug.form.map(|form| debug(&form)));
    fields.extend(drug.package.as_ref().map(|package| format!("package {}", strength(package))));
    fields.extend(drug.count.map(|count| format!("#{count}")));
    fields.extend(drug.refills.map(|refills| format!("{refills} refills")));
    fields.extend(drug.frequency.map(|value| format!("{}/{}", value.times.least, period(value.per))));
    if !drug.compound.is_empty() {
        let mut names: Vec<_> = drug.compound.iter().map(|id| id.generic_name()).collect();
        names.sort_unstable();
        fields.push(format!("in {}", names.join("+")));
    }
    fields.extend(drug.context.map(|context| debug(&context)));
    format!("[{}] {}", &text[drug.span.clone()], fields.join(", "))
}

fn strength(strength: &Strength) -> String {
    let amounts: Vec<_> = strength.amounts.iter().copied().map(decimal).collect();
    let unit = match strength.unit {
        None => "",
        Some(StrengthUnit::Microgram) => " mcg",
        Some(StrengthUnit::Milligram) => " mg",
        Some(StrengthUnit::Gram) => " g",
        Some(StrengthUnit::Percent) => "%",
        Some(StrengthUnit::Unit) => " units",
        Some(StrengthUnit::Milliequivalent) => " mEq",
        Some(StrengthUnit::Milliliter) => " mL",
    };
    let per = match strength.per {
        None => String::new(),
        Some(Per::Hour) => "/hr".to_owned(),
        Some(Per::Day) => "/day".to_owned(),
        Some(Per::Kilogram) => "/kg".to_owned(),
        Some(Per::Milliliters(volume)) => format!("/{} mL", decimal(volume)),
    };
    format!("{}{unit}{per}", amounts.join("/"))
}

fn decimal(value: Decimal) -> String {
    let (whole, rest) = (value.ten_thousandths / 10_000, value.ten_thousandths % 10_000);
    let decimals = format!("{rest:04}");
    let decimals = decimals.trim_end_matches('0');
    if decimals.is_empty() { whole.to_string() } else { format!("{whole}.{decimals}") }
}

fn period(per: Duration) -> String {
    let unit = match per.unit {
        TimeUnit::Hour => "hour",
        TimeUnit::Day => "day",
        TimeUnit::Week => "week",
        TimeUnit::Month => "month",
        TimeUnit::Year => "year",
    };
    if per.amount.least == 1 { unit.to_owned() } else { format!("{} {unit}s", per.amount.least) }
}
