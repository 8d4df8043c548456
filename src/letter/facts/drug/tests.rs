//! The tables of cases, read as a letter's block is.

use super::*;
use crate::letter::facts::quantity::{Duration, TimeUnit};
use crate::letter::sentence::sentences;
use crate::text::tokens;

fn drugs(text: &str) -> Vec<Drug> {
    let tokens = tokens(text);
    read(text, &tokens, &sentences(text, &tokens))
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

#[test]
fn drugs_of_texts() {
    let mut failures = Vec::new();
    for row in rows(include_str!("../cases/drug.tsv")) {
        let text = row[0].replace("\\n", "\n");
        let found: Vec<_> = drugs(&text).iter().map(|drug| show(&text, drug)).collect();
        let found = found.join("; ");
        if found != row[1] {
            failures.push(format!("{}\n  expected {}\n  found    {found}", row[0], row[1]));
        }
    }
    assert!(failures.is_empty(), "{} rows fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn contradictions() {
    let mut failures = Vec::new();
    for row in rows(include_str!("../cases/drug-conflict.tsv")) {
        let (one, two) = (drugs(row[0]), drugs(row[1]));
        let (Some(one), Some(two)) = (one.first(), two.first()) else {
            failures.push(format!("{row:?}: no drug"));
            continue;
        };
        let name = |one: &Drug, two: &Drug| match one.contradicts(two) {
            Some(aspect) => format!("{aspect:?}").to_lowercase(),
            None if one.is_same_drug(two) => String::new(),
            None => "other".to_owned(),
        };
        let found = (name(one, two), name(two, one));
        if found != (row[2].to_owned(), row[2].to_owned()) || one.contradicts(one).is_some() {
            failures.push(format!("{row:?}: found {found:?}"));
        }
    }
    assert!(failures.is_empty(), "{} rows fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn any_text_is_read() {
    let long = "Norco (".repeat(2_000) + &"lidocaine 5%/".repeat(2_000) + &"hydrocodone with ".repeat(2_000);
    for text in [
        "",
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
        let _ = drugs(text);
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
    format!("[{}] {}", text[drug.span.clone()].replace('\n', "\\n"), fields.join(", "))
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
