//! A person's name.

use std::sync::LazyLock;

use regex::Regex;

use crate::engine::{Applicability, BlockContext, Draft, DraftFix, Sink};
use crate::text::{self, Span};

/// Forms of a name, in the group `name`, with whom it names.
static NAMES: LazyLock<Vec<(Regex, Person)>> = LazyLock::new(|| {
    let particle = r"(?:(?:de|la|del|van|von|der|den|di|da|los|las|al|el|bin)\s)";
    let word = r"\p{Lu}(?:['’]\p{Lu})?\p{Ll}+(?:[-'’]?\p{Lu}\p{Ll}+)*";
    let initial = r"\p{Lu}\.";
    let surname = format!(r"{particle}{{0,2}}{word}");
    let titled = format!(r"(?:{surname}|\p{{Lu}}{{3,}}\b)");
    let full = format!(r"{word}\s(?:{initial}\s|{word}\s)?{surname}");
    let degree = r"(?:M\.D\.|MD\b|D\.O\.|DO\b|D\.C\.|DC\b|Ph\.\s?D\.|PhD\b|Psy\.?\s?D\.?|DPM\b|D\.P\.M\.|L\.?Ac\b|DDS\b|D\.D\.S\.|N\.P\.|NP\b|P\.A\.|PA-C\b|R\.N\.|RN\b|O\.D\.|M\.P\.T\.|DPT\b)";
    [
        (format!(r"\b(?P<name>(?:Drs?\b\.?|Doctor)\s(?:{initial}\s?){{0,2}}{titled}(?:(?:,\s{word})*,?\sand\s{surname})?(?:\s{word})?)"), Person::Clinician),
        (format!(r"\b(?P<name>(?:Mr|Mrs|Ms|Miss)\b\.?\s(?:{initial}\s?){{0,2}}{titled}(?:\s{word})?)"), Person::Patient),
        (format!(r"\b(?P<name>(?:{full}|{initial}\s{surname}),?\s{degree})"), Person::Clinician),
        (format!(r"\b(?i:patient|claimant|applicant|worker|employee)(?:,|\sis|'s\sname\sis|\snamed)?\s(?P<name>{full})\b"), Person::Patient),
        (format!(r"\b(?i:husband|wife|son|daughter|mother|father|sister|brother|attorney|supervisor|employer|coworker)(?:,|\sis|\snamed)?\s(?P<name>{full})\b"), Person::Other),
        (format!(r"(?:^|[.:]\s)(?P<name>{full})(?:,|\sis|\swas)\s(?:is\s)?an?\s[0-9]{{2}}[-\s]year"), Person::Patient),
    ]
    .map(|(pattern, person)| (text::pattern(&pattern), person))
    .into()
});

#[derive(Debug, Clone, Copy)]
enum Person {
    Patient,
    Clinician,
    Other,
}

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    let text = context.content.text();
    for (pattern, person) in NAMES.iter() {
        for found in pattern.captures_iter(text) {
            let Some(name) = found.name("name") else { continue };
            let mut words = name.as_str().split_whitespace();
            let is_name = !words.any(|word| {
                context
                    .is_in("not-names", word.trim_end_matches([',', '.', '\'', '’']).to_lowercase().as_str())
            });
            // "in Silver Spring, MD": a state.
            let before = text[..name.start()].trim_end();
            let is_place = name.as_str().ends_with(" MD")
                && [" in", " near", " at"].iter().any(|word| before.ends_with(word));
            if is_name && !is_place {
                sink.push(draft(context, name.range(), *person));
            }
        }
    }
}

fn draft(context: &BlockContext<'_>, span: Span, person: Person) -> Draft {
    let text = context.content.text();
    let begins =
        context.content.sentence_at(span.start).is_some_and(|sentence| sentence.span.start == span.start);
    // "Dr. Poe's report" becomes "the physician's report": the possessive stands behind the name.
    let role = match person {
        Person::Patient => "the patient",
        Person::Clinician => "the physician",
        Person::Other => "[removed]",
    };
    let new_text = if begins { role.replacen('t', "T", 1) } else { role.to_owned() };
    let place = context.place(span.clone());
    let draft = Draft::new(place.clone(), "message");
    // "The patient, Maria Lopez,": nothing stands in the place of an apposition.
    let is_apposed = text[..span.start].trim_end().ends_with(',');
    if is_apposed { draft } else { draft.fix(DraftFix::replace(place, new_text, Applicability::Manual)) }
}
