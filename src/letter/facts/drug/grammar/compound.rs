//! Combinations written in parts, and compounded preparations.

use super::super::Drug;
use super::super::lexicon::DrugId;
use super::super::strength::{Strength, StrengthUnit};
use super::{Mention, Sentence};

impl Sentence<'_> {
    /// "hydrocodone 10 mg/acetaminophen 325 mg" is one drug.
    pub(super) fn join_combinations(&self, mentions: &mut Vec<Mention>) {
        let mut at = 0;
        while at + 1 < mentions.len() {
            let (one, two) = (&mentions[at].drug, &mentions[at + 1].drug);
            let linked = self.between(&(one.span.end..two.span.start)) == "/";
            let combination =
                DrugId::combination(&[one.generic, two.generic]).filter(|_| linked && !one.is_brand);
            let strengths = one.strength.clone().zip(two.strength.clone());
            if let (Some(combination), Some((first, second))) = (combination, strengths)
                && first.unit == second.unit
            {
                let second_mention = mentions.remove(at + 1);
                let joined = &mut mentions[at];
                let name_end = second_mention.drug.name_span.end;
                joined.drug = Drug {
                    span: joined.drug.span.start..second_mention.drug.span.end,
                    name_span: joined.drug.name_span.start..name_end,
                    generic: combination,
                    strength: Some(Strength { amounts: [first.amounts, second.amounts].concat(), ..first }),
                    is_brand: false,
                    ..second_mention.drug
                };
                joined.tokens.end = second_mention.tokens.end;
            } else {
                at += 1;
            }
        }
    }

    /// Marks the parts of compounded preparations, and gives each the form and the package of the whole.
    pub(super) fn join_compounds(&self, mentions: &mut [Mention]) {
        let mut start = 0;
        while start < mentions.len() {
            let mut end = start + 1;
            while end < mentions.len() && self.is_compounded(&mentions[end - 1].drug, &mentions[end].drug) {
                end += 1;
            }
            if end > start + 1 {
                let parts = &mut mentions[start..end];
                let mut compound: Vec<DrugId> = parts.iter().map(|part| part.drug.generic).collect();
                compound.sort_unstable();
                compound.dedup();
                let last = &parts[parts.len() - 1].drug;
                let (form, package) = (last.form, last.package.clone());
                for part in parts {
                    part.drug.form = part.drug.form.or(form);
                    part.drug.package = part.drug.package.clone().or_else(|| package.clone());
                    part.drug.compound.clone_from(&compound);
                }
            }
            start = end;
        }
    }

    /// Whether two neighbours are parts of one preparation: percentages in a row, or generics around a slash.
    pub(super) fn is_compounded(&self, one: &Drug, two: &Drug) -> bool {
        if one.is_brand || two.is_brand || one.form.is_some() || one.package.is_some() {
            return false;
        }
        let is_percent = |drug: &Drug| {
            drug.strength.as_ref().is_some_and(|strength| strength.unit == Some(StrengthUnit::Percent))
        };
        let link = self.between(&(one.span.end..two.span.start));
        let listed =
            matches!(link.as_str(), "" | "/" | "," | "-" | "–" | "+" | "&" | "and" | ", and" | "with");
        link == "/" || listed && is_percent(one) && is_percent(two)
    }
}
