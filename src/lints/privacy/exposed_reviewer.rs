//! The reviewer's name, licence number or signature.

use std::cell::LazyCell;
use std::sync::LazyLock;

use regex::Regex;

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, LetterContext, Sink};
use crate::letter::{Field, Role};
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

/// A form of exposure: the group `all` is flagged, `value` is to go.
struct Exposure {
    pattern: Pattern,
    /// Whether a title or a degree belongs to it.
    is_titled: bool,
    /// In small letters: what stands right before the name, if that is always one of some words.
    leads: &'static [&'static str],
    place: Where,
    what: &'static str,
}

const NAME: &str = "name";
const SIGNATURE: &str = "signature";

const REVIEWER: &[&str] = &["reviewer"];
/// Words for what the reviewer gives.
const GIVEN: &[&str] = &["review", "determination", "decision", "analysis"];
/// Words of which one stands in what [`REVIEW`] finds.
const OF_REVIEW: &[&str] =
    &["imr", "review", "determination", "decision", "case", "file", "letter", "opinion", "analysis"];

static EXPOSURES: LazyLock<Vec<Exposure>> = LazyLock::new(|| {
    let word = r"\p{Lu}(?:['’]\p{Lu})?\p{Ll}+(?:[-'’]\p{Lu}\p{Ll}+)*";
    let full = format!(r"{word}\s(?:\p{{Lu}}\.?\s|{word}\s)?{word}");
    let degree = r"(?:M\.D\.|MD\b|D\.O\.|DO\b|D\.C\.|DC\b|Ph\.\s?D\.|PhD\b|Psy\.?D\b\.?|DPM\b|D\.P\.M\.|L\.?Ac\b\.?|DDS\b|D\.D\.S\.|DMD\b|O\.D\.)(?:,?\s(?:MPH|MBA|MS|MA|PhD|Ph\.D\.|FACS|FAAOS|FACP|FAAPMR|QME|JD)\b)*";
    let doctor = format!(
        r"(?:(?:Dr\.?|Doctor)\s(?:\p{{Lu}}\.\s)?{word}(?:\s(?:\p{{Lu}}\.\s)?{word})?|(?:{full}|(?:\p{{Lu}}\.\s?){{1,2}}{word}),?\s{degree})"
    );
    let signs = r"(?i:/s/|electronically\ssigned(?:\sby)?[:,]?|digitally\ssigned(?:\sby)?[:,]?|signed(?:\sby)?[:,]|signature:|signed\sby)";
    let reviewer = r"(?i:(?:the|this|our|expert|physician|medical|peer|independent|IMR)\s(?:expert\s|physician\s|independent\s|medical\s)*reviewer(?:['’]s\sname)?|by\s(?:expert\s)?reviewer|reviewer(?:['’]s)?\sname|name\sof\s(?:the\s)?(?:expert\s)?reviewer)";
    let given = r"independent\smedical\sreview|determination|decision|review|analysis";
    let author = format!(
        r"(?i:(?:author|writer)\sof\sth(?:is|e)\s(?:final\s)?(?:{given})|(?:physician|doctor|clinician|expert|specialist)\swho\s(?:wrote|made|prepared|rendered|issued|decided|authored|reviewed|completed|signed)\s(?:this|the\sfinal)\s(?:{given}))"
    );
    let link = r"(?:\s(?:for|of|in)\sthis\s(?:case|review|matter|file|determination|dispute))?\s?(?:is|was|named|:|,|-|–|\()?\s?";
    let acts = r"reviewed|made|done|rendered|prepared|written|decided|completed|performed|issued|conducted|signed|determined|authored|dictated|drafted|carried\sout";
    let label = r"(?:(?:(?:Expert|Physician|Peer|Medical|IMR|Independent|Clinical)\s(?:Medical\s)?)?Reviewer|Author(?:\sof\sthis\s\w+)?)";
    let form = |words, is_titled, pattern: &str, place, what| Exposure {
        pattern: Pattern::with(words, pattern),
        is_titled,
        leads: &[],
        place,
        what,
    };
    let led = |leads, exposure: Exposure| Exposure { leads, ..exposure };
    let titled = |words, pattern: String| form(words, true, &pattern, Where::Anywhere, NAME);
    let named = |words, pattern: String| form(words, false, &pattern, Where::Anywhere, NAME);
    let number = |words, pattern, what| form(words, false, pattern, Where::OfReviewer, what);
    vec![
        titled(&[REVIEWER], format!(r"(?P<all>{reviewer}{link}(?P<value>{doctor}))")),
        titled(
            &[
                &["author", "writer", "physician", "doctor", "clinician", "expert", "specialist"],
                &["of", "who"],
                GIVEN,
            ],
            format!(r"(?P<all>{author}{link}(?P<value>{doctor}))"),
        ),
        titled(
            &[REVIEWER],
            format!(
                r"(?P<all>(?P<value>{doctor}),?\s(?:who\s)?(?:is|was|served\sas|acted\sas|serves\sas|acting\sas|serving\sas|,)\s?(?:the|our)\s(?:expert\s|physician\s|independent\s|medical\s|assigned\s|IMR\s)*reviewer)\b"
            ),
        ),
        titled(
            &[
                &[
                    "reviewed",
                    "wrote",
                    "prepared",
                    "decided",
                    "made",
                    "rendered",
                    "completed",
                    "authored",
                    "performed",
                    "conducted",
                    "signed",
                ],
                &["this", "final", "independent"],
                GIVEN,
            ],
            format!(
                r"(?P<all>(?P<value>{doctor}),?\s(?:who\s)?(?:reviewed|wrote|prepared|decided|made|rendered|completed|authored|performed|conducted|signed)\s(?:this|the\sfinal|the\sindependent)\s(?:{given}))"
            ),
        ),
        named(
            &[&["undersigned"]],
            format!(
                r"(?P<all>\b[Uu]ndersigned(?:\s(?:expert\s|physician\s|medical\s)?(?:reviewer|physician))?{link}(?P<value>{doctor}|{full}))"
            ),
        ),
        led(
            &["is", "was", ":"],
            named(
                &[REVIEWER, &["name", "expert"]],
                format!(
                    r"(?P<all>(?i:reviewer(?:['’]s)?\sname|name\sof\s(?:the\s)?(?:expert\s)?reviewer|expert\sreviewer)\s?(?:is|was|:)\s(?P<value>{full}))(?:$|[\n.,;])"
                ),
            ),
        ),
        form(
            &[
                &["by"],
                &[
                    "reviewed",
                    "made",
                    "done",
                    "rendered",
                    "prepared",
                    "written",
                    "decided",
                    "completed",
                    "performed",
                    "issued",
                    "conducted",
                    "signed",
                    "determined",
                    "authored",
                    "dictated",
                    "drafted",
                    "carried",
                ],
            ],
            true,
            &format!(r"(?P<all>(?:{acts})\sby:?\s(?P<value>{doctor}))"),
            Where::OfReview,
            NAME,
        ),
        led(
            &["by", "by:"],
            named(
                &[&["by"], &["reviewed", "prepared", "decided", "determined", "review", "determination"]],
                format!(
                    r"(?:^|\n)(?P<all>(?:Reviewed|Prepared|Decided|Determined|Review|Determination)\s(?:completed\s|performed\s|made\s)?by:?\s(?P<value>{doctor}|{full}))"
                ),
            ),
        ),
        titled(
            &[
                &["by"],
                &[
                    "reviewed",
                    "prepared",
                    "decided",
                    "determined",
                    "written",
                    "authored",
                    "certified",
                    "review",
                    "determination",
                ],
            ],
            format!(
                r"\.\s(?P<all>(?:Reviewed|Prepared|Decided|Determined|Written|Authored|Certified|Review|Determination)\s(?:completed\s|performed\s|made\s)?by:?\s(?P<value>{doctor}))"
            ),
        ),
        titled(&[&["reviewer", "author"]], format!(r"(?:^|\n|\.\s)(?P<all>{label}:\s?(?P<value>{doctor}))")),
        titled(
            &[REVIEWER],
            format!(
                r"(?P<all>(?P<value>{doctor}),\s(?:Expert|Physician|IMR|Independent)\s(?:Medical\s)?Reviewer)\b"
            ),
        ),
        titled(&[&["i"]], format!(r"(?P<all>\bI,\s(?P<value>{doctor}))")),
        named(
            &[&["i"], &["attest", "certify", "declare", "affirm", "confirm"]],
            format!(
                r"(?P<all>\bI,\s(?P<value>{full})),\s(?:hereby\s)?(?:attest|certify|declare|affirm|confirm)\b"
            ),
        ),
        titled(
            &[&["my", "i"], &["name", "am"]],
            format!(r"(?P<all>\b(?:[Mm]y\sname\sis|I\sam)\s(?P<value>{doctor}))"),
        ),
        form(
            &[&["s", "signed", "signature"]],
            false,
            &format!(
                r"(?:^|\n|\.\s)(?P<all>{signs}\s?(?:(?:the|our)\s(?:expert\s)?reviewer,?\s)?(?P<value>{doctor}|{full}|\p{{Lu}}\.\s{word}))"
            ),
            Where::Signature,
            SIGNATURE,
        ),
        form(
            &[&["sincerely", "respectfully", "truly", "regards"]],
            true,
            &format!(
                r"(?i:sincerely|respectfully(?:\ssubmitted)?|yours\struly|regards),?\s(?P<all>(?P<value>{doctor}))"
            ),
            Where::Signature,
            SIGNATURE,
        ),
        form(&[], true, &format!(r"(?P<all>(?P<value>{doctor}))"), Where::Description, NAME),
        number(
            &[&["license", "licence", "lic"]],
            r"(?P<all>\b(?i:licen[cs]e|lic\b\.?)\s?(?i:numbers?|nos?\b\.?|\#)?\s?(?:is|:)?\s?\#?(?P<value>[A-Z]{1,3}[-\s]?\d{4,7}\b|\d{4,8}\b))",
            "licence number",
        ),
        number(
            &[&["npi"]],
            r"(?P<all>\bNPI\s?(?i:numbers?|no\.?|\#)?\s?(?:is|:)?\s?\#?(?P<value>\d{10})\b)",
            "NPI",
        ),
        number(
            &[&["dea"]],
            r"(?P<all>\bDEA\s?(?i:registration\s)?(?i:numbers?|no\.?|\#)?\s?(?:is|:)?\s?\#?(?P<value>[A-Z]{2}\d{7})\b)",
            "DEA number",
        ),
    ]
});

/// Words of a sentence about this review.
static REVIEW: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"(?i)\bindependent\smedical\sreview\b|\bIMR\b|\b(?:this|the\s(?:final|present)|our)\s(?:final\s)?(?:determination|decision|review|case|file|letter|opinion|analysis)\b",
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

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    // A utilization review decision has to name its reviewer.
    if context.letter.profile.is_some_and(|profile| profile.name == "ur") {
        return;
    }
    for block in 0..context.letter.blocks.len() {
        let block = context.block(block);
        if !matches!(block.role, Role::Header | Role::ItemHeading | Role::Field(Field::ClaimsGuideline)) {
            expose(&block, sink);
        }
    }
}

fn expose(context: &BlockContext<'_>, sink: &mut Sink) {
    let content = context.content;
    let has = |word| content.has_key(word);
    let names_titled = LazyCell::new(|| names_titled(context));
    for exposure in EXPOSURES.iter() {
        let can_match = exposure.pattern.can_match(has)
            && (!exposure.is_titled || *names_titled)
            && can_count(context, exposure.place)
            && (exposure.leads.is_empty() || leads_to_capital(context, exposure.leads));
        let Some(pattern) = can_match.then(|| exposure.pattern.if_any(has)).flatten() else { continue };
        for found in pattern.captures_iter(content.text()) {
            let (Some(all), Some(value)) = (found.name("all"), found.name("value")) else { continue };
            if counts(context, &all.range(), exposure.place) {
                let fix = DraftFix::replace(context.place(value.range()), "[removed]", Applicability::Manual);
                sink.push(
                    Draft::new(context.place(all.range()), "message")
                        .arg("what", Arg::term(exposure.what))
                        .fix(fix),
                );
            }
        }
    }
}

/// Whether one of some words, in small letters, stands right before a capital.
fn leads_to_capital(context: &BlockContext<'_>, leads: &[&str]) -> bool {
    let text = context.content.text();
    leads.iter().any(|lead| {
        context.content.small().match_indices(lead).any(|(at, _)| {
            let mut behind = text[at + lead.len()..].chars();
            behind.next().is_some_and(char::is_whitespace) && behind.next().is_some_and(char::is_uppercase)
        })
    })
}

/// Whether a title stands before a capital, or a degree behind a name: "a Medical Doctor who is licensed" names nobody.
fn names_titled(context: &BlockContext<'_>) -> bool {
    let is_stop = |token: usize| matches!(context.word(token), "." | ",");
    let is_capital = |token: usize| context.word(token).starts_with(char::is_uppercase);
    (0..context.content.tokens.len()).any(|token| {
        let word = text::without_possessive(context.word(token));
        if context.is_in("titles", word) {
            return is_capital(token + 1) || is_stop(token + 1) && is_capital(token + 2);
        }
        let before = token.checked_sub(1).map(|before| before - usize::from(before > 0 && is_stop(before)));
        context.is_in("degrees", word)
            && before.is_some_and(|before| is_capital(before) && context.word(before).len() > 1)
    })
}

/// Whether a form of exposure can count anywhere in a block.
fn can_count(context: &BlockContext<'_>, place: Where) -> bool {
    let is_description = context.role == Role::Boilerplate;
    let speaks_of_reviewer = || context.content.small().contains("reviewer");
    match place {
        Where::Anywhere => true,
        // A report's signature stands in a sentence that tells of it.
        Where::Signature => !matches!(context.role, Role::Summary | Role::Documents),
        Where::Description => is_description,
        Where::OfReviewer => is_description || speaks_of_reviewer(),
        Where::OfReview => {
            is_description
                || speaks_of_reviewer()
                || OF_REVIEW.iter().any(|word| context.content.has_word(word))
        }
    }
}

/// Whether a form of exposure that can count in its block does so where it stands.
fn counts(context: &BlockContext<'_>, span: &Span, place: Where) -> bool {
    let text = context.content.text();
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let to = (span.end..=text.len().min(span.end + BESIDE)).rev().find(is_boundary).unwrap_or(span.end);
    if place == Where::Signature {
        let before = text[..span.start].trim_end();
        let is_own_line = before.is_empty() || before.ends_with(['.', ':', ',']);
        return is_own_line && !text[span.end..to].to_lowercase().contains(DIRECTOR);
    }
    let sentence_at =
        |at: usize| context.content.sentence_at(at).map_or(span.clone(), |found| found.span.clone());
    // "License No. A12345" may be read as two sentences.
    let sentence = sentence_at(span.start).start..sentence_at(span.end.saturating_sub(1)).end.max(span.end);
    let of_another = ANOTHER.is_match(&text[sentence.start..sentence.end.min(to)]);
    let of_reviewer = || text[sentence.clone()].to_lowercase().contains("reviewer");
    let is_description = context.role == Role::Boilerplate;
    !of_another
        && match place {
            Where::Anywhere | Where::Signature | Where::Description => true,
            Where::OfReviewer => is_description || of_reviewer(),
            Where::OfReview => is_description || of_reviewer() || REVIEW.is_match(&text[sentence.clone()]),
        }
}
