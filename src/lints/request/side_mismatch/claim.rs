//! What is told of one side of the body, so that the same is known again where it is told of the other.

use std::ops::Range;

use crate::engine::ItemContext;
use crate::letter::facts::finding::Polarity;
use crate::letter::facts::{RegionId, Side, SideValue, region};
use crate::letter::{Argued, Content, Place, Sentence};
use crate::text::{Key, Span, Token, TokenKind, key};

/// What two statements have in common must weigh this much, or they need not be of one thing.
const LEAST_SHARED: usize = 2;
/// Shorter words tell too little.
const SHORTEST: usize = 4;
/// How clearly a mark parts two statements that have nothing to do with each other.
const FULL: u8 = 4;

/// What a part of a sentence tells.
pub(super) struct Claim {
    /// Of which side; absent where none is known.
    side: Option<SideValue>,
    /// The parts of the body beside its words for sides.
    regions: Vec<RegionId>,
    /// Its word for a side; its sentence where it has none.
    pub(super) place: Place,
    words: Vec<Word>,
    /// Whether it tells of something that is wrong.
    is_trouble: bool,
}

/// What a word tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// What is spoken of.
    What,
    /// Which reflex is spoken of ("biceps reflex").
    Reflex,
    /// How something is ("positive", "4/5").
    How,
}

/// A word that tells something, as it can be compared.
#[derive(Clone)]
struct Word {
    stem: Key,
    weight: usize,
    says: Says,
    span: Span,
}

/// A part of a sentence that names one side only, or both together.
struct Part<'c> {
    tokens: Range<usize>,
    /// Whether it may leave to the part before what it is about: "positive on the right and negative on the left".
    is_continued: bool,
    sides: Vec<&'c Side>,
}

/// What the case summary tells, part by part.
pub(super) struct Claims(Vec<Claim>);

impl Claims {
    /// Those of the item's letter.
    pub(super) fn of_summary(context: &ItemContext<'_>) -> Self {
        let mut claims: Vec<Claim> = Vec::new();
        // The side and the part of the body of which a block goes on to speak.
        let mut topic: Option<(usize, SideValue, Vec<RegionId>)> = None;
        for argued in context.letter.summary_sentences() {
            let parts = parts(argued.content, argued.sentence);
            let names_side = names_side(argued.content, argued.sentence);
            let first = argued.content.facts().regions.iter().find(|region| argued.holds(&region.span));
            let is_elsewhere = |own: &[RegionId]| {
                first.is_some_and(|first| own.iter().all(|&own| !region::are_of_one_limb(own, first.id)))
            };
            topic = topic.filter(|(block, _, own)| *block == argued.block && !is_elsewhere(own));
            let mut earlier: (Vec<Word>, Vec<RegionId>) = Default::default();
            let compares = names_both(argued.content, argued.sentence);
            for part in parts {
                let mut words = words(context, argued.content, &part.tokens);
                let mut regions: Vec<RegionId> = part.sides.iter().filter_map(|side| side.region).collect();
                if part.is_continued && regions.is_empty() {
                    words.extend(earlier.0.iter().filter(|word| word.says != Says::How).cloned());
                    regions.clone_from(&earlier.1);
                }
                let mut side = part.side();
                if let Some((_, topic, of)) = topic.take().filter(|_| !names_side) {
                    side = Some(topic);
                    regions = of;
                }
                topic = side.filter(|_| !compares).map(|side| (argued.block, side, regions.clone()));
                earlier = (words.clone(), regions.clone());
                let span = part.sides.first().map_or(&argued.sentence.span, |side| &side.span);
                let is_trouble = is_trouble(context, argued.content, &part.tokens);
                claims.push(Claim { side, regions, place: argued.place(span.clone()), words, is_trouble });
            }
        }
        Self(claims)
    }

    /// What a statement on a side says of the other one according to the summary: that claim, and where the words of the
    /// statement begin and end that only it shares.
    pub(super) fn of_other_side(&self, own: &Claim) -> Option<(&Claim, Span)> {
        let side = own.side?;
        let fitting = || self.0.iter().filter(|claim| own.may_be_of(claim));
        let (other, mine): (Vec<&Claim>, Vec<&Claim>) =
            fitting().partition(|claim| claim.side.is_some_and(|other| side.is_opposite(other)));
        let best = other.into_iter().max_by_key(|claim| own.shared(claim))?;
        let is_new = |word: &&Word| best.has(word) && !mine.iter().any(|claim| claim.has(word));
        let new = own.words.iter().filter(is_new).collect::<Vec<_>>();
        let names = new.iter().any(|word| word.says != Says::How || word.weight >= LEAST_SHARED)
            || own.shared(best) > LEAST_SHARED;
        let is_same = own.shared(best) >= LEAST_SHARED && names;
        let most = mine.iter().map(|claim| own.shared(claim)).max().unwrap_or(0);
        if !is_same || most >= own.shared(best) {
            return None;
        }
        let start = new.iter().map(|word| word.span.start).min()?;
        let end = new.iter().map(|word| word.span.end).max()?;
        Some((best, start..end))
    }

    /// Whether the summary names a side of a part of the body, and only to say that nothing is wrong there.
    pub(super) fn is_well(&self, side: SideValue, region: RegionId) -> bool {
        let is_of = |claim: &&Claim| claim.regions.iter().any(|&other| region::are_one_part(region, other));
        let mut own = self
            .0
            .iter()
            .filter(is_of)
            .filter(|claim| claim.side.is_some_and(|other| !other.is_opposite(side)))
            .peekable();
        own.peek().is_some() && own.all(|claim| !claim.is_trouble)
    }
}

impl Claim {
    /// What a sentence of a rationale says in the clause around a word for a side.
    pub(super) fn around(context: &ItemContext<'_>, argued: &Argued<'_>, side: &Side) -> Option<Self> {
        let content = argued.content;
        let part =
            parts(content, argued.sentence).into_iter().find(|part| part.holds(content, &side.span))?;
        let value = part.side()?;
        let at = content.tokens.partition_point(|token| token.span.start < side.span.start);
        let ends = |&at: &usize| context.is_in("clause-ends", content.tokens[at].small(content.text()));
        let start = (part.tokens.start..at).rfind(ends).map_or(part.tokens.start, |end| end + 1);
        let end = (at..part.tokens.end).find(ends).unwrap_or(part.tokens.end);
        let denies = |at: usize| context.is_in("denials", content.tokens[at].small(content.text()));
        if (start..at).any(denies) {
            return None;
        }
        let words = words(context, content, &(start..end));
        // "The left ankle reflex was not said to be absent."
        if words.iter().any(|word| word.says == Says::Reflex) && (at..end).any(denies) {
            return None;
        }
        let is_trouble = is_trouble(context, content, &(start..end));
        let place = argued.place(side.span.clone());
        Some(Self { side: Some(value), regions: side.region.into_iter().collect(), place, words, is_trouble })
    }

    /// Whether it tells of something that is wrong.
    pub(super) fn is_trouble(&self) -> bool {
        self.is_trouble
    }

    /// Whether the parts of the body of two claims, and their reflexes, may be the same.
    fn may_be_of(&self, other: &Self) -> bool {
        let is_one = |one: RegionId, two: RegionId| {
            region::are_one_part(one, two) || region::are_of_one_limb(one, two)
        };
        let fits = |one: &RegionId| other.regions.iter().any(|&two| is_one(*one, two));
        let reflexes = || self.words.iter().filter(|word| word.says == Says::Reflex);
        let names_reflex = other.words.iter().any(|word| word.says == Says::Reflex);
        let is_other_reflex =
            names_reflex && reflexes().next().is_some() && !reflexes().any(|word| other.has(word));
        !is_other_reflex
            && (self.regions.is_empty() || other.regions.is_empty() || self.regions.iter().any(fits))
    }

    fn has(&self, word: &Word) -> bool {
        self.words.iter().any(|own| own.stem == word.stem)
    }

    /// What it has in common with another.
    fn shared(&self, other: &Self) -> usize {
        let mut counted: Vec<Key> = Vec::new();
        let mut weight = 0;
        for word in self.words.iter().filter(|word| other.has(word)) {
            if !counted.contains(&word.stem) {
                counted.push(word.stem);
                weight += word.weight;
            }
        }
        weight
    }
}

impl Part<'_> {
    fn holds(&self, content: &Content, span: &Span) -> bool {
        content
            .tokens
            .get(self.tokens.clone())
            .into_iter()
            .flatten()
            .any(|token| token.span.start == span.start)
    }

    /// The side that it names; both, where it names two.
    fn side(&self) -> Option<SideValue> {
        let (first, rest) = self.sides.split_first()?;
        let is_one = rest.iter().all(|side| side.value == first.value);
        Some(if is_one { first.value } else { SideValue::Bilateral })
    }
}

/// Cuts a sentence between words for different sides, at the strongest joint there.
fn parts<'c>(content: &'c Content, sentence: &Sentence) -> Vec<Part<'c>> {
    let span = &sentence.span;
    let sides: Vec<&Side> =
        content.facts().sides.iter().filter(|side| span.contains(&side.span.start)).collect();
    let token_at = |offset: usize| content.tokens.partition_point(|token| token.span.start < offset);
    let mut parts = vec![Part { tokens: sentence.tokens.clone(), is_continued: false, sides: Vec::new() }];
    let mut before: Option<&Side> = None;
    for side in sides {
        if let Some(before) = before.filter(|before| before.value != side.value) {
            let between = token_at(before.span.end)..token_at(side.span.start);
            let joint = between.map(|at| (joint(content.tokens[at].small(content.text())), at)).max();
            if let Some((strength, at)) = joint.filter(|(strength, _)| *strength > 0)
                && let Some(last) = parts.last_mut()
            {
                let end = std::mem::replace(&mut last.tokens.end, at);
                parts.push(Part { tokens: at + 1..end, is_continued: strength < FULL, sides: Vec::new() });
            }
        }
        if let Some(last) = parts.last_mut() {
            last.sides.push(side);
        }
        before = Some(side);
    }
    parts
}

/// How clearly a word or mark parts what is said of one side from what is said of the other.
fn joint(word: &str) -> u8 {
    match word {
        ";" | "." => FULL,
        "but" | "while" | "whereas" | "against" | "versus" | "compared" | "although" => 3,
        "," => 2,
        "and" => 1,
        _ => 0,
    }
}

/// Some tokens without marks and what is denied.
fn told<'c>(
    context: &ItemContext<'_>,
    content: &'c Content,
    tokens: &Range<usize>,
) -> impl Iterator<Item = &'c Token> {
    let mut is_denied = false;
    let tokens = content.tokens.get(tokens.clone()).into_iter().flatten();
    tokens.filter(move |token| {
        let word = token.small(content.text());
        if token.kind == TokenKind::Mark {
            is_denied &= !matches!(word, "," | ";" | ":" | ".");
            return false;
        }
        is_denied = word != "but" && (is_denied || context.is_in("denials", word));
        !is_denied
    })
}

/// The words of some tokens that tell something.
fn words(context: &ItemContext<'_>, content: &Content, tokens: &Range<usize>) -> Vec<Word> {
    let (text, facts) = (content.text(), content.facts());
    let own = content.tokens.get(tokens.clone()).unwrap_or_default();
    let (Some(first), Some(last)) = (own.first(), own.last()) else { return Vec::new() };
    let whole = first.span.start..last.span.end;
    let is_date = |span: &Span| {
        facts.dates.iter().any(|date| date.span.start <= span.start && span.end <= date.span.end)
    };
    // Whoever speaks of one knee and of the other says "knee" of both.
    let is_part = |token: &Token| {
        let word = token.bare(text);
        facts.regions.iter().any(|region| {
            region.span.contains(&token.span.start) && region.id.name().contains(word.trim_end_matches('s'))
        })
    };
    let mut words = Vec::new();
    for token in told(context, content, tokens).filter(|token| !is_date(&token.span)) {
        let word = token.bare(text);
        let is_number = token.kind == TokenKind::Number;
        if is_number || word.len() >= SHORTEST && !context.is_in("unspecific", word) && !is_part(token) {
            let is_result = is_number || context.is_in("results", word);
            let says = if is_result { Says::How } else { Says::What };
            words.push(Word { stem: key(stem(word)), weight: 1, says, span: token.span.clone() });
        }
    }
    let levels = facts.levels.iter().filter(|level| whole.contains(&level.span.start));
    words.extend(levels.map(|level| Word {
        stem: key(&text[level.span.clone()].to_lowercase()),
        weight: 1,
        says: Says::What,
        span: level.span.clone(),
    }));
    // "Biceps reflex": the muscle alone may be told of either arm.
    words.extend(own.windows(2).filter(|pair| matches!(pair[1].bare(text), "reflex" | "jerk")).map(|pair| {
        Word {
            stem: key(&format!("reflex {}", pair[0].bare(text).to_lowercase())),
            weight: LEAST_SHARED,
            says: Says::Reflex,
            span: pair[0].span.start..pair[1].span.end,
        }
    }));
    let there = facts.findings.iter().filter(|fact| {
        whole.contains(&fact.span.start) && fact.polarity == Polarity::Present && fact.id.name() != "pain"
    });
    words.extend(there.map(|fact| Word {
        stem: key(&format!("finding {}", fact.id.name())),
        weight: LEAST_SHARED,
        says: Says::How,
        span: fact.span.clone(),
    }));
    words
}

/// A word without its ending.
fn stem(word: &str) -> &str {
    let endings = ["ening", "ened", "ness", "ing", "ed", "es", "s"];
    let cut =
        endings.iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() >= SHORTEST));
    cut.unwrap_or(word)
}

/// Whether some tokens say that something is wrong.
fn is_trouble(context: &ItemContext<'_>, content: &Content, tokens: &Range<usize>) -> bool {
    let is_finding = |word: &Word| word.weight >= LEAST_SHARED;
    told(context, content, tokens).any(|token| context.is_in("troubles", token.bare(content.text())))
        || words(context, content, tokens).iter().any(is_finding)
}

/// Whether a sentence has a word for a side, known as such or not.
fn names_side(content: &Content, sentence: &Sentence) -> bool {
    let mut words = sentence.tokens.clone().map(|at| content.tokens[at].small(content.text()));
    words.any(|word| matches!(word, "left" | "right" | "both" | "bilateral" | "bilaterally" | "either"))
}

/// Whether a sentence holds one side against the other.
fn names_both(content: &Content, sentence: &Sentence) -> bool {
    let sides = content.facts().sides.iter();
    let mut own = sides.filter(|side| sentence.span.contains(&side.span.start)).map(|side| side.value);
    own.next().is_some_and(|first| own.any(|side| side != first))
}
