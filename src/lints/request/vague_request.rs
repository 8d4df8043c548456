//! A request that does not say what, how much or where, or that stands twice.

use crate::engine::{Arg, Draft, LetterContext, Sink};
use crate::letter::{Asked, Item};
use crate::text::Span;

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let requests: Vec<(&Item, Asked<'_>)> =
        letter.items.iter().filter_map(|item| Some((item, letter.asked(item)?))).collect();
    for (index, (item, request)) in requests.iter().enumerate() {
        let text = text(request);
        if let Some((_, first)) = requests[..index].iter().find(|(_, earlier)| self::text(earlier) == text) {
            sink.push(draft(request, "repeated").related(first.place(), "first", Vec::new()));
        } else if let Some(message) = lacks(context, item, request) {
            sink.push(draft(request, message));
        }
    }
}

/// What a request leaves open, as the message that says so.
fn lacks(context: &LetterContext<'_>, item: &Item, request: &Asked<'_>) -> Option<&'static str> {
    let facts = request.content.facts();
    let within = |start: usize| request.span.contains(&start);
    // What else is named is how it is done ("under ultrasound guidance").
    let service = request.services.first().map(|service| service.id.name());
    let names = |set: &str| service.is_some_and(|service| context.words(set).any(|name| name == service));
    let words = words(request);
    let has = |set: &str| words.iter().any(|word| context.is_in_lower(set, word));
    // An associated service is for the part that its main item is for.
    let has_part = item.main_item.is_some()
        || facts.regions.iter().any(|region| within(region.span.start))
        || facts.levels.iter().any(|level| within(level.span.start))
        || facts.sides.iter().any(|side| within(side.span.start))
        || has("parts");
    let has_number = facts.quantities.iter().any(|quantity| within(quantity.span.start));
    let has_digit = text(request).contains(|c: char| c.is_ascii_digit());
    let is_class = |word: &&str| context.is_in_lower("classes", word) || context.is_in_lower("fillers", word);
    if names("of-a-part") && !has_part {
        Some("no-part")
    } else if names("by-number") && !has_number && !has("once") {
        Some("no-number")
    } else if names("by-time") && !has_number && !has_digit && !has("once") {
        Some("no-amount")
    } else if request.services.is_empty()
        && request.drugs.iter().any(|drug| drug.strength.is_none() && drug.compound.is_empty())
        && !has("strength-units")
    {
        Some("no-strength")
    } else if has("classes") && words.iter().all(is_class) {
        Some("only-class")
    } else {
        None
    }
}

/// The words of a request, without its numbers and marks.
fn words<'l>(request: &Asked<'l>) -> Vec<&'l str> {
    let within = |span: &Span| request.span.start <= span.start && span.end <= request.span.end;
    let tokens = request.content.tokens.iter().filter(|token| within(&token.span));
    let words = tokens.map(|token| &request.content.text()[token.span.clone()]);
    words.filter(|word| *word == "%" || word.chars().any(char::is_alphabetic)).collect()
}

fn text(request: &Asked<'_>) -> String {
    let text = &request.content.text()[request.span.clone()];
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn draft(request: &Asked<'_>, message: &'static str) -> Draft {
    let found = Arg::letter(&request.content.text()[request.span.clone()]);
    Draft::new(request.place(), message).arg("found", found)
}
