//! Disputed items: what is requested, what is decided, and what goes with what.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::decided;
use crate::letter::block::{Block, Place, Role};
use crate::letter::decision::{self, Decision};
use crate::letter::facts::citation::{self, ItemCitation};
use crate::letter::label::Label;
use crate::letter::marks::number_before;
use crate::letter::profile::{Field, Profile};
use crate::letter::read_mark::Marked;
use crate::text::{self, Span};

/// A disputed item: what is requested, what is decided, and why.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its blocks, as indices among the letter's. In a letter about one dispute other blocks may stand between them, and
    /// where that has several services, the heading apart from them.
    pub blocks: Range<usize>,
    /// The block of its heading, or of the field that says what is requested.
    pub heading: Option<usize>,
    /// The number before its heading ("2) …").
    pub number: Option<ItemNumber>,
    /// The request, as a logical span of the heading.
    pub request: Span,
    /// The part of the request that is still in dispute, as a logical span of the heading: all of it, or the last part
    /// where the heading says what was requested, what was authorized and what remains. The form's "Associated surgical
    /// service:" is no part of it.
    pub disputed: Span,
    /// The decision and where it is stated.
    pub decision: Option<(Decision, Place)>,
    /// What it cites.
    pub citation: Marked<ItemCitation>,
    /// For a service that goes with another item (an assistant surgeon, a cold therapy unit): that item's index.
    pub main_item: Option<usize>,
    /// Whether the reviewer is past it: another item follows, or its rationale is begun.
    pub is_drafted: bool,
    /// Whether it is the last and still being written: its rationale is not begun, or breaks off in mid-sentence.
    pub is_unfinished: bool,
}

/// The number of an item, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemNumber {
    /// Its value.
    pub value: usize,
    /// Logical span of its digits in the heading.
    pub span: Span,
}

/// Reads the items off the blocks of a letter.
pub(super) fn items(blocks: &[Block], profile: &Profile) -> Vec<Item> {
    let count = blocks.iter().filter_map(|block| block.item).max().map_or(0, |last| last + 1);
    let headings: Vec<Option<usize>> = (0..count).map(|index| heading(blocks, index)).collect();
    let mut items: Vec<Item> = Vec::with_capacity(count);
    for index in 0..count {
        let item = read(blocks, profile, index, &headings, &items);
        items.push(item);
    }
    items
}

/// The block that says what is requested.
fn heading(blocks: &[Block], item: usize) -> Option<usize> {
    [Role::ItemHeading, Role::Field(Field::Request), Role::Result]
        .into_iter()
        .find_map(|role| blocks.iter().position(|block| block.item == Some(item) && block.role == role))
}

/// The block and the words of a request that is told in a sentence: "has requested authorization and coverage for a
/// continuous glucose monitor for treatment of her diabetes".
fn told_request(blocks: &[Block]) -> Option<(usize, Span)> {
    static TOLD: LazyLock<Regex> = LazyLock::new(|| {
        let asks = r"(?:requested|seeks?)\s+(?:(?:prior\s+)?authorization|coverage|reimbursement|approval)(?:\s+and\s+(?:coverage|reimbursement|payment))?\s+(?:for|of)\s+";
        let ends = r"(?:\s+for\s+(?:the\s+)?treatment\b|\s+(?:for|to\s+treat)\s+(?:his|her|the\s+enrollee's)\s|[.;](?:\s|$))";
        Regex::new(&format!("(?i-u){asks}(?P<request>[\x09-\x3a\x3c-\x7e]{{3,200}}?){ends}"))
            .expect("a constant pattern")
    });
    blocks.iter().enumerate().filter(|(_, block)| matches!(block.role, Role::Summary | Role::Prose)).find_map(
        |(index, block)| {
            let request = TOLD.captures(block.content.text())?.name("request")?.range();
            Some((index, request))
        },
    )
}

/// The blocks of an item, without a heading that others part from them.
fn range(blocks: &[Block], item: usize) -> Range<usize> {
    let is_own = |block: &Block| block.item == Some(item);
    let last = blocks.iter().rposition(is_own).unwrap_or(0);
    let others = blocks[..last].iter().rposition(|block| !is_own(block) && block.item.is_some());
    let within = others.map_or(0, |other| other + 1);
    let first = blocks[within..last].iter().position(is_own).map_or(last, |first| within + first);
    first..last + 1
}

fn read(
    blocks: &[Block],
    profile: &Profile,
    index: usize,
    headings: &[Option<usize>],
    earlier: &[Item],
) -> Item {
    let range = range(blocks, index);
    // A form without a place for the request tells it in its case summary.
    let told =
        || told_request(blocks).filter(|_| headings.len() == 1 && !profile.is_workers_compensation_review());
    let told = headings[index].is_none().then(told).flatten();
    let heading = headings[index].or_else(|| told.as_ref().map(|(block, _)| *block));
    let content = heading.map(|block| &blocks[block].content);
    let text = content.map_or("", |content| content.text());
    let in_heading = headings[index].and_then(|block| {
        decision::at_end(text, &profile.decisions, true)
            .or_else(|| {
                decided::behind_request(text, profile).filter(|_| !profile.is_workers_compensation_review())
            })
            .map(|(decision, span)| (decision, Place { block, span }))
    });
    let request_end = in_heading.as_ref().map_or(text.len(), |(_, place)| place.span.start);
    let request = match told {
        Some((_, request)) => request,
        None => request(text, content.map_or(0, |content| content.body_start)..request_end, profile),
    };
    let own = || decided::in_own_fields(blocks, &range, profile);
    let decision = in_heading.or_else(own).or_else(|| {
        if headings.len() > 1 && !profile.is_workers_compensation_review() {
            let text = |heading: &Option<usize>| heading.map_or("", |block| blocks[block].content.text());
            let texts: Vec<&str> = headings.iter().map(text).collect();
            decided::of_several(blocks, &texts, index, profile)
        } else {
            decided::in_results(blocks, text, profile)
        }
    });
    let main_item = rests_on_other(blocks, &range, text)
        .then(|| earlier.iter().rposition(|item| item.main_item.is_none()))
        .flatten();
    let is_last = index + 1 == headings.len();
    Item {
        disputed: disputed(text, &request),
        is_drafted: !is_last || has_rationale(blocks, &range),
        is_unfinished: is_last && !ends_rationale(blocks, &range),
        citation: Marked::new(citation::of_item(blocks, &range)),
        blocks: range,
        heading,
        number: number(text),
        request,
        decision,
        main_item,
    }
}

pub(super) fn number(heading: &str) -> Option<ItemNumber> {
    let digits = heading.bytes().take_while(u8::is_ascii_digit).count();
    let value = heading[..digits].parse().ok().filter(|_| number_before(heading) > 0)?;
    Some(ItemNumber { value, span: 0..digits })
}

/// The request without the item's number and the form's words before it and the colon after it.
fn request(heading: &str, within: Span, profile: &Profile) -> Span {
    let mut start = within.start.min(within.end);
    start += match Label::at_start(&heading[start..within.end]) {
        Some(label) if !profile.is_workers_compensation_review() => label.len,
        _ => number_before(&heading[start..within.end]),
    };
    for words in &profile.item_headings {
        if let Some(rest) = heading[start..within.end].strip_prefix(words.as_str()) {
            start += words.len() + (rest.len() - rest.trim_start().len());
        }
    }
    start +=
        heading[start..within.end].strip_prefix("The request for ").map_or(0, |_| "The request for ".len());
    let request = heading[start..within.end].trim_end();
    let request = Some(request)
        .filter(|_| !profile.is_workers_compensation_review())
        .and_then(decision::request_before)
        .unwrap_or(request);
    let request = request.strip_suffix("Decision:").unwrap_or(request);
    let trimmed = |text: &'_ str| {
        text.trim_end_matches(|c: char| {
            c.is_whitespace()
                || matches!(c, ':' | '-' | '\u{2013}' | '\u{2014}')
                || !profile.is_workers_compensation_review() && matches!(c, '.' | ';' | '?')
        })
        .len()
    };
    let request = &request[..trimmed(request)];
    let request = &request[..trimmed(request.strip_suffix("; and").unwrap_or(request))];
    let without_verb = [" is", "\nis", " are", "\nare"].iter().find_map(|verb| request.strip_suffix(verb));
    // "… cream, 120 grams, is not medically necessary": the commas belong to the sentence.
    let without_verb = without_verb.map(|request| request[..trimmed(request)].trim_end_matches(','));
    start..start + without_verb.map_or(request.len(), str::len)
}

/// The last part of a request of which a part was authorized ("… #120. Authorized: #60. Remaining: #60").
fn disputed(heading: &str, request: &Span) -> Span {
    static AUTHORIZED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i-u)\b(?:authori[sz]ed|certified|approved|granted|allowed|modified)\b")
            .expect("a constant pattern")
    });
    static REMAINS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i-u)(?:^|[.;,(]\s+)(?:the\s+|with\s+(?:the\s+)?)?((?:remaining|disputed|(?:still\s+)?in\s+dispute|denied|balance)\b(?:\s+(?:request|portion|part|quantity|amount))?:?\s*)",
        )
        .expect("a constant pattern")
    });
    static PREFIX: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i-u)^Associated\s+(?:\w+\s+)?services?:\s*").expect("a constant pattern")
    });
    let prefix = PREFIX.find(&heading[request.clone()]).map_or(0, |prefix| prefix.end());
    let request = request.start + prefix..request.end;
    let text = &heading[request.clone()];
    let sentences: Vec<Span> = parts(text);
    let last = sentences.last().cloned().unwrap_or(0..0);
    let remains = REMAINS.captures_iter(text).last().and_then(|found| found.get(1));
    let (granted, start) = match remains {
        Some(label) => (
            &text[..label.start()],
            if names_thing(&text[label.end()..]) && label.as_str().contains(':') {
                label.end()
            } else {
                label.start()
            },
        ),
        None if sentences.len() > 1 => (&text[..last.start], last.start),
        None => return request,
    };
    let is_partial = AUTHORIZED.is_match(granted) && !AUTHORIZED.is_match(&text[start..]);
    let end = text.trim_end_matches([')', ' ', '\n', '.']).len();
    if is_partial && start < end { request.start + start..request.start + end } else { request }
}

/// Whether a text names something, and not an amount alone.
fn names_thing(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.len() > 3)
}

/// The parts of a request: its sentences, a semicolon ending one too.
fn parts(text: &str) -> Vec<Span> {
    static END: LazyLock<Regex> = LazyLock::new(|| text::pattern(r"[.;]\s+"));
    let mut start = 0;
    let mut parts = Vec::new();
    for end in END.find_iter(text) {
        parts.push(start..end.start());
        start = end.end();
    }
    parts.push(start..text.len());
    parts
}

fn rationale<'b>(blocks: &'b [Block], item: &Range<usize>) -> impl Iterator<Item = &'b Block> {
    blocks[item.clone()].iter().filter(|block| block.role == Role::Field(Field::Rationale))
}

fn has_rationale(blocks: &[Block], item: &Range<usize>) -> bool {
    rationale(blocks, item).any(|block| block.content.text().len() > block.content.body_start)
}

/// Whether the last paragraph of the rationale ends in a stop.
fn ends_rationale(blocks: &[Block], item: &Range<usize>) -> bool {
    rationale(blocks, item).last().is_some_and(|block| {
        let body = &block.content.text()[block.content.body_start..];
        body.trim_end_matches(['"', '\u{201d}', ')', '\'']).ends_with(['.', '!', '?'])
    })
}

/// Whether an item is a service that goes with another one and is decided with it.
fn rests_on_other(blocks: &[Block], item: &Range<usize>, heading: &str) -> bool {
    static GOES_WITH_SURGERY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i-u)^(?:\d+[.)]\s+)?(?:(?:pre|post|peri)-?\s?op(?:erative)?\b|(?:an?\s+)?assistant\s+surgeon|surgical\s+assistant)")
            .expect("a constant pattern")
    });
    static RESTS: LazyLock<Regex> = LazyLock::new(|| {
        let service = r"(?:procedure|surgery|surgical\s+procedure|operation|service|request|item|injection|intervention|\w+(?:ectomy|otomy|plasty|oscopy|desis)|fusion|repair|decompression|replacement|release|block)s?";
        let patterns = [
            format!(r"(?:since|as|because|given\s+that|given\s+the\s+fact\s+that|inasmuch\s+as|when|with)\s+(?:\w+[\s-]+){{0,8}}{service}\s+(?:\w+\s+){{0,4}}(?:is|are|was|were|has|have|being)\b"),
            format!(r"\b{service}\s+(?:that|which)\s+(?:will|is|was|has|are|were)\s+not\b"),
            r"\b(?:none|all|any)\s+of\s+the\s+associated\b".to_owned(),
            r"\b(?:primary|main|index|associated|underlying|principal)\s+(?:\w+\s+)?(?:procedure|surgery|request|operation|service|item)".to_owned(),
            format!(r"\b(?:{service})\s+(?:itself\s+)?(?:is|was|has\s+been|having\s+been|being)\s+(?:not\s+|also\s+)?(?:found\s+|deemed\s+|determined\s+to\s+be\s+)?(?:not\s+)?(?:medically\s+)?(?:necessary|approved|authorized|certified|overturned|upheld|supported),"),
        ];
        Regex::new(&format!("(?i-u){}", patterns.join("|"))).expect("a constant pattern")
    });
    if heading
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '))
        .starts_with("Associated")
    {
        return true;
    }
    let cites_nothing = blocks[item.clone()].iter().any(|block| {
        block.role == Role::Field(Field::ReviewerGuideline) && {
            let text = block.content.text().replace('\n', " ");
            text.contains("did not cite any") || text.len() <= block.content.body_start
        }
    });
    let rests =
        |block: &Block| block.role == Role::Field(Field::Rationale) && RESTS.is_match(block.content.text());
    cites_nothing && (GOES_WITH_SURGERY.is_match(heading) || blocks[item.clone()].iter().any(rests))
}
