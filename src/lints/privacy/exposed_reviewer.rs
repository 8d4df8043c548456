//! The reviewer's name, licence number or signature.

use std::sync::LazyLock;

use regex::Regex;

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, LetterContext, Sink};
use crate::letter::{Field, Role};
use crate::text::Span;

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

/// Forms of exposure: the group `all` is flagged, `value` is to go.
static EXPOSURES: LazyLock<Vec<(Regex, Where, &str)>> = LazyLock::new(|| {
    let word = r"\p{Lu}(?:['’]\p{Lu})?\p{Ll}+(?:[-'’]\p{Lu}\p{Ll}+)*";
    let full = format!(r"{word}\s(?:\p{{Lu}}\.?\s|{word}\s)?{word}");
    let degree = r"(?:M\.D\.|MD\b|D\.O\.|DO\b|D\.C\.|DC\b|Ph\.\s?D\.|PhD\b|Psy\.?D\b\.?|DPM\b|D\.P\.M\.|L\.?Ac\b\.?|DDS\b|D\.D\.S\.|DMD\b|O\.D\.)(?:,?\s(?:MPH|MBA|MS|MA|PhD|Ph\.D\.|FACS|FAAOS|FACP|FAAPMR|QME|JD)\b)*";
    let doctor = format!(
        r"(?:(?:Dr\.?|Doctor)\s(?:\p{{Lu}}\.\s)?{word}(?:\s(?:\p{{Lu}}\.\s)?{word})?|(?:{full}|(?:\p{{Lu}}\.\s?){{1,2}}{word}),?\s{degree})"
    );
    let signs = r"(?i:/s/|electronically\ssigned(?:\sby)?[:,]?|digitally\ssigned(?:\sby)?[:,]?|signed(?:\sby)?[:,]|signature:|signed\sby)";
    let reviewer = r"(?i:(?:the|this|our|expert|physician|medical|peer|independent|IMR)\s(?:expert\s|physician\s|independent\s|medical\s)*reviewer(?:['’]s\sname)?|by\s(?:expert\s)?reviewer|reviewer(?:['’]s)?\sname|name\sof\s(?:the\s)?(?:expert\s)?reviewer)";
    let letter = r"independent\smedical\sreview|determination|decision|review|analysis";
    let author = format!(
        r"(?i:(?:author|writer)\sof\sth(?:is|e)\s(?:final\s)?(?:{letter})|(?:physician|doctor|clinician|expert|specialist)\swho\s(?:wrote|made|prepared|rendered|issued|decided|authored|reviewed|completed|signed)\s(?:this|the\sfinal)\s(?:{letter}))"
    );
    let link = r"(?:\s(?:for|of|in)\sthis\s(?:case|review|matter|file|determination|dispute))?\s?(?:is|was|named|:|,|-|–|\()?\s?";
    let acts = r"reviewed|made|done|rendered|prepared|written|decided|completed|performed|issued|conducted|signed|determined|authored|dictated|drafted|carried\sout";
    let label = r"(?:(?:(?:Expert|Physician|Peer|Medical|IMR|Independent|Clinical)\s(?:Medical\s)?)?Reviewer|Author(?:\sof\sthis\s\w+)?)";
    [
        (format!(r"(?P<all>{reviewer}{link}(?P<value>{doctor}))"), Where::Anywhere, "name"),
        (format!(r"(?P<all>{author}{link}(?P<value>{doctor}))"), Where::Anywhere, "name"),
        (format!(r"(?P<all>(?P<value>{doctor}),?\s(?:who\s)?(?:is|was|served\sas|acted\sas|serves\sas|acting\sas|serving\sas|,)\s?(?:the|our)\s(?:expert\s|physician\s|independent\s|medical\s|assigned\s|IMR\s)*reviewer)\b"), Where::Anywhere, "name"),
        (format!(r"(?P<all>(?P<value>{doctor}),?\s(?:who\s)?(?:reviewed|wrote|prepared|decided|made|rendered|completed|authored|performed|conducted|signed)\s(?:this|the\sfinal|the\sindependent)\s(?:{letter}))"), Where::Anywhere, "name"),
        (format!(r"(?P<all>\b[Uu]ndersigned(?:\s(?:expert\s|physician\s|medical\s)?(?:reviewer|physician))?{link}(?P<value>{doctor}|{full}))"), Where::Anywhere, "name"),
        (format!(r"(?P<all>(?i:reviewer(?:['’]s)?\sname|name\sof\s(?:the\s)?(?:expert\s)?reviewer|expert\sreviewer)\s?(?:is|was|:)\s(?P<value>{full}))(?:$|[\n.,;])"), Where::Anywhere, "name"),
        (format!(r"(?P<all>(?:{acts})\sby:?\s(?P<value>{doctor}))"), Where::OfReview, "name"),
        (format!(r"(?:^|\n)(?P<all>(?:Reviewed|Prepared|Decided|Determined|Review|Determination)\s(?:completed\s|performed\s|made\s)?by:?\s(?P<value>{doctor}|{full}))"), Where::Anywhere, "name"),
        (format!(r"\.\s(?P<all>(?:Reviewed|Prepared|Decided|Determined|Written|Authored|Certified|Review|Determination)\s(?:completed\s|performed\s|made\s)?by:?\s(?P<value>{doctor}))"), Where::Anywhere, "name"),
        (format!(r"(?:^|\n|\.\s)(?P<all>{label}:\s?(?P<value>{doctor}))"), Where::Anywhere, "name"),
        (format!(r"(?P<all>(?P<value>{doctor}),\s(?:Expert|Physician|IMR|Independent)\s(?:Medical\s)?Reviewer)\b"), Where::Anywhere, "name"),
        (format!(r"(?P<all>\bI,\s(?P<value>{doctor}))"), Where::Anywhere, "name"),
        (format!(r"(?P<all>\bI,\s(?P<value>{full})),\s(?:hereby\s)?(?:attest|certify|declare|affirm|confirm)\b"), Where::Anywhere, "name"),
        (format!(r"(?P<all>\b(?:[Mm]y\sname\sis|I\sam)\s(?P<value>{doctor}))"), Where::Anywhere, "name"),
        (format!(r"(?:^|\n|\.\s)(?P<all>{signs}\s?(?:(?:the|our)\s(?:expert\s)?reviewer,?\s)?(?P<value>{doctor}|{full}|\p{{Lu}}\.\s{word}))"), Where::Signature, SIGNATURE),
        (format!(r"(?i:sincerely|respectfully(?:\ssubmitted)?|yours\struly|regards),?\s(?P<all>(?P<value>{doctor}))"), Where::Signature, SIGNATURE),
        (format!(r"(?P<all>(?P<value>{doctor}))"), Where::Description, "name"),
        (r"(?P<all>\b(?i:licen[cs]e|lic\b\.?)\s?(?i:numbers?|nos?\b\.?|\#)?\s?(?:is|:)?\s?\#?(?P<value>[A-Z]{1,3}[-\s]?\d{4,7}\b|\d{4,8}\b))".to_owned(), Where::OfReviewer, "licence number"),
        (r"(?P<all>\bNPI\s?(?i:numbers?|no\.?|\#)?\s?(?:is|:)?\s?\#?(?P<value>\d{10})\b)".to_owned(), Where::OfReviewer, "NPI"),
        (r"(?P<all>\bDEA\s?(?i:registration\s)?(?i:numbers?|no\.?|\#)?\s?(?:is|:)?\s?\#?(?P<value>[A-Z]{2}\d{7})\b)".to_owned(), Where::OfReviewer, "DEA number"),
    ]
    .map(|(pattern, place, what)| (Regex::new(&pattern).expect("a constant pattern"), place, what))
    .into()
});

/// Words of a sentence about this review.
static REVIEW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bindependent\smedical\sreview\b|\bIMR\b|\b(?:this|the\s(?:final|present)|our)\s(?:final\s)?(?:determination|decision|review|case|file|letter|opinion|analysis)\b")
        .expect("a constant pattern")
});

/// Words of a sentence about somebody else who reviews or signs.
static ANOTHER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\butili[sz]ation\b|\bUR\b|\bclaims\sadministrator|\bmedical\sdirector\b|\bpeer[-\s]to[-\s]peer|\bnon-?certif|\bdenied\b|\btreating\b|\brequesting\b")
        .expect("a constant pattern")
});

/// Who signs for the organisation.
const DIRECTOR: &str = "medical director";

/// How far around a name another person's title can stand, in bytes.
const BESIDE: usize = 80;

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    // A utilization review decision has to name its reviewer.
    if context.letter.profile.is_some_and(|profile| profile.name == "ur") {
        return;
    }
    for block in 0..context.letter.blocks.len() {
        let block = context.block(block);
        let is_read =
            !matches!(block.role, Role::Header | Role::ItemHeading | Role::Field(Field::ClaimsGuideline));
        let mut tokens = 0..block.content.tokens.len();
        if is_read && tokens.any(|token| block.is_in("signs", block.word(token))) {
            expose(&block, sink);
        }
    }
}

fn expose(context: &BlockContext<'_>, sink: &mut Sink) {
    let text = context.content.text();
    for (pattern, place, what) in EXPOSURES.iter() {
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
    let sentence_at =
        |at: usize| context.content.sentence_at(at).map_or(span.clone(), |found| found.span.clone());
    // "License No. A12345" may be read as two sentences.
    let sentence = sentence_at(span.start).start..sentence_at(span.end.saturating_sub(1)).end.max(span.end);
    let of_another = ANOTHER.is_match(&text[sentence.start..sentence.end.min(to)]);
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
