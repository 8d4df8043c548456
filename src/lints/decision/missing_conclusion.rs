//! A rationale that never says whether the treatment is medically necessary.

use crate::engine::{Applicability, Arg, Draft, DraftFix, ItemContext, Level, Sink};
use crate::letter::facts::{Conclusion, Polarity, Strength};
use crate::letter::{Content, Decision, Field, Item, Letter, Place, Role};
use crate::text::Span;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    if item.is_unfinished || !letter.profile.is_some_and(|profile| profile.is_workers_compensation_review()) {
        return;
    }
    let Some(last) = letter.rationale(item).last() else { return };
    let content = &letter.blocks[last].content;
    // A label alone is a field that is empty, and a decision in these words has said it.
    if content.text()[content.body_start..].trim().is_empty() || is_stated_by_decision(letter, item) {
        return;
    }
    let deciding = letter.deciding(item);
    let draft = match deciding.last() {
        None if may_be_stated(letter, item) => return,
        None => {
            let Some(sentence) = content.sentences.last() else { return };
            let span = sentence.span.start.max(content.body_start)..sentence.span.end;
            Draft::new(Place { block: last, span }, "message")
        }
        Some((block, conclusion)) if conclusion.polarity == Polarity::Conditional => {
            if item.main_item.is_some() {
                return;
            }
            let found = &letter.blocks[*block].content.text()[conclusion.words.clone()];
            Draft::new(Place { block: *block, span: conclusion.words.clone() }, "conditional")
                .arg("found", Arg::letter(found))
        }
        Some((block, conclusion)) if conclusion.strength == Strength::Synonym => {
            let contradicts = |decision: Decision| conclusion.polarity.contradicts(decision);
            let is_contradiction = item.decision.as_ref().is_some_and(|(decision, _)| contradicts(*decision));
            if is_contradiction || names_necessity(letter, item) || item.main_item.is_some() {
                return;
            }
            let found = &letter.blocks[*block].content.text()[conclusion.words.clone()];
            Draft::new(Place { block: *block, span: conclusion.words.clone() }, "synonym")
                .arg("found", Arg::letter(found))
                .cap(Level::Warning)
        }
        Some(_) => return,
    };
    sink.push(match conclusion_to_add(letter, item) {
        Some(sentence) => {
            let end = content.text().trim_end().len();
            let stop =
                if content.text()[..end].ends_with(['.', '!', '?', '"', '\u{201d}', ')']) { "" } else { "." };
            draft.fix(DraftFix::replace(
                Place { block: last, span: end..end },
                format!("{stop} {sentence}"),
                Applicability::Manual,
            ))
        }
        None => draft,
    });
}

/// Whether the decision itself says it ("… is not medically necessary and appropriate"), or the rationale's label.
fn is_stated_by_decision(letter: &Letter, item: &Item) -> bool {
    let decided = item
        .decision
        .as_ref()
        .map(|(_, place)| &letter.blocks[place.block].content.text()[place.span.clone()]);
    let says = |text: &str| text.to_lowercase().contains("medically");
    decided.is_some_and(says)
        || letter.blocks[item.blocks.clone()].iter().any(|block| {
            block.role == Role::Field(Field::Rationale)
                && says(&block.content.text()[..block.content.body_start])
        })
}

/// Whether the rationale's words on necessity were not understood: better silent than wrong.
fn may_be_stated(letter: &Letter, item: &Item) -> bool {
    const LAST: usize = 2;
    let is_understood = |content: &Content, at: usize| {
        content.facts().conclusions.iter().any(|conclusion| conclusion.sentence == at)
    };
    let Some(last) = letter.rationale(item).last() else { return false };
    letter.rationale(item).any(|block| {
        let content = &letter.blocks[block].content;
        content.sentences.iter().enumerate().any(|(at, sentence)| {
            let is_last = block == last && at + LAST >= content.sentences.len();
            let names = names_it(&content.text()[sentence.span.clone()]);
            names
                && (item.main_item.is_some()
                    || is_last && !is_understood(content, at) && !leaves_open(content, &sentence.span))
        })
    })
}

/// "It is unclear whether the request is medically necessary": that is no conclusion.
fn leaves_open(content: &Content, sentence: &Span) -> bool {
    let text = content.text()[sentence.clone()].to_lowercase();
    ["whether", " if ", "criteria for", "definition"].iter().any(|words| text.contains(words))
}

fn names_necessity(letter: &Letter, item: &Item) -> bool {
    let Some(last) = letter.rationale(item).last() else { return false };
    letter.blocks[last]
        .content
        .sentences
        .last()
        .is_some_and(|sentence| names_it(&letter.blocks[last].content.text()[sentence.span.clone()]))
}

fn names_it(text: &str) -> bool {
    let text = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    ["medically nec", "medical nec", "medically unnec", "notmedically"]
        .iter()
        .any(|words| text.contains(words))
}

/// The sentence that agrees with the decision, in the form that the letter's other items have.
fn conclusion_to_add(letter: &Letter, item: &Item) -> Option<String> {
    let wanted = match item.decision.as_ref()?.0 {
        Decision::Upheld => "is not medically necessary",
        Decision::Overturned => "is medically necessary",
        // Which part it is stands nowhere.
        Decision::Partial => return None,
    };
    let model = letter.items.iter().find_map(|other| {
        let deciding = letter.deciding(other);
        let [(block, conclusion)] = deciding[..] else { return None };
        model_sentence(&letter.blocks[block].content, conclusion)
    });
    Some(match model {
        Some((before, after)) => format!("{before}{wanted}{after}"),
        None => format!("The request {wanted}."),
    })
}

/// What stands before and behind "is (not) medically necessary" in a short sentence on the request as a whole.
fn model_sentence(content: &Content, conclusion: &Conclusion) -> Option<(String, String)> {
    const LONGEST: usize = 70;
    let text = content.text();
    let sentence = &content.sentences.get(conclusion.sentence)?.span;
    let words = text[conclusion.words.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let is_plain = matches!(words.as_str(), "is medically necessary" | "is not medically necessary");
    let joins = conclusion.introducer.as_ref().is_none_or(|span| span.start == sentence.start);
    let start = conclusion
        .introducer
        .as_ref()
        .map_or(conclusion.span.start, |span| span.start.min(conclusion.span.start));
    let is_whole = start == sentence.start && conclusion.is_of_whole_request(text);
    if !is_plain || !joins || !is_whole || sentence.len() > LONGEST {
        return None;
    }
    let one_line = |span: Span| text[span].replace('\n', " ");
    let after = one_line(conclusion.words.end..sentence.end);
    let has_fact = after.chars().any(|c| c.is_alphanumeric());
    (!has_fact).then(|| (one_line(sentence.start..conclusion.words.start), ".".to_owned()))
}
