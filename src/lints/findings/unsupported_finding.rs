//! A symptom, sign or test of the rationale that the summary does not name.

use crate::engine::{Arg, Draft, ItemContext, Level, Sink};
use crate::letter::facts::finding::{FindingId, FindingKind, Polarity};
use crate::letter::facts::observation::is_akin;
use crate::letter::facts::{Observation, Source};
use crate::letter::{Content, Field, Letter, Place, Role};
use crate::text::Span;
use foldhash::HashSet;

/// A rationale that tells more than this which the summary lacks gives a history of its own.
const MOST: usize = 3;

/// Words by which the decision is said to rest on what follows.
const GROUNDS: [&str; 11] = [
    "based on",
    "given the patient",
    "given that the patient",
    "given his",
    "given her",
    "given these",
    "in light of",
    "in view of",
    "because the patient",
    "because of the patient",
    "due to the patient",
];

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let rationale = letter.rationale_observations(item);
    let has_present = rationale.iter().any(|(_, seen)| seen.fact.polarity == Polarity::Present);
    if !has_present || introduces_patient(letter) {
        return;
    }
    let Some(summary) = named_in_summary(letter) else { return };
    let mut told = HashSet::default();
    let unsupported: Vec<_> = rationale
        .iter()
        .filter(|(block, seen)| {
            is_told(seen, goes_with_known(context, *block, seen, &rationale, &summary))
                && !is_denied_later(context, *block, seen)
                && !is_service(context, *block, seen)
                && !summary.tells(seen.fact.id)
        })
        .filter(|(_, seen)| told.insert(seen.fact.id))
        .collect();
    if unsupported.len() > MOST {
        return;
    }
    for (block, seen) in unsupported {
        let content = &letter.blocks[*block].content;
        let found = Arg::letter(&content.text()[seen.fact.span.clone()]);
        let draft = Draft::new(Place { block: *block, span: seen.fact.span.clone() }, "message")
            .arg("found", found)
            .related(summary.place.clone(), "summary", Vec::new());
        sink.push(if is_ground(content, seen) { draft.raise(Level::Warning) } else { draft });
    }
}

/// Whether the age is first told among the reasons: then these tell the history too.
fn introduces_patient(letter: &Letter) -> bool {
    letter.age().is_some_and(|age| letter.blocks[age.place.block].role == Role::Field(Field::Rationale))
}

/// The findings that the summary names, whatever it says of them, and its first sentence.
struct Summary {
    ids: HashSet<FindingId>,
    /// Those that it does not deny.
    there: HashSet<FindingId>,
    place: Place,
}

impl Summary {
    /// Whether it names a finding, or tells of one that may stand for it.
    fn tells(&self, id: FindingId) -> bool {
        self.ids.contains(&id) || self.there.iter().any(|&other| is_akin(other, id))
    }
}

/// Absent where the summary names no finding at all: then it is of another kind.
fn named_in_summary(letter: &Letter) -> Option<Summary> {
    let blocks = || letter.blocks.iter().enumerate().filter(|(_, block)| block.role == Role::Summary);
    let ids: HashSet<FindingId> =
        blocks().flat_map(|(_, block)| block.content.findings_told()).copied().collect();
    let facts = blocks().flat_map(|(_, block)| &block.content.facts().findings);
    let there = facts
        .filter(|fact| !matches!(fact.polarity, Polarity::Absent | Polarity::Normal))
        .map(|fact| fact.id);
    let there = there.collect();
    let (block, content) = blocks()
        .find(|(_, block)| !block.content.facts().findings.is_empty())
        .map(|(index, block)| (index, &block.content))?;
    let span = content.sentences.first()?.span.clone();
    Some(Summary { ids, there, place: Place { block, span } })
}

/// Whether an observation is of the kind that the summary has to tell. Pain has too many words for that.
fn is_told(seen: &Observation<'_>, goes_with_known: bool) -> bool {
    seen.fact.polarity == Polarity::Present
        && (seen.is_plain || goes_with_known)
        && seen.source != Source::Study
        && seen.fact.kind != FindingKind::Study
        && seen.fact.id.name() != "pain"
}

/// "Pain and swelling": whether it is listed right behind a finding that the patient is known to have.
fn goes_with_known(
    context: &ItemContext<'_>,
    block: usize,
    seen: &Observation<'_>,
    rationale: &[(usize, Observation<'_>)],
    summary: &Summary,
) -> bool {
    let text = context.letter.blocks[block].content.text();
    rationale.iter().any(|(other_block, other)| {
        let between = text.get(other.fact.span.end..seen.fact.span.start);
        *other_block == block
            && between.is_some_and(|words| words.trim() == "and")
            && other.fact.polarity == Polarity::Present
            && other.fact.id.name() != "pain"
            && summary.there.contains(&other.fact.id)
    })
}

/// "Signs of myelopathy, which would forbid the injection, are absent": whether the sentence goes on to say that it is not
/// there.
fn is_denied_later(context: &ItemContext<'_>, block: usize, seen: &Observation<'_>) -> bool {
    let content = &context.letter.blocks[block].content;
    let Some(sentence) = content.sentence_at(seen.fact.span.start) else { return false };
    let from = content.tokens.partition_point(|token| token.span.start < seen.fact.span.end);
    let mut behind = from..sentence.tokens.end.max(from);
    behind.any(|at| context.is_in("denials", content.tokens[at].small(content.text())))
}

/// "An earlier procedure that failed for want of sedation": whether a finding's name means what is done to a patient.
fn is_service(context: &ItemContext<'_>, block: usize, seen: &Observation<'_>) -> bool {
    if !context.is_in("services", seen.fact.id.name()) {
        return false;
    }
    let means = |content: &Content, whole: &Span| {
        let of_text = content.tokens.iter().filter(|token| whole.contains(&token.span.start));
        of_text.into_iter().any(|token| context.is_in("serving", token.small(content.text())))
    };
    let content = &context.letter.blocks[block].content;
    let sentence = content.sentence_at(seen.fact.span.start);
    let heading = context.item.heading.map(|heading| &context.letter.blocks[heading].content);
    sentence.is_some_and(|sentence| means(content, &sentence.span))
        || heading.is_some_and(|heading| means(heading, &context.item.request))
}

/// Whether the decision is said to rest on it.
fn is_ground(content: &Content, seen: &Observation<'_>) -> bool {
    let Some(sentence) = content.sentence_at(seen.fact.span.start) else { return false };
    let before = content.text()[sentence.span.start..seen.fact.span.start].to_lowercase().replace('\n', " ");
    GROUNDS.iter().any(|words| before.contains(words))
}
