//! A determination that rests on the utilization review alone.

use std::sync::LazyLock;

use regex::Regex;

use crate::engine::{Arg, Draft, LetterContext, Sink};
use crate::letter::{Block, Field, Letter, Place, Role};
use crate::text::{self, Pattern};

const REVIEW: &str = r"(?:utilization\s+review(?:er)?|\bur)\b";
const PAPERS: &str =
    r"(?:documents?|documentation|records?|information|materials?|sources?|papers?|reports?|notes?)\b";

const ONLY: &[&str] = &["only", "sole"];
const APART: &[&str] = &["other", "except", "apart", "besides", "beside", "beyond", "aside", "but"];

/// Sentences that say that nothing but the utilization review was read.
static CLAIMS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let taken = r"(?:taken|copied|drawn|obtained|derived|based|reproduced|transcribed|excerpted|prepared|compiled|quoted|adapted|abstracted|summari[sz]ed|made|written|comes?)";
    let ours = r"(?:summary|history|determination|analysis|clinical\s+information|facts|narrative|this\s+review|this\s+decision)";
    let apart = r"(?:other\s+than|except(?:\s+for)?|apart\s+from|besides?|beyond|aside\s+from|but\s+for)";
    let claim = |words, text: String| Pattern::with(words, of_plain(&text));
    [
        claim(&[&["from", "on", "upon", "of"]], format!(r"\b{ours}\b.{{0,80}}\b{taken}\b.{{0,60}}\b(?:from|on|upon|out\s+of)\b.{{0,60}}{REVIEW}")),
        claim(&[&["no"], APART], format!(r"\bno\b.{{0,60}}\b{PAPERS}.{{0,80}}\b{apart}\b.{{0,60}}{REVIEW}")),
        claim(&[&["no"], APART], format!(r"\b{apart}\s+the\s+(?:\w+\s+){{0,3}}{REVIEW}.{{0,60}}\bno\b.{{0,40}}\b{PAPERS}")),
        claim(&[ONLY], format!(r"\b(?:only|sole)\s+(?:\w+\s+){{0,4}}{PAPERS}.{{0,100}}{REVIEW}")),
        claim(&[ONLY], format!(r"\bonly\s+(?:the\s+)?(?:\w+\s+){{0,3}}{REVIEW}.{{0,60}}\b(?:was|were|is)\s+(?:\w+\s+){{0,2}}(?:available|provided|submitted|received|reviewed|sent|on\s+file|read)\b")),
        claim(&[ONLY], format!(r"{REVIEW}.{{0,80}}\b(?:is|was|being|as)\s+the\s+(?:only|sole)\b.{{0,60}}\b{PAPERS}")),
        claim(&[&["not"]], format!(r"\b(?:records?|reports?|notes|chart)\b.{{0,30}}\b(?:were|was|are)\s+not\s+(?:provided|submitted|available|received|sent|supplied|furnished)\b.{{0,120}}\b(?:from|on|upon)\b.{{0,40}}{REVIEW}")),
        claim(&[&["relies", "relied", "rests", "rested"]], format!(r"\b(?:relies|relied|rests|rested)\s+(?:\w+\s+)?(?:solely|only|entirely|exclusively|wholly)\s+(?:on|upon)\b.{{0,60}}{REVIEW}")),
    ]
    .into()
});

/// What makes such a sentence say something else: a further source, a denial, or the regulation's own words.
static EXCUSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:and|plus|with|as\s+well\s+as|by|in\s+addition\s+to|but\s+also)\s+(?:on\s+|from\s+)?(?:\w+[\s,'-]+){0,6}(?:records?|reports?|notes?|documents|letters?|films?|images|stud(?:y|ies)|chart|statement)\b(?:\s+(?:submitted|provided|sent|from|of|by|dated)\b|[.,;]|\s*$)
        |\bnot\s+(?:\w+\s+){0,2}(?:taken|copied|based|drawn|derived|rest|rely)\b|\bshall\s+issue\b|\bcriteria\b|\bguidelines?\b",
    )
});

static RECORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:records|reports?|notes?|pr-?2s?|mri|ct|emg|ncs|films?|radiographs?|x-rays?|stud(?:y|ies)|operative|letters?|discharge|consultation|evaluations?|examinations?|ame|qme|treating|progress|statement|bills?|logs?|rfa)\b",
    )
});

static NO_RECORD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\bno\s+(?:\w+\s+){0,3}(?:records?|reports?|notes?)\b"));

static REVIEWED: LazyLock<Regex> = LazyLock::new(|| pattern(REVIEW));

/// For text as [`plain`] gives it.
fn pattern(text: &str) -> Regex {
    text::pattern(&of_plain(text))
}

/// A pattern for text of ASCII alone, in which any character is a byte: long gaps compile many times as quickly.
fn of_plain(text: &str) -> String {
    format!("(?sx-u){}", text.replace(".{", r"[\x00-\x7f]{").replace(r"\w", "[0-9a-z_]"))
}

/// A text in small letters, with a letter of ASCII, a blank or a mark in the place of each other character.
fn plain(text: &str) -> String {
    let plain = |c: char| match c {
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ if c.is_alphanumeric() => 'x',
        _ if c.is_whitespace() => ' ',
        _ => '~',
    };
    text.chars().map(plain).collect()
}

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    if letter.profile.is_none() || letter.blocks.iter().any(lists_records) {
        return;
    }
    let claim = letter.blocks.iter().enumerate().find_map(|(block, content)| claim(block, content));
    if let Some(place) = claim {
        sink.push(draft(letter, place, "message"));
        return;
    }
    let list = letter
        .blocks
        .iter()
        .position(|block| block.role == Role::Documents && REVIEWED.is_match(&plain(block.content.text())));
    if let Some(block) = list {
        let place = Place { block, span: 0..letter.blocks[block].content.text().len() };
        sink.push(draft(letter, place, "list"));
    }
}

/// Whether a block of the list of documents names a medical record.
fn lists_records(block: &Block) -> bool {
    block.role == Role::Documents && names_record(&plain(block.content.text()))
}

fn names_record(text: &str) -> bool {
    RECORD.is_match(&REVIEWED.replace_all(&NO_RECORD.replace_all(text, ""), ""))
}

/// The sentence of a block that says so.
fn claim(block: usize, content: &Block) -> Option<Place> {
    let speaks = matches!(
        content.role,
        Role::Prose | Role::Summary | Role::Boilerplate | Role::Documents | Role::Field(Field::Rationale)
    );
    let content = &content.content;
    content.sentences.iter().filter(|_| speaks).find_map(|sentence| {
        let text = &plain(&content.text()[sentence.span.clone()]);
        let says = REVIEWED.is_match(text)
            && CLAIMS
                .iter()
                .filter_map(|claim| claim.if_any(|word| content.has_word(word)))
                .any(|claim| claim.is_match(text));
        (says && !EXCUSE.is_match(text)).then(|| Place { block, span: sentence.span.clone() })
    })
}

fn draft(letter: &Letter, place: Place, message: &'static str) -> Draft {
    let found = &letter.blocks[place.block].content.text()[place.span.clone()];
    Draft::new(place.clone(), message).arg("found", Arg::letter(found))
}
