//! The reviewer's name, licence number or signature.

use std::sync::LazyLock;

use regex::Regex;

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, Sink};
use crate::letter::Role;
use crate::text::{self, Pattern, Span};

/// Where a form of exposure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    /// Everywhere.
    Anywhere,
    /// In the reviewer's description, or in a sentence that speaks of the reviewer.
    OfReviewer,
    /// In the reviewer's description, or in a sentence that speaks of this review.
    OfReview,
    /// In the reviewer's description.
    Description,
    /// Below the letter's own text.
    Signature,
}

const SIGNATURE: &str = "signature";

/// The tokens of which one stands in every doctor's name: a title, or a part of a degree.
const DOCTOR: &[&str] = &["dr", "md", "do", "dc", "phd", "psyd", "dpm", "dds", "ac", "lac", "d"];
const REVIEWER: &[&str] = &["reviewer"];
const BY: &[&str] = &["by"];

/// Forms of exposure: the group `all` is flagged, `value` is to go.
static EXPOSURES: LazyLock<Vec<(Pattern, Where, &str)>> = LazyLock::new(|| {
    let word = r"\p{Lu}(?:['’]\p{Lu})?\p{Ll}+(?:[-'’]\p{Lu}\p{Ll}+)*";
    let full = format!(r"{word}\s(?:\p{{Lu}}\.?\s|{word}\s)?{word}");
    let degree = r"(?:M\.D\.|MD\b|D\.O\.|DO\b|D\.C\.|DC\b|Ph\.\s?D\.|PhD\b|Psy\.?D\b\.?|DPM\b|D\.P\.M\.|L\.?Ac\b\.?|DDS\b|D\.D\.S\.|O\.D\.)";
    let doctor =
        format!(r"(?:Dr\.?\s(?:\p{{Lu}}\.\s)?{word}(?:\s{word})?|(?:{full}|\p{{Lu}}\.\s{word}),?\s{degree})");
    let signs = r"(?i:/s/|electronically\ssigned(?:\sby)?:?|digitally\ssigned(?:\sby)?:?|signed(?:\sby)?:|signature:|signed\sby)";
    let form = |words, pattern: String, place, what| (Pattern::with(words, pattern), place, what);
    [
        form(&[REVIEWER, DOCTOR], format!(r"(?P<all>(?i:(?:the|this|our|expert|physician|medical|peer|independent)\s(?:expert\s|physician\s|medical\s)?reviewer(?:'s\sname)?|reviewer(?:'s)?\sname|name\sof\s(?:the\s)?(?:expert\s)?reviewer)(?:\s?(?:is|was|:|,|-|–|\())?\s?(?P<value>{doctor}))"), Where::Anywhere, "name"),
        form(&[REVIEWER, DOCTOR], format!(r"(?P<all>(?P<value>{doctor}),?\s(?:who\s)?(?:is|was|served\sas|acted\sas|,)\s?(?:the|our)\s(?:expert\s|physician\s|independent\s|medical\s|IMR\s)*reviewer)\b"), Where::Anywhere, "name"),
        form(&[&["undersigned"]], format!(r"(?P<all>\b[Uu]ndersigned(?:\s(?:expert\s)?reviewer)?,?\s(?P<value>{doctor}|{full}))"), Where::Anywhere, "name"),
        form(&[REVIEWER], format!(r"(?P<all>(?i:reviewer(?:'s)?\sname|name\sof\s(?:the\s)?(?:expert\s)?reviewer|expert\sreviewer)\s?(?:is|was|:)\s(?P<value>{full}))(?:$|[\n.,;])"), Where::Anywhere, "name"),
        form(&[BY, DOCTOR], format!(r"(?P<all>(?:reviewed|made|rendered|prepared|written|decided|completed|performed|issued|conducted|signed|determined)\sby:?\s(?P<value>{doctor}))"), Where::OfReview, "name"),
        form(&[BY, &["reviewed", "prepared", "decided", "determined", "review", "determination"]], format!(r"(?:^|\n)(?P<all>(?:Reviewed|Prepared|Decided|Determined|Review|Determination)\s(?:completed\s|performed\s|made\s)?by:?\s(?P<value>{doctor}|{full}))"), Where::Anywhere, "name"),
        form(&[&["i"], DOCTOR], format!(r"(?P<all>\bI,\s(?P<value>{doctor}))"), Where::Anywhere, "name"),
        form(&[&["my", "i"], DOCTOR], format!(r"(?P<all>\b(?:[Mm]y\sname\sis|I\sam)\s(?P<value>{doctor}))"), Where::Anywhere, "name"),
        form(&[&["s", "signed", "signature"]], format!(r"(?:^|\n)(?P<all>{signs}\s?(?P<value>{doctor}|{full}))"), Where::Signature, SIGNATURE),
        form(&[&["sincerely", "respectfully", "yours"], DOCTOR], format!(r"(?i:sincerely|respectfully(?:\ssubmitted)?|yours\struly),?\s(?P<all>(?P<value>{doctor}))"), Where::Signature, SIGNATURE),
        form(&[DOCTOR], format!(r"(?P<all>(?P<value>{doctor}))"), Where::Description, "name"),
        form(&[&["license", "licence", "lic"]], r"(?P<all>\b(?i:licen[cs]e|lic\b\.?)\s?(?i:numbers?|nos?\b\.?|\#)?\s?(?:is|:)?\s?\#?(?P<value>[A-Z]{1,3}[-\s]?\d{4,7}\b|\d{4,8}\b))".to_owned(), Where::OfReviewer, "licence number"),
        form(&[&["npi"]], r"(?P<all>\bNPI\s?(?i:numbers?|no\.?|\#)?\s?(?:is|:)?\s?(?P<value>\d{10})\b)".to_owned(), Where::OfReviewer, "NPI"),
    ]
    .into()
});

/// Words of a sentence about this review.
static REVIEW: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?i)\bindependent\smedical\sreview\b|\bIMR\b|\b(?:this|the\s(?:final|present)|our)\s(?:final\s)?(?:determination|decision|review|case|file|letter)\b",
    )
});

/// Words of a sentence about somebody else who reviews or signs.
static ANOTHER: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?i)\butili[sz]ation\b|\bUR\b|\bclaims\sadministrator|\bmedical\sdirector\b|\bpeer[-\s]to[-\s]peer|\bnon-?certif|\bdenied\b|\btreating\b|\brequesting\b",
    )
});

/// Who signs for the organisation.
const DIRECTOR: &str = "medical director";

/// How far around a name another person's title can stand, in bytes.
const BESIDE: usize = 80;

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    let text = context.content.text();
    let is_possible = |place: Where| place != Where::Description || context.role == Role::Boilerplate;
    for (pattern, place, what) in EXPOSURES.iter().filter(|(_, place, _)| is_possible(*place)) {
        let Some(pattern) = pattern.if_any(|word| context.content.has_word(word)) else { continue };
        for found in pattern.captures_iter(text) {
            let (Some(all), Some(value)) = (found.name("all"), found.name("value")) else { continue };
            if counts(context, &all.range(), *place) {
                let fix = DraftFix::replace(context.place(value.range()), "[removed]", Applicability::Manual);
                sink.push(
                    Draft::new(context.place(all.range()), "message").arg("what", Arg::term(*what)).fix(fix),
                );
            }
        }
    }
}

fn counts(context: &BlockContext<'_>, span: &Span, place: Where) -> bool {
    let text = context.content.text();
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let to = (span.end..=text.len().min(span.end + BESIDE)).rev().find(is_boundary).unwrap_or(span.end);
    if place == Where::Signature {
        // A report's signature stands in a sentence that tells of it.
        let before = text[..span.start].trim_end();
        let is_own_line = before.is_empty() || before.ends_with(['.', ':', ',']);
        let tells_of_reports = matches!(context.role, Role::Summary | Role::Documents);
        return is_own_line && !tells_of_reports && !text[span.end..to].to_lowercase().contains(DIRECTOR);
    }
    let from = (span.start.saturating_sub(BESIDE)..=span.start).find(is_boundary).unwrap_or(span.start);
    let sentence = context.content.sentence_at(span.start).map_or(span.clone(), |found| found.span.clone());
    let of_another = ANOTHER.is_match(&text[from.min(sentence.start)..to]);
    let in_sentence = |words: &Regex| words.is_match(&text[sentence.clone()]);
    let of_reviewer = || text[sentence.clone()].to_lowercase().contains("reviewer");
    let is_description = context.role == Role::Boilerplate;
    !of_another
        && match place {
            Where::Anywhere | Where::Signature => true,
            Where::Description => is_description,
            Where::OfReviewer => is_description || of_reviewer(),
            Where::OfReview => is_description || of_reviewer() || in_sentence(&REVIEW),
        }
}
