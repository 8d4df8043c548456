//! Whose a quantity is, as its own clause says: asked for, allowed, had.

use std::ops::Range;

use super::Quantity;
use super::lexeme::Lexeme;

/// What a clause says of its quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// Asked for now ("the request is for", "an additional 6", "was denied").
    Requested,
    /// Allowed by the claims administrator ("previously authorized", "modified to").
    Authorized,
    /// Done ("completed", "has had").
    Completed,
    /// Of an earlier time ("prior", "originally requested").
    Prior,
}

/// What a word says of a quantity near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    Requested,
    /// More than there was before: asked for, unless the clause says otherwise.
    Further,
    Authorized,
    Completed,
    Prior,
}

impl Cue {
    /// A cue by its name in the vocabulary.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "requested" => Self::Requested,
            "further" => Self::Further,
            "authorized" => Self::Authorized,
            "completed" => Self::Completed,
            "prior" => Self::Prior,
            _ => return None,
        })
    }

    fn context(self) -> Context {
        match self {
            Self::Requested | Self::Further => Context::Requested,
            Self::Authorized => Context::Authorized,
            Self::Completed => Context::Completed,
            Self::Prior => Context::Prior,
        }
    }
}

/// How many words may stand between a quantity and the verb that decides it ("12 visits of PT were then approved").
const VERB_REACH: usize = 8;

/// How far a clause is searched for what it says of its quantity.
const CLAUSE_REACH: usize = 40;

/// The context of the quantity that these lexemes write.
pub(super) fn read(lexemes: &[Lexeme], quantity: Range<usize>) -> Option<Context> {
    let ends_clause = |lexeme: &Lexeme| {
        matches!(
            lexeme.word.as_ref(),
            "," | ";" | ":" | "." | "but" | "while" | "whereas" | "however" | "which"
        )
    };
    let first = quantity.start.saturating_sub(CLAUSE_REACH);
    let last = lexemes.len().min(quantity.end + CLAUSE_REACH);
    let start =
        lexemes[first..quantity.start].iter().rposition(ends_clause).map_or(first, |at| first + at + 1);
    let end = lexemes[quantity.end..last].iter().position(ends_clause).map_or(last, |at| quantity.end + at);
    let before = &lexemes[start..quantity.start];
    let after = &lexemes[quantity.end..end];
    let inner = cues(&lexemes[quantity]);
    let (strong, weak): (Vec<_>, Vec<_>) = inner.partition(|&cue| cue != Cue::Further);
    decided(after)
        .or_else(|| strong.first().map(|cue| cue.context()))
        .or_else(|| announced(before))
        .or_else(|| weak.first().map(|cue| cue.context()))
        .or_else(|| cues(after).next().map(Cue::context))
}

/// The cues among these lexemes; "more than" and "no more than" are bounds.
fn cues(lexemes: &[Lexeme]) -> impl DoubleEndedIterator<Item = Cue> {
    lexemes.iter().enumerate().filter_map(|(at, lexeme)| {
        let is_bound = lexemes.get(at + 1).is_some_and(|next| next.is("than"));
        // "s/p 12 sessions"
        let is_status = lexeme.is("p") && at >= 2 && lexemes[at - 1].is("/") && lexemes[at - 2].is("s");
        // "It will last six months."
        let is_verb = lexeme.is("last")
            && at > 0
            && ["will", "would", "to", "can"].iter().any(|word| lexemes[at - 1].is(word));
        lexeme.roles.cue.filter(|_| !is_bound && !is_verb).or(is_status.then_some(Cue::Completed))
    })
}

/// The context of the whole in "6 of the 12 visits": its own adjective's, else what was allowed or asked for before.
pub(super) fn of_whole(lexemes: &[Lexeme], whole: Range<usize>, part: &Quantity) -> Context {
    let adjectives = &lexemes[whole.start.saturating_sub(2)..whole.end];
    let own = adjectives.iter().filter_map(|lexeme| lexeme.roles.cue).rfind(|&cue| cue != Cue::Further);
    match (own, part.context) {
        (Some(cue), _) => cue.context(),
        (None, Some(Context::Completed)) => Context::Authorized,
        (None, _) => Context::Requested,
    }
}

/// "… were certified", "… requested", "… to date".
fn decided(after: &[Lexeme]) -> Option<Context> {
    let word = |at: usize| after.get(at).map(|lexeme| lexeme.word.as_ref());
    for at in 0..after.len().min(VERB_REACH) {
        let is_verb = matches!(word(at), Some("were" | "was" | "are" | "is" | "been"));
        if matches!((word(at), word(at + 1)), (Some("to"), Some("date")) | (Some("so"), Some("far"))) {
            return Some(Context::Completed);
        }
        if !is_verb && at > 0 {
            continue;
        }
        let verb = if is_verb { at + 1 } else { at };
        let negated = matches!(word(verb), Some("not" | "non" | "never"));
        let words = || after[verb..].iter().take(4);
        let is_prior = words().any(|lexeme| lexeme.roles.cue == Some(Cue::Prior));
        let mut cues = words().take(if is_verb { 4 } else { 1 }).filter_map(|lexeme| lexeme.roles.cue);
        let cue = cues.rfind(|&cue| !matches!(cue, Cue::Prior | Cue::Further));
        match cue {
            // "12 sessions were modified to 6", "was partially certified": what was asked for.
            Some(Cue::Authorized) if negated || is_cut(after, verb) => return Some(Context::Requested),
            Some(Cue::Requested) if is_prior => return Some(Context::Prior),
            Some(cue) => return Some(cue.context()),
            None => {}
        }
    }
    None
}

/// Whether the verb here allows less than its quantity.
fn is_cut(after: &[Lexeme], verb: usize) -> bool {
    let cuts = |lexeme: &Lexeme| matches!(&*lexeme.word, "partially" | "modified" | "reduced");
    after[verb..].iter().take(2).any(cuts)
}

/// The last cue before the quantity, as the cues before it turn it.
fn announced(before: &[Lexeme]) -> Option<Context> {
    let mut cues = cues(before).rev();
    let last = cues.next()?;
    let earlier: Vec<_> = cues.collect();
    match last {
        Cue::Requested if earlier.contains(&Cue::Authorized) => Some(Context::Authorized),
        Cue::Requested if earlier.first() == Some(&Cue::Prior) => Some(Context::Prior),
        Cue::Further => earlier.first().map_or(Some(Context::Requested), |cue| Some(cue.context())),
        cue => Some(cue.context()),
    }
}
