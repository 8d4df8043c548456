//! A number that leads back to a person or a claim.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, Sink};
use crate::letter::facts::date;
use crate::text::{self, Pattern};

/// The tokens of which one says that a number follows; a medical record's has a name of its own.
const NUMBER: &[&str] = &["number", "numbers", "no", "nos", "num", "#", "id", "mrn"];

const SOCIAL_SECURITY: &str = "social security number";

/// Labels with the shape of what follows them, and numbers of a shape of their own: the group `value` is what is exposed.
static IDENTIFIERS: LazyLock<Vec<(Pattern, &str)>> = LazyLock::new(|| {
    let number = r"(?:\s?(?:numbers?|nos?\b\.?|num\b\.?|\#|id\b))";
    let link = r"(?:\s?(?:is|are|was|were|of|as|reads|:|=|ending\sin|\())*\s?\#?\s?";
    // Capitals and digits in groups.
    let value = r"(?P<value>(?-i:[A-Z0-9]+(?:[-\s]?[A-Z0-9]*[0-9][A-Z0-9]*)*)\b)";
    let labelled = |label: &str| format!(r"\b(?:{label}){link}{value}");
    let form = |words, pattern, what| (Pattern::with(words, format!("(?ix){pattern}")), what);
    [
        form(
            &[&["ssn", "ss", "social"]],
            format!(
                r"\b(?:ssn|ss\s?\#|social\ssecurity{number}?){link}(?P<value>[0-9]{{3}}[-\s]?[0-9]{{2}}[-\s]?[0-9]{{4}}|[0-9]{{4}})\b"
            ),
            SOCIAL_SECURITY,
        ),
        form(&[&["adj"]], r"\b(?P<value>ADJ\s?-?[0-9]{6,9})\b".to_owned(), "case number of the appeals board"),
        form(&[&["eams", "wcab", "adj"]], labelled(&format!("(?:eams|wcab|adj)(?:\\scase)?{number}?")), "case number of the appeals board"),
        form(
            &[&["mrn", "encounter", "accession", "records", "record", "chart", "patient", "account", "acct"], NUMBER],
            labelled(&format!(
                "mrn|(?:encounter|accession){number}|(?:medical|health)\\srecords?{number}|chart{number}|patient{number}|(?:account|acct\\.?){number}"
            )),
            "record number",
        ),
        form(&[&["claims", "claim", "file"], NUMBER], labelled(&format!("claims?{number}|claim\\sfile{number}|file{number}")), "claim number"),
        form(&[&["claim"]], r"\bclaim\s(?P<value>(?-i:[A-Z]{0,4})[0-9][0-9A-Z]*(?:-?[0-9A-Z]+){5,})\b".to_owned(), "claim number"),
        form(&[&["policy"]], labelled(&format!("policy{number}")), "policy number"),
        form(&[&["policy"]], r"\bpolicy\s(?P<value>(?-i:[A-Z]{1,4})-?[0-9]{5,})\b".to_owned(), "policy number"),
        form(
            &[&["member", "subscriber", "insured", "employee", "group", "medicare", "medi", "beneficiary", "hicn"]],
            labelled(&format!(
                "(?:member|subscriber|insured|employee|group|medicare|medi-cal|beneficiary){number}|hicn"
            )),
            "member number",
        ),
        form(&[&["driver", "drivers", "passport"]], labelled(&format!("driver['’]?s?['’]?\\slicen[cs]e{number}?|passport{number}?")), "licence number"),
        form(&[&["license", "licence", "lic", "npi", "dea"]], labelled(&format!("licen[cs]e(?:\\splate)?{number}?|lic\\.?{number}?|npi{number}?|dea{number}?")), "licence number"),
    ]
    .into()
});

/// A social security number without a label.
static UNLABELLED: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(r"(?:^|[^\w-])(?P<all>(?P<value>[0-9]{3}-[0-9]{2}-[0-9]{4}))(?:$|[^\w-])")
});

/// Digits that a number needs at least.
const LEAST_DIGITS: usize = 4;

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    let text = context.content.text();
    let hyphens = |bytes: &[u8]| bytes[0] == b'-' && bytes[3] == b'-' && bytes[1].is_ascii_digit();
    let unlabelled = text.as_bytes().windows(4).any(hyphens).then(|| UNLABELLED.captures_iter(text));
    let found = unlabelled.into_iter().flatten();
    found.filter_map(|found| finding(context, &found, SOCIAL_SECURITY)).for_each(|draft| sink.push(draft));
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let holds_number = holds_number(text);
    for (pattern, what) in IDENTIFIERS.iter() {
        if !holds_number && (*what != SOCIAL_SECURITY || digits < LEAST_DIGITS) {
            continue;
        }
        let Some(pattern) = pattern.if_any(|word| context.content.has_key(word)) else { continue };
        for found in pattern.captures_iter(text) {
            if let Some(draft) = finding(context, &found, what) {
                sink.push(draft);
            }
        }
    }
}

/// Whether a run of capitals, digits, hyphens and blanks holds as many digits as a number needs, and more than a year.
fn holds_number(text: &str) -> bool {
    let is_of_number = |byte: u8| {
        byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte.is_ascii_whitespace() || byte == b'-'
    };
    text.as_bytes().split(|&byte| byte.is_ascii() && !is_of_number(byte)).any(|run| {
        let digits = run.iter().filter(|byte| byte.is_ascii_digit()).count();
        let is_year = || run.split(u8::is_ascii_whitespace).any(is_year);
        digits > LEAST_DIGITS || digits == LEAST_DIGITS && !is_year()
    })
}

fn is_year(value: &[u8]) -> bool {
    matches!(value, [b'1', b'9', ..] | [b'2', b'0', ..]) && value.len() == 4
}

fn finding(context: &BlockContext<'_>, found: &Captures<'_>, what: &'static str) -> Option<Draft> {
    let value = found.name("value")?;
    let all = found.name("all").or_else(|| found.get(0))?;
    let digits = value.as_str().bytes().filter(u8::is_ascii_digit).count();
    let goes_on = context.content.text()[value.end()..].starts_with('/');
    // "claim 03-04-2014", and the number of the review itself.
    let is_other = date::parse(value.as_str()).is_some() || value.as_str().starts_with("CM1");
    if digits < LEAST_DIGITS
        || is_year(value.as_str().as_bytes()) && what != SOCIAL_SECURITY
        || is_other
        || goes_on
    {
        return None;
    }
    let fix = DraftFix::replace(context.place(value.range()), "[removed]", Applicability::Manual);
    Some(Draft::new(context.place(all.range()), "message").arg("what", Arg::term(what)).fix(fix))
}
