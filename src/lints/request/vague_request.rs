//! A request that does not say what, how much or where, or that stands twice.

use crate::engine::{Arg, Draft, LetterContext, Sink};
use crate::letter::Asked;

/// Services that are asked for by a number of visits.
const BY_NUMBER: [&str; 9] = [
    "physical therapy",
    "occupational therapy",
    "aquatic therapy",
    "acupuncture",
    "chiropractic care",
    "massage",
    "psychotherapy",
    "biofeedback",
    "shock wave therapy",
];
/// Services that are asked for a part of the body.
const OF_A_PART: [&str; 5] = ["MRI", "CT scan", "radiographs", "ultrasound", "electrodiagnostic study"];

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let requests: Vec<Asked<'_>> = letter.items.iter().filter_map(|item| letter.asked(item)).collect();
    for (index, request) in requests.iter().enumerate() {
        let text = text(request);
        if let Some(first) = requests[..index].iter().find(|earlier| self::text(earlier) == text) {
            sink.push(draft(request, "repeated").related(first.place(), "first", Vec::new()));
        } else if let Some(message) = lacks(request) {
            sink.push(draft(request, message));
        }
    }
}

/// What a request leaves open, as the message that says so.
fn lacks(request: &Asked<'_>) -> Option<&'static str> {
    let facts = request.content.facts();
    let within = |start: usize| request.span.contains(&start);
    let names = |names: &[&str]| request.services.iter().any(|service| names.contains(&service.id.name()));
    let has_part = facts.regions.iter().any(|region| within(region.span.start))
        || facts.levels.iter().any(|level| within(level.span.start));
    let has_number = facts.quantities.iter().any(|quantity| within(quantity.span.start));
    if names(&OF_A_PART) && !has_part {
        Some("no-part")
    } else if names(&BY_NUMBER) && !has_number {
        Some("no-number")
    } else if request.services.is_empty()
        && request.drugs.iter().any(|drug| drug.strength.is_none() && drug.compound.is_empty())
    {
        Some("no-strength")
    } else {
        None
    }
}

fn text(request: &Asked<'_>) -> String {
    let text = &request.content.text()[request.span.clone()];
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn draft(request: &Asked<'_>, message: &'static str) -> Draft {
    let found = Arg::letter(&request.content.text()[request.span.clone()]);
    Draft::new(request.place(), message).arg("found", found)
}
