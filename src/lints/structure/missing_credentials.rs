//! A letter that does not say what its reviewer is.

use crate::engine::{Arg, BlockContext, Draft, LetterContext, Sink};
use crate::letter::{Letter, Place, Role, Section, Sentence};
use crate::text::{Gap, Span, TokenKind};

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let Some((heading, blocks)) = section(letter) else { return };
    let mut is_told = false;
    for (index, &block) in blocks.iter().enumerate() {
        let next = blocks.get(index + 1).map(|&next| context.block(next));
        for (place, what) in unfilled(&context.block(block), next.as_ref()) {
            is_told = true;
            sink.push(Draft::new(place, "unfilled").arg("what", Arg::term(what)));
        }
    }
    // Health plans' reviewers are described by their specialty.
    let asks_for_licence = letter.profile.is_some_and(|profile| profile.is_workers_compensation());
    let names = |set: &str| {
        blocks.iter().any(|&block| {
            let block = context.block(block);
            (0..block.content.tokens.len()).any(|token| block.is_in_lower(set, block.word(token)))
        })
    };
    let lacks: Vec<&str> = [("licence", asks_for_licence), ("specialty", true)]
        .into_iter()
        .filter(|&(what, is_asked)| is_asked && !names(what))
        .map(|(what, _)| what)
        .collect();
    if !is_told && !lacks.is_empty() {
        let (place, beside) = beside(letter, heading, &blocks);
        let draft = Draft::new(place, "message").arg("what", Arg::term(lacks.join(" and no ")));
        sink.push(beside.into_iter().fold(draft, |draft, place| draft.related(place, "beside", Vec::new())));
    }
}

/// The heading under which the form describes its reviewer, and the blocks below it, in a letter that is past it.
fn section(letter: &Letter) -> Option<(usize, Vec<usize>)> {
    let headings: Vec<usize> = letter
        .sections()
        .filter(|(section, _)| *section == Section::Method)
        .map(|(_, block)| block)
        .collect();
    let &[heading] = headings.as_slice() else { return None };
    let below: Vec<usize> = (heading + 1..letter.blocks.len())
        .take_while(|&block| matches!(letter.blocks[block].role, Role::Boilerplate | Role::Prose))
        .collect();
    let end = heading + 1 + below.len();
    (end < letter.blocks.len() || letter.is_complete()).then_some((heading, below))
}

/// A slot of the reviewer's description: the words before what belongs there, of which the last need not stand.
struct Slot {
    words: &'static [&'static str],
    /// How many of the words have to stand.
    least: usize,
    what: &'static str,
    /// Whether it is a label, whose value is the rest of its line.
    is_label: bool,
}

const SLOTS: [Slot; 5] = [
    Slot { words: &["board", "certified", "in"], least: 2, what: "specialty", is_label: false },
    Slot { words: &["subspecialty", "in"], least: 2, what: "subspecialty", is_label: false },
    Slot {
        words: &["licensed", "to", "practice", "medicine", "in", "the", "state", "of"],
        least: 1,
        what: "state of the licence",
        is_label: false,
    },
    Slot { words: &["of", "licensure", ":"], least: 2, what: "state of the licence", is_label: true },
    Slot { words: &["/", "specialty", ":"], least: 2, what: "specialty", is_label: true },
];

/// How many tokens before "board certified" a specialty may stand.
const BEFORE: usize = 6;

/// Slots of the reviewer's description that hold nothing, with what belongs there. A label's value may be the next block.
fn unfilled(block: &BlockContext<'_>, next: Option<&BlockContext<'_>>) -> Vec<(Place, &'static str)> {
    let mut found: Vec<(Place, &'static str)> = Vec::new();
    let mut free = 0;
    for token in 0..block.content.tokens.len() {
        let Some((slot, end)) = SLOTS.iter().find_map(|slot| Some((slot, slot.end(block, token)?))) else {
            continue;
        };
        // "Orthopedic surgeon, board certified, licensed in Texas".
        let is_told_before = slot.words[0] == "board"
            && (token.saturating_sub(BEFORE)..token).any(|at| block.is_in_lower("specialty", block.word(at)));
        if token < free || is_told_before || !is_empty(block, slot, end, next) {
            continue;
        }
        free = end;
        let first = if slot.is_label { line_start(block, token) } else { token };
        let tokens = &block.content.tokens;
        let last = bracketed(block, end).filter(|_| !slot.is_label).unwrap_or(end - 1);
        found.push((block.place(tokens[first].span.start..tokens[last].span.end), slot.what));
    }
    found
}

impl Slot {
    /// The token after the slot's words, where they begin at a token.
    fn end(&self, block: &BlockContext<'_>, start: usize) -> Option<usize> {
        let mut at = start;
        for (index, word) in self.words.iter().enumerate() {
            // "board-certified"
            let at_word = if index > 0 && block.word(at) == "-" { at + 1 } else { at };
            if block.word(at_word).eq_ignore_ascii_case(word) {
                at = at_word + 1;
            } else if index < self.least {
                return None;
            }
        }
        Some(at)
    }
}

/// Whether nothing, or words that only fill a place, stand where a slot's value belongs.
fn is_empty(block: &BlockContext<'_>, slot: &Slot, value: usize, next: Option<&BlockContext<'_>>) -> bool {
    let word = block.word(value).to_lowercase();
    if word.is_empty() {
        let begins = next.map_or("", |next| next.word(0));
        let value_follows = next.is_some() && !block.is_in("begins", begins);
        return !value_follows;
    }
    if is_blank(block, value) {
        return true;
    }
    if slot.is_label {
        // The next label on the same or on the next line.
        return block.is_in("begins", block.word(value))
            && (value + 1..value + 4).any(|at| block.word(at) == "(");
    }
    let after = block.word(value + 1);
    let goes_on = match word.as_str() {
        "and" => matches!(after, "is" | "currently" | "licensed"),
        "has" | "with" => after == "a" && block.word(value + 2).starts_with("sub"),
        "he" => block.word(value + 1) == "/",
        _ => matches!(word.as_str(), "," | "." | ";"),
    };
    // "a licensed, board certified …": the state stands elsewhere in the sentence.
    goes_on && !(slot.words[0] == "licensed" && word == ",")
}

/// The bracket that ends a blank: "[state]".
fn bracketed(block: &BlockContext<'_>, value: usize) -> Option<usize> {
    const LONGEST: usize = 6;
    let opens = matches!(block.word(value), "[" | "<" | "{");
    (value + 1..value + LONGEST).find(|&at| opens && matches!(block.word(at), "]" | ">" | "}"))
}

/// "____", "XXX", "[state]", "N/A", "none", "???": not "[withheld]".
fn is_blank(block: &BlockContext<'_>, value: usize) -> bool {
    let word = block.word(value);
    if block.kind(value) == Some(TokenKind::Mark) {
        return match word {
            "[" | "<" | "{" => {
                !(value + 1..value + 6).any(|at| block.is_in_lower("withheld", block.word(at)))
            }
            "_" | "?" | "-" | "\u{2013}" | "\u{2014}" | "*" | "\u{2026}" => true,
            _ => false,
        };
    }
    // "Not provided", "see above", "on file", "to be added".
    let next = block.word(value + 1);
    let is_filler = match word.to_ascii_lowercase().as_str() {
        "not" => block.is_in_lower("not-told", next),
        "see" => block.is_in_lower("elsewhere", next),
        "on" => next.eq_ignore_ascii_case("file"),
        "to" => next.eq_ignore_ascii_case("be") && block.is_in_lower("to-come", block.word(value + 2)),
        _ => false,
    };
    let is_not_applicable = word.eq_ignore_ascii_case("n") && block.word(value + 1) == "/";
    let is_masked = word.len() > 1 && word.bytes().all(|byte| matches!(byte, b'x' | b'X'));
    is_filler || is_not_applicable || is_masked || block.is_in_lower("nothing", word)
}

fn line_start(block: &BlockContext<'_>, token: usize) -> usize {
    (0..=token).rev().find(|&at| matches!(block.gap(at), Some(Gap::Start | Gap::Wrap))).unwrap_or(token)
}

/// Where a reader looks for the credentials: the sentence that announces them or says what the reviewer is, else the
/// second of the reviewer's description; and what stands beside it.
fn beside(letter: &Letter, heading: usize, blocks: &[usize]) -> (Place, Vec<Place>) {
    let sentences = || {
        blocks.iter().flat_map(|&block| {
            let content = &letter.blocks[block].content;
            content
                .sentences
                .iter()
                .map(move |sentence| (block, &content.text()[sentence.span.clone()], sentence))
        })
    };
    let says = |words: &[&str]| {
        sentences().find(|(_, text, _)| {
            let text = text.replace('\n', " ");
            words.iter().any(|word| text.contains(word))
        })
    };
    let announces = says(&["credentials"])
        .or_else(|| says(&["reviewer is ", "ertified", "icensed to"]))
        .or_else(|| says(&["affiliation"]))
        .or_else(|| sentences().next());
    let title = Place { block: heading, span: 0..letter.blocks[heading].content.text().len() };
    let Some((block, _, sentence)) = announces else { return (title, Vec::new()) };
    let next = after(letter, block, sentence, blocks);
    (Place { block, span: sentence.span.clone() }, [Some(title), next].into_iter().flatten().collect())
}

/// The sentence or block after a sentence.
fn after(letter: &Letter, block: usize, sentence: &Sentence, blocks: &[usize]) -> Option<Place> {
    let whole = |block: usize| -> Span { 0..letter.blocks[block].content.text().len() };
    let mut sentences = letter.blocks[block].content.sentences.iter();
    let next = sentences.find(|next| next.span.start >= sentence.span.end);
    next.map(|next| Place { block, span: next.span.clone() }).or_else(|| {
        let next = blocks.iter().copied().find(|&next| next > block)?;
        Some(Place { block: next, span: whole(next) })
    })
}
