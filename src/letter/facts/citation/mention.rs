//! What a rationale names its sources for.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashMap;

use super::{Cited, Mentioned, Purpose};
use crate::guideline::citation::{Citation, CitationKind};
use crate::letter::block::{Block, Content, Role};
use crate::letter::profile::Field;
use crate::letter::sentence_kind::SentenceKind;
use crate::text::lowered;

const TABLE: &str = include_str!("mention.tsv");

/// Phrases by their first word.
type ByFirst = HashMap<&'static str, Vec<&'static str>>;

/// Phrases by their kind.
static PHRASES: LazyLock<HashMap<&'static str, ByFirst>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    let by_first = |phrases: &'static str| {
        let mut by_first = ByFirst::default();
        for phrase in phrases.split("; ") {
            by_first.entry(phrase.split(' ').next().unwrap_or_default()).or_default().push(phrase);
        }
        by_first
    };
    rows.map(|(kind, phrases)| (kind, by_first(phrases))).collect()
});

/// How many words may stand between "per" and the source ("per the current edition of the ODG").
const REACH: usize = 8;
/// The same for "in" and its like ("in the relevant ODG").
const NEAR: usize = 3;
/// How many words of "between" may stand after a source's name.
const ASIDE: usize = 6;
/// How many words behind a source's name tell what it says.
const CLAUSE: usize = 12;

/// Reads the sources that the rationale of an item names.
pub(super) fn of_item(blocks: &[Block], item: &Range<usize>) -> Vec<Mentioned> {
    let rationale = item.clone().filter(|&index| blocks[index].role == Role::Field(Field::Rationale));
    rationale
        .flat_map(|block| {
            let content = &blocks[block].content;
            let is_source =
                |citation: &Citation| !matches!(citation.kind, CitationKind::Regulation | CitationKind::Web);
            content.mentioned().iter().filter(move |(citation, _)| is_source(citation)).map(
                move |(citation, purpose)| {
                    let source = Cited { block, citation: citation.clone() };
                    Mentioned { source, purpose: *purpose }
                },
            )
        })
        .collect()
}

impl Purpose {
    /// What a text names a source for.
    pub(in crate::letter) fn of(content: &Content, citation: &Citation) -> Self {
        purpose(content, citation)
    }
}

fn purpose(content: &Content, citation: &Citation) -> Purpose {
    let Some(sentence) = content.sentence_at(citation.span.start) else { return Purpose::Other };
    let end = sentence.span.end.max(citation.span.end);
    let words = |from: usize, to: usize| words(&content.text()[from..to]);
    let whole = words(sentence.span.start, end);
    let before = words(sentence.span.start, citation.span.start);
    let after = words(citation.span.end, end);
    // "Since the MTUS is silent, the ODG were consulted": the silence is of the source before the comma.
    let is_past_silence = has(&before, "silence")
        && !has(&after, "silence")
        && content.text()[sentence.span.start..citation.span.start].contains([',', ';'])
        && speaks(&after);
    let is_mute = is_mute(&after) || is_denied(&before) || tells_of_others(&after);
    // "MTUS: recommended for patients who … Treatment does not include …": what it says is quoted.
    let opening =
        after.split_whitespace().take(CLAUSE).fold(String::from(" "), |text, word| text + word + " ");
    let is_quoted = content.text()[citation.span.end..end].starts_with(':') && !has(&opening, "silence");
    // "above the 100 MCG guideline": a dose.
    let is_dose =
        before.split_whitespace().next_back().is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit()));
    let in_brackets = content.text()[..citation.span.start].ends_with('(');
    if is_dose {
        Purpose::Other
    } else if is_mute || has(&whole, "silence") && !is_past_silence && !is_quoted {
        Purpose::Silence
    } else if sentence.kind == SentenceKind::Attributed
        || has(&before, "report")
        || is_cited_by_party(&before)
    {
        Purpose::Report
    } else if in_brackets || leads(&before) || speaks(&after) || citation.kind == CitationKind::Study {
        Purpose::Reliance
    } else {
        Purpose::Other
    }
}

/// The words in lower case, with a blank around each.
fn words(text: &str) -> String {
    let mut words = String::from(" ");
    for word in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '\u{2019}')) {
        if !word.is_empty() {
            words.push_str(&lowered(word));
            words.push(' ');
        }
    }
    words
}

/// Whether a phrase of a kind stands in [`words`].
fn has(spaced: &str, kind: &str) -> bool {
    let phrases = &PHRASES[kind];
    spaced.match_indices(' ').any(|(blank, _)| {
        let rest = &spaced[blank + 1..];
        let first = rest.split(' ').next().unwrap_or_default();
        let stands = |phrase: &&str| rest.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '));
        phrases.get(first).is_some_and(|phrases| phrases.iter().any(stands))
    })
}

/// Whether a word is a phrase of a kind by itself.
fn is(kind: &str, word: &str) -> bool {
    PHRASES[kind].get(word).is_some_and(|phrases| phrases.contains(&word))
}

/// Whether the last words before a source make the decision rest on it.
fn leads(before: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().collect();
    let last = |count: usize| format!(" {} ", words[words.len().saturating_sub(count)..].join(" "));
    has(&last(REACH), "before") || has(&last(NEAR), "near")
}

/// Whether the words behind a source let it speak.
fn speaks(after: &str) -> bool {
    let mut words = after.split_whitespace();
    // "NICE guidance NG59 advises", "ODG 2015 states"
    let is_aside = |word: &&str| is("between", word) || word.contains(|c: char| c.is_ascii_digit());
    words.by_ref().take(ASIDE).find(|word| !is_aside(word)).is_some_and(|word| is("after", word))
}

/// "The treating physician quoted": who cites it is not the reviewer.
fn is_cited_by_party(before: &str) -> bool {
    before.split_whitespace().skip_while(|word| !is("party", word)).any(|word| is("citing", word))
}

/// Whether the words before a source deny that it says anything: "neither the MTUS nor the ODG covers", "there is no hip
/// chapter in the MTUS".
fn is_denied(before: &str) -> bool {
    let before: Vec<&str> = before.split_whitespace().collect();
    let near = &before[before.len().saturating_sub(NEAR)..];
    let behind_no = before.iter().rposition(|word| *word == "no").map(|no| &before[no + 1..]);
    let has_none = behind_no.is_some_and(|rest| {
        rest.len() <= ASIDE
            && rest.iter().any(|word| is("word", word))
            && near.iter().any(|word| matches!(*word, "in" | "of" | "from"))
    });
    // "Neither the MTUS nor the dental section of the ODG".
    let nor = before.iter().rposition(|word| *word == "nor");
    let is_second = nor.is_some_and(|nor| nor + ASIDE >= before.len() && before[..nor].contains(&"neither"));
    has_none || is_second || near.iter().any(|word| matches!(*word, "neither" | "nor"))
}

/// Whether the words behind a source deny that it says anything: "does not set a number", "gives no rule on", "has
/// nothing to say of"; not "does not recommend", which is an opinion.
fn is_mute(after: &str) -> bool {
    // "was searched and does not settle it": to look into a source is not to let it speak.
    let is_of_look = |word: &&str| is("look", word) || is("looked", word);
    let look = after.split_whitespace().take_while(is_of_look);
    let looked = if look.clone().any(|word| is("looked", word)) { look.count() } else { 0 };
    let words: Vec<&str> =
        after.split_whitespace().skip(looked).take(CLAUSE).take_while(|word| !is("turn", word)).collect();
    let speaks_of_nothing = |at: usize| {
        let rest = &words[(at + 1).min(words.len())..];
        let is_denied =
            rest.first().is_some_and(|word| matches!(*word, "no" | "nothing" | "neither" | "little"));
        let is_word = rest.iter().take(ASIDE).any(|word| is("word", word));
        is_denied && (rest[0] == "nothing" || is("tell", words[at]) || is("give", words[at]) && is_word)
    };
    let denies = |at: usize| {
        let mut rest = words[at + 1..].iter().skip_while(|word| word.ends_with("ly"));
        let verb = rest.next();
        words[at] == "not"
            && verb.is_some_and(|verb| {
                is("tell", verb) || is("give", verb) && rest.take(ASIDE).any(|word| is("word", word))
            })
    };
    (0..words.len()).any(|at| speaks_of_nothing(at) || denies(at))
}

/// "Discusses burns and foreign bodies but not scars", "offers general advice but no schedule": what it tells of is
/// something else.
fn tells_of_others(after: &str) -> bool {
    let mut words = after.split_whitespace();
    let verb = words.by_ref().take(ASIDE).find(|word| !is("between", word));
    let but = words.position(|word| word == "but");
    verb.is_some_and(|verb| is("tell", verb) || is("give", verb))
        && but.is_some()
        && matches!(words.next(), Some("not" | "no"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::LogicalBuilder;

    fn purposes(text: &str) -> Vec<Purpose> {
        let mut builder = LogicalBuilder::default();
        builder.push_line(text, 0, 0);
        let content = Content::read(builder.finish(), Role::Field(Field::Rationale), 0);
        content.mentioned().iter().map(|(_, purpose)| *purpose).collect()
    }

    #[test]
    fn what_a_source_is_named_for() {
        use Purpose::{Other, Reliance, Report, Silence};
        for (text, expected) in [
            ("Per the ODG, a brace is an option.", Reliance),
            ("According to the current edition of the ODG, a brace helps.", Reliance),
            ("The ODG guidelines do not recommend a brace.", Reliance),
            ("The record meets the ODG criteria.", Reliance),
            ("A brace is recommended by the ODG.", Reliance),
            ("The MTUS is silent on braces.", Silence),
            ("MTUS: no section on braces.", Silence),
            ("There is no wrist chapter in the MTUS.", Silence),
            ("The MTUS discusses burns and foreign bodies of the eye but not scars.", Silence),
            ("Nor does the ODG set criteria for braces.", Silence),
            (
                "MTUS: recommended for up to six weeks where a goal was set at the start; they do not include braces.",
                Reliance,
            ),
            ("Braces are not addressed in the MTUS.", Silence),
            ("The MTUS does not set a number of visits.", Silence),
            ("The MTUS gives no rule on a second brace.", Silence),
            ("The MTUS has nothing to say on braces.", Silence),
            ("The MTUS was consulted and does not settle the question.", Silence),
            ("The MTUS was consulted and does not recommend a brace.", Reliance),
            ("The ODG gives no support to braces.", Reliance),
            ("The ODG does not allow more than six visits.", Reliance),
            ("The treating physician quoted the ODG.", Report),
            ("The physician's request does not meet the ODG.", Reliance),
            ("Utilization review cited the ODG.", Report),
            ("The claims administrator relied on the ODG chapter on braces.", Report),
            ("The ODG and the record differ.", Other),
            ("Bracing is of no use (ODG, Low Back).", Reliance),
        ] {
            assert_eq!(purposes(text), [expected], "{text}");
        }
        let both = "As the MTUS is silent, the ODG were consulted.";
        assert_eq!(purposes(both), [Silence, Reliance]);
        assert_eq!(purposes("Braces are not found in the MTUS, the ODG, or ACOEM."), [Silence; 3]);
        assert_eq!(purposes("Neither the MTUS nor the ODG covers braces."), [Silence; 2]);
        assert_eq!(purposes("Neither the MTUS nor the dental section of the ODG covers gums."), [Silence; 2]);
        assert_eq!(purposes("MTUS, ODG and ACOEM are silent."), [Silence; 3]);
    }

    #[test]
    fn every_kind_has_phrases() {
        for kind in [
            "silence", "report", "before", "near", "after", "between", "party", "citing", "tell", "give",
            "word", "turn", "looked", "look",
        ] {
            assert!(
                PHRASES[kind].values().flatten().all(|phrase| *phrase == phrase.to_lowercase()),
                "{kind}"
            );
        }
    }
}
