//! The form of a verb behind the word that helps it.

use crate::engine::SentenceWords;
use crate::text::verb::{Form, form_of, verb};
use crate::text::{Parts, key};

/// "Did not attended", "has went", "was give", "able to lifts", "should receives".
pub fn wanted(words: &SentenceWords<'_>, at: usize, found: &str) -> Option<String> {
    let (helper_at, is_negated) = helper(words, at)?;
    // "The policy is DENY", "the May reports": names.
    let is_name = |at: usize| words.context.content.word(at).starts_with(char::is_uppercase);
    if is_name(at) || is_name(helper_at) && helper_at > words.sentence.tokens.start {
        return None;
    }
    let Some((verb, form)) = verb(found) else { return of_unlisted(words, at, found) };
    let helper = words.word(helper_at);
    let does = matches!(helper, "do" | "does" | "did");
    match form {
        Form::Third | Form::Past if does && is_negated => Some(verb.base.to_owned()),
        Form::Third if words.is_in("modals", helper) && !words.is_before("no-modal-behind", helper_at) => {
            Some(verb.base.to_owned())
        }
        Form::Past if helper == "to" && verb.past != verb.base && words.is_before("before-to", helper_at) => {
            Some(verb.base.to_owned())
        }
        Form::Third if helper == "to" && words.is_before("before-to", helper_at) => {
            Some(verb.base.to_owned())
        }
        Form::Past if verb.past != verb.participle && !verb.is_noun => {
            let is_have = matches!(helper, "has" | "have" | "had") && is_plain_subject(words, helper_at);
            let is_be = words.is_in("be", helper) && !words.has_word("relatives");
            (is_have || is_be).then(|| verb.participle.to_string())
        }
        Form::Base if !verb.is_noun && verb.base != verb.participle && !describes_noun(words, at) => {
            let is_have = matches!(helper, "has" | "have" | "had");
            let is_told = is_negated || words.is_at("agents", at + 1);
            let is_be = words.is_in("be", helper)
                && (is_told || !words.has_word("relatives"))
                && !words.has_word("plans");
            (is_have || is_be).then(|| verb.participle.to_string())
        }
        _ => None,
    }
}

/// "Has wear facets": a noun before the noun that it describes.
fn describes_noun(words: &SentenceWords<'_>, at: usize) -> bool {
    words.can_be(at, "noun") && words.can_only_be(at + 1, "nouns")
}

/// "Will bears", "does not discussed": a verb on no list, behind what asks for its base.
fn of_unlisted(words: &SentenceWords<'_>, at: usize, found: &str) -> Option<String> {
    let (helper_at, is_negated) = helper(words, at)?;
    let asks_for_base = match words.word(helper_at) {
        "do" | "does" | "did" => is_negated,
        helper => {
            words.is_in("modals", helper)
                && Parts::can_be(key(found), "verbs")
                && !words.is_before("no-modal-behind", helper_at)
        }
    };
    if !asks_for_base || !Parts::can_be(key(found), "verbs/past") {
        return None;
    }
    let bases = [
        form_of(found, "{base}"),
        found.strip_suffix("ed").map(str::to_owned),
        found.strip_suffix('d').map(str::to_owned),
    ];
    bases.into_iter().flatten().find(|base| base != found && Parts::can_be(key(base), "verb"))
}

/// The token before a verb that may help it, adverbs apart, and whether a "not" stands between.
fn helper(words: &SentenceWords<'_>, at: usize) -> Option<(usize, bool)> {
    let (mut helper, mut is_negated) = (at.checked_sub(1)?, false);
    let mut word = words.before(at);
    while words.is_in("adverbs", word) || word == "not" {
        is_negated |= word == "not";
        word = words.before(helper);
        helper = helper.checked_sub(1)?;
    }
    Some((helper, is_negated))
}

/// The sentence's subject, not one of a clause that hangs on a noun ("the pain he had began at work").
fn is_plain_subject(words: &SentenceWords<'_>, verb: usize) -> bool {
    let start = words.sentence.tokens.start;
    let may_modify = |at: usize| !words.word(at).is_empty() && !words.is_at("breaks", at);
    let between = start..verb;
    let is_pronoun = |at: usize| matches!(words.word(at), "he" | "she" | "it" | "they" | "that");
    match between.len() {
        1 => is_pronoun(start),
        2..=5 => {
            words.is_at("determiners", start) && between.skip(1).all(|at| may_modify(at) && !is_pronoun(at))
        }
        _ => false,
    }
}
