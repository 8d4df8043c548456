//! The form's own words around a citation, and words that only fill its place.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::{Pattern, Span, key};

/// The form's wordings; they cite nothing themselves, except "based … on the MTUS".
static FORM: LazyLock<Regex> = LazyLock::new(|| {
    let person = r"the\s+(?:(?:expert|physician)\s+reviewer|claims\s+administrator)";
    let wordings = [
        format!(r"{person}\s+(?<not>did\s+not\s+base)\s+[\w/']+\s+decision\s+on\s+the\s+mtus"),
        format!(
            r"{person}\s+(?:based|bases)\s+[\w/']+\s+decision\s+on\s+recommendation(?:\(s\)|s)?\s+(?<outside>outside)\s+(?:of\s+)?the\s+mtus(?:\s+guidelines)?"
        ),
        format!(r"{person}\s+found\s+that\s+(?<no>no)\s+section\s+of\s+the\s+mtus\s+(?:was|is)\s+applicable"),
        r"(?:per|based\s+on)\s+the\s+strength\s+of\s+evidence\s+hierarchy\s+established\s+by\s+the\s+california\s+department\s+of\s+industrial\s+relations,\s+division\s+of\s+workers(?:'|’)\s+compensation,?".to_owned(),
        format!(r"{person}\s+(?:based|bases)\s+[\w/']+\s+decision\s+on\s+the\s+(?<mtus>mtus)\b"),
        format!(r"{person}\s+(?:based|bases)\s+[\w/']+\s+decision\s+on"),
        format!(r"{person}\s+(?:relied|relies)\s+on"),
        format!(
            r"{person}\s+(?<shared>found|finds)\s+(?:the\s+same|the|these)\s+(?:guidelines?|sections?)(?:\s+(?:used|cited|relied\s+(?:up)?on)\s+by\s+the\s+claims\s+administrator)?"
        ),
        r"(?:relevant|applicable)\s+and\s+(?:appropriate|applicable)\s+(?:for|to)\s+[a-z0-9\s,;()'/-]+".to_owned(),
        format!(
            r"{person}\s+(?<none>did\s+not\s+cite)\s+any\s+(?:medical\s+)?evidence(?:[\s-]based\s+criteria)?(?:\s+for\s+[\w/']+\s+decision)?"
        ),
        r"(?:decision\s+based\s+on\s+)?(?<foreign>non-mtus)\s+citations?".to_owned(),
        r"(?:(?:and|or)\s+)?other\s+medical\s+treatment\s+guidelines?\s+or\s+medical\s+evidence".to_owned(),
        r"decision\s+based\s+on(?:(?:\s+the)?\s+(?<schedule>mtus))?\b".to_owned(),
    ];
    small(&wordings.join("|"))
});

/// Clauses in small letters that fill the place of a citation, each with the words with which it can begin; none for marks
/// and a row of "x".
static PLACEHOLDERS: LazyLock<[Pattern; 10]> = LazyLock::new(|| {
    let clause = |firsts, wordings: &str| Pattern::with(firsts, format!("(?-u)^(?:{wordings})$"));
    [
        clause(
            &[&["none"]],
            r"none(?:\s+(?:[0-9a-z_]+\s+)?(?:cited|found|available|applicable|given|listed|provided|identified|noted|specified|stated|located|used|needed|required))?",
        ),
        clause(
            &[&[
                "",
                "n",
                "nil",
                "same",
                "ditto",
                "idem",
                "ibid",
                "ibidem",
                "op",
                "opcit",
                "above",
                "as",
                "unknown",
                "unspecified",
                "pending",
                "to",
            ]],
            r"n\s*/\s*a|n\.a|nil|same|ditto|idem|ibid(?:em)?|op\.?\s*cit|above|as\s+above|as\s+below|unknown|unspecified|pending|to\s+follow|-+|\?+|x{3,}|_+|\.{2,}",
        ),
        clause(
            &[&["t", "tb", "tbd", "tba", "to"]],
            r"t\.?b\.?[da]|to\s+be\s+(?:determined|added|completed|inserted|filled\s+in|supplied|provided|announced)",
        ),
        clause(
            &[&["not"]],
            r"not\s+(?:applicable|available|found|addressed|specified|provided|given|listed|cited|stated|indicated|identified)",
        ),
        clause(
            &[&["there", "no"]],
            r"(?:there\s+(?:is|are|were|was)\s+)?no\s+(?:[[0-9a-z_]-]+,?\s+){0,5}?(?:guidelines?|citations?|evidence|references?|sources?|literature|recommendations?|criteria|stud(?:y|ies)|mtus|odg|acoem)(?:\s+(?:section|chapter|citation|guidelines?|recommendations?|criteria))?(?:\s+(?:was|were|is|are|has\s+been|have\s+been|could\s+be|can\s+be))?(?:\s+(?:found|available|applicable|identified|cited|located|exists?|given|listed|provided|specified|used|apply|applies|noted|on\s+point|addressing\s+(?:this|the)\s+(?:issue|topic|request|item|treatment|service)|for\s+(?:this|the)\s+(?:issue|topic|request|item|treatment|service)|on\s+this\s+(?:topic|issue)|at\s+this\s+time|by\s+the\s+(?:[0-9a-z_]+\s+){0,2}reviewer)){0,3}",
        ),
        clause(
            &[&["please", "see", "refer", "same", "as", "cited", "listed", "per"]],
            r"(?:please\s+)?(?:see|refer\s+to|same\s+as|as\s+(?:in|per|cited|stated|noted)|cited|listed|per)\s+(?:the\s+)?(?:above|below|rationale|decision\s+rationale|discussion|previous|prior|preceding|attached|first|item|issue|request|number|no|\#)\b[\s[0-9a-z_]\#-]{0,30}",
        ),
        clause(
            &[&[
                "please",
                "insert",
                "add",
                "enter",
                "reference",
                "references",
                "citation",
                "citations",
                "guideline",
                "guidelines",
                "source",
                "sources",
            ]],
            r"(?:please\s+)?(?:insert|add|enter)\s+(?:the\s+)?(?:guideline|citation|reference|source)[\s[0-9a-z_]]{0,20}|(?:reference|citation|guideline|source)s?\s+(?:needed|here|pending|missing|to\s+(?:follow|come|be\s+[0-9a-z_]+))",
        ),
        clause(
            &[&["the", "your", "citation", "citations", "reference", "references"]],
            r"(?:(?:the|your)\s+)?(?:citation|reference)s?(?:\s+here)?",
        ),
        clause(
            &[&[
                "guideline",
                "guidelines",
                "citation",
                "citations",
                "reference",
                "references",
                "source",
                "sources",
            ]],
            r"(?:guideline|citation|reference|source)s?\s+(?:was\s+|were\s+)?not\s+(?:found|available|applicable|provided|given|listed|cited|stated|identified|located)",
        ),
        clause(
            &[&["nothing"]],
            r"nothing(?:\s+(?:was|could\s+be|has\s+been))?(?:\s+(?:located|found|identified|available|applicable|cited|applies|listed|in\s+the\s+(?:mtus|odg|guidelines?)))*",
        ),
    ]
});

/// Whether a clause in small letters fills the place of a citation.
fn fills_place(clause: &str) -> bool {
    let first = clause.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let first = key(if first.starts_with('x') { "" } else { first });
    let mut begun = PLACEHOLDERS.iter().filter_map(|pattern| pattern.if_any(|word| word == first));
    begun.any(|pattern| pattern.is_match(clause))
}

/// Of which one stands in everything that [`NO_SOURCE`] tells.
const NO_SOURCES: [&str; 17] = [
    "experience",
    "judg",
    "facts",
    "record",
    "documentation",
    "documents",
    "information",
    "file",
    "findings",
    "knowledge",
    "training",
    "sense",
    "history",
    "chart",
    "note",
    "report",
    "ground",
];

/// What a decision may well rest on, but what is neither a guideline nor a study.
static NO_SOURCE: LazyLock<Regex> = LazyLock::new(|| {
    small(
        r"(?x)^(?:(?:the|a|his|her|his/her|their|own|(?:the\s+)?reviewer(?:'|’)s|review\s+of|only|solely|and|of|in|this|case|alone|submitted|provided
            |available|clinical|professional|personal|medical|expert|years\s+of)\s+)*
          (?:experience|judge?ment|facts|records?|documentation|documents|information|file|findings|knowledge|training|
             common\s+sense|history|chart|notes|reports?|grounds)
          (?:\s+(?:alone|only|provided|submitted|reviewed|available|(?:for\s+)?review|of\s+the\s+(?:case|patient|reviewer)
             |in\s+(?:this|the)\s+(?:case|record|field|specialty)|in\s+(?:[\w-]+\s+){0,3}(?:surgery|medicine|care|practice)
             |presented))*$",
    )
});

/// A pattern for text in small letters: these compile several times as quickly.
fn small(pattern: &str) -> Regex {
    Regex::new(&format!("(?-u){pattern}")).expect("a constant pattern")
}

/// What stands between two wordings of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Span in the text, without blanks and marks around it; may be empty.
    pub span: Span,
    /// The "MTUS" with which the form's words before it ended ("Decision based on MTUS").
    pub mtus: Option<Span>,
    /// Whether it is what the claims administrator cited, where one field holds both.
    pub is_claims: bool,
}

/// What the form's words say of the basis of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// "based … on the MTUS", "Decision based on MTUS".
    Mtus,
    /// "did not base … on the MTUS", "recommendations outside of the MTUS", "no section of the MTUS was applicable".
    NotMtus,
    /// "Non-MTUS Citation".
    NonMtusCitation,
    /// "did not cite any medical evidence".
    Nothing,
}

/// What the form's words in a field say of the basis of the decision, in order, with their spans.
#[must_use]
pub fn bases(text: &str, body: &Span) -> Vec<(Basis, Span)> {
    let kinds = [
        ("not", Basis::NotMtus),
        ("outside", Basis::NotMtus),
        ("no", Basis::NotMtus),
        ("none", Basis::Nothing),
        ("foreign", Basis::NonMtusCitation),
        ("mtus", Basis::Mtus),
        ("schedule", Basis::Mtus),
    ];
    let small = text[body.clone()].to_ascii_lowercase();
    FORM.captures_iter(&small)
        .filter_map(|found| {
            let whole = found.get(0).filter(|whole| !is_claims(whole.as_str()))?;
            let (_, basis) = kinds.iter().find(|(name, _)| found.name(name).is_some())?;
            Some((*basis, body.start + whole.start()..body.start + whole.end()))
        })
        .collect()
}

/// What is left of a field's value when the form's words are taken out; nothing empty, unless the form names the MTUS.
#[must_use]
pub fn values(text: &str, body: &Span) -> Vec<Value> {
    let mut values = Vec::new();
    let (mut start, mut mtus, mut of_claims) = (body.start, None, false);
    let small = text[body.clone()].to_ascii_lowercase();
    for found in FORM.captures_iter(&small) {
        let whole = found.get(0).expect("group 0 is the match");
        values.push(Value {
            span: trimmed(text, start..body.start + whole.start()),
            mtus,
            is_claims: of_claims,
        });
        // "The Expert Reviewer found the guidelines used by the Claims Administrator relevant and appropriate."
        if found.name("shared").is_some() {
            values.iter_mut().for_each(|value| value.is_claims = false);
        }
        start = body.start + whole.end();
        let names_person = text[body.start + whole.start()..].starts_with("The");
        of_claims = if names_person { is_claims(whole.as_str()) } else { of_claims };
        mtus = found
            .name("mtus")
            .or_else(|| found.name("schedule"))
            .map(|word| body.start + word.start()..body.start + word.end());
    }
    values.push(Value { span: trimmed(text, start..body.end), mtus, is_claims: of_claims });
    values.retain(|value| !value.span.is_empty() || value.mtus.is_some());
    values
}

/// Whether a wording of the form is about the claims administrator.
fn is_claims(wording: &str) -> bool {
    wording.split_whitespace().nth(1).is_some_and(|word| word.eq_ignore_ascii_case("claims"))
}

/// Without blanks and marks around it; brackets and question marks stay.
#[must_use]
pub fn trimmed(text: &str, span: Span) -> Span {
    let is_edge = |c: char| c.is_whitespace() || matches!(c, '.' | ':' | ';' | ',');
    let start = span.end - text[span.clone()].trim_start_matches(is_edge).len();
    let end = span.start + text[span.clone()].trim_end_matches(is_edge).len();
    start..end.max(start)
}

/// Whether a value only fills the place of a citation ("No guidelines found", "N/A", "see above").
#[must_use]
pub fn is_placeholder(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let clauses: Vec<&str> = value
        .split(['.', ';'])
        .map(|clause| {
            clause.trim_matches(|c: char| {
                c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '<' | '>' | ',' | ':')
            })
        })
        .filter(|clause| !clause.is_empty())
        .collect();
    fills_place(value.trim_matches(['[', ']', '(', ')', '.']))
        || (!clauses.is_empty() && clauses.iter().all(|clause| fills_place(clause)))
}

/// A value without the sentences before its first source that only say that none was found.
#[must_use]
pub fn after_placeholders(text: &str, mut span: Span) -> Span {
    while let Some(stop) = text[span.clone()].find(['.', ';']) {
        let rest = trimmed(text, span.start + stop..span.end);
        if rest.is_empty() || !is_placeholder(&text[span.start..span.start + stop]) {
            break;
        }
        span = rest;
    }
    span
}

/// Whether a value can be neither a source nor a placeholder: stray marks, or grounds such as "clinical experience".
#[must_use]
pub fn cites_nothing(value: &str) -> bool {
    !value.contains(char::is_alphanumeric) && !value.contains(['?', '_', '-']) || is_no_source(value)
}

fn is_no_source(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    NO_SOURCES.iter().any(|noun| value.contains(noun)) && NO_SOURCE.is_match(&value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders() {
        for value in [
            "No guidelines found",
            "None",
            "none cited",
            "N/A",
            "n.a.",
            "TBD",
            "See above",
            "same as above",
            "Same",
            "No MTUS or ODG guidelines were found for this request",
            "Not applicable",
            "[insert citation]",
            "See rationale below",
            "To be determined",
            "???",
            "No applicable guideline",
            "None. See above.",
            "No evidence-based guideline could be identified",
            "No citation",
            "Nothing located",
            "[reference to follow]",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn sources_are_no_placeholders() {
        for value in [
            "Official Disability Guidelines (ODG) Low back chapter, gym memberships",
            "www.aaos.org",
            "ACOEM",
            "No Fault Medicine Quarterly 2012;3:4-9",
            "Low Back Complaints 2004, Section(s): Physical Methods",
            "Campbell's Orthopaedics",
            "See Smith J. Knee pain. Spine 2011",
            "Same-day surgery guideline, AAOS",
        ] {
            assert!(!is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn grounds_that_are_no_source() {
        for value in [
            "clinical experience",
            "the records alone",
            "the clinical facts of the case",
            "his/her own professional judgment",
            "the medical records provided for review",
            "his/her training in the specialty",
            "the reviewer’s experience in foot and ankle surgery",
            "clinical grounds",
            ")",
        ] {
            assert!(cites_nothing(value), "{value}");
        }
        for value in [
            "Clinical practice guideline",
            "Medical Letter 2012",
            "generally accepted standards of medical practice",
            "???",
        ] {
            assert!(!cites_nothing(value), "{value}");
        }
    }

    #[test]
    fn the_forms_words_cite_nothing() {
        let text = "The Expert Reviewer did not base their decision on the MTUS.\nDecision based on Non-MTUS Citation Other \
                    Medical Treatment Guideline or Medical\nEvidence:  No guidelines found";
        let found = values(text, &(0..text.len()));
        assert_eq!(found.len(), 1);
        assert_eq!(&text[found[0].span.clone()], "No guidelines found");
        assert_eq!(found[0].mtus, None);

        let said: Vec<Basis> = bases(text, &(0..text.len())).into_iter().map(|(basis, _)| basis).collect();
        assert_eq!(said, [Basis::NotMtus, Basis::NonMtusCitation]);

        let text = "The Expert Reviewer found that no section of the MTUS was applicable. Per the Strength of Evidence \
                    hierarchy established by the California Department of Industrial Relations, Division of Workers' \
                    Compensation, the Expert Reviewer based his/her decision on the ODG, Knee & Leg, Transportation.";
        let found = values(text, &(0..text.len()));
        assert_eq!(found.len(), 1);
        assert_eq!(&text[found[0].span.clone()], "the ODG, Knee & Leg, Transportation");
        assert_eq!(bases(text, &(0..text.len()))[0].0, Basis::NotMtus);

        let text = "Decision based on MTUS Knee Complaints 2004.";
        let found = values(text, &(0..text.len()));
        assert_eq!(&text[found[0].span.clone()], "Knee Complaints 2004");
        assert_eq!(&text[found[0].mtus.clone().unwrap()], "MTUS");
    }
}
