//! Reasons on the other side than the decision: the one to which the conclusion is joined, or all that are given.

use crate::engine::{Arg, Draft, ItemContext, Level, Sink};
use crate::letter::facts::{Bearing, Decided, Polarity, Stance, Strength, Weighed, Weigher};
use crate::letter::{
    Argued, Asked, Content, Decision, Item, Letter, Place, SentenceKind, Step, telling_words,
};
use crate::text::{Span, TokenKind};

/// Reasons of one side by which a rationale surely argues for it: a single one may be misread, or concede what others outweigh.
const SURE_REASONS: usize = 2;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    if joined(letter, item, sink) {
        return;
    }
    if let Some(draft) = of_main_item(context).or_else(|| weighed(context)) {
        sink.push(draft);
    }
}

/// "Since the primary procedure is medically necessary, …" of a procedure that was found not to be, or the other way round.
fn of_main_item(context: &ItemContext<'_>) -> Option<Draft> {
    let ItemContext { letter, item, .. } = context;
    let main = &letter.items[item.main_item?];
    let (decision, stated) = main.decision.as_ref()?;
    letter.argument(item).find_map(|argued| {
        let content = argued.content;
        let tokens = argued.sentence.tokens.clone();
        let is = |set: &str, at: usize| context.is_in(set, &content.lower(at));
        let is_own = argued.sentence.kind == SentenceKind::Statement
            && !tokens.clone().any(|at| is("hypothetical", at));
        let mut subjects = tokens.clone().filter(|&at| is("main", at) && is("operations", at + 1));
        let subject = subjects.next().filter(|_| is_own)?;
        let verb = (subject + 2..tokens.end).find(|&at| is("be", at)).filter(|&at| at <= subject + 3)?;
        let passes = |at: &usize| is("passing", *at) || is("denies", *at);
        let granted = (verb + 1..tokens.end).find(|at| !passes(at)).filter(|&at| is("granted", at))?;
        let is_denied = (verb..granted).any(|at| is("denies", at));
        let polarity = if is_denied { Polarity::NotNecessary } else { Polarity::Necessary };
        polarity.contradicts(*decision).then(|| {
            let span = content.tokens[subject].span.start..content.tokens[granted].span.end;
            let text =
                |place: &Place| Arg::letter(&letter.blocks[place.block].content.text()[place.span.clone()]);
            let place = argued.place(span);
            let decided = text(stated);
            Draft::new(place.clone(), "main")
                .arg("found", text(&place))
                .arg("decided", decided.clone())
                .related(stated.clone(), "decision", vec![("decided", decided)])
        })
    })
}

/// Premises of the opposite polarity of the conclusion to which they are joined.
fn joined(letter: &Letter, item: &Item, sink: &mut Sink) -> bool {
    let mut is_found = false;
    for block in letter.rationale(item) {
        let content = &letter.blocks[block].content;
        let facts = content.facts();
        for premise in &facts.premises {
            let Some(conclusion) = facts.conclusions.get(premise.conclusion) else { continue };
            let message = match (premise.bearing, conclusion.polarity) {
                (Bearing::Supports, Polarity::NotNecessary) => "message",
                (Bearing::Against, Polarity::Necessary) => "against",
                _ => continue,
            };
            // Where the decision says otherwise, the conclusion is what is wrong.
            let is_contradicted = item
                .decision
                .as_ref()
                .is_some_and(|(decision, _)| conclusion.polarity.contradicts(*decision));
            if is_contradicted {
                continue;
            }
            let span = premise.cue.clone().unwrap_or_else(|| premise.span.clone());
            // The denial's words, which the sentence goes on to refute.
            if content.is_quoted(content.tokens.partition_point(|token| token.span.start < span.start)) {
                continue;
            }
            // "No brace has been tried": the brace that is asked for.
            if premise.bearing == Bearing::Against && tries_request(letter, item, content, &span) {
                continue;
            }
            let [found, concluded] =
                [&span, &conclusion.words].map(|span| Arg::letter(&content.text()[span.clone()]));
            is_found = true;
            sink.push(
                Draft::new(Place { block, span }, message)
                    .arg("found", found)
                    .arg("concluded", concluded.clone())
                    .related(
                        Place { block, span: conclusion.words.clone() },
                        "conclusion",
                        vec![("concluded", concluded)],
                    ),
            );
        }
    }
    is_found
}

/// Whether what was not tried is what is requested.
fn tries_request(letter: &Letter, item: &Item, content: &Content, premise: &Span) -> bool {
    let is_trial =
        ["tried", "attempted", "used"].iter().any(|word| content.text()[premise.clone()].contains(word));
    let named = || telling_words(content, premise);
    let asks = |asked: Asked<'_>| named().iter().any(|(word, _)| asked.words.contains(word));
    is_trial && letter.asked(item).is_some_and(asks)
}

/// A reason on the other side than the decision: one that decides by itself, or the last where all stand there.
fn weighed(context: &ItemContext<'_>) -> Option<Draft> {
    let ItemContext { letter, item, .. } = context;
    let (decision, stated) = item.decision.as_ref()?;
    if item.is_unfinished
        || letter
            .deciding(item)
            .iter()
            .any(|(_, conclusion)| conclusion.polarity != Polarity::of_decision(*decision))
    {
        return None;
    }
    let (other_side, many, one) = match decision {
        Decision::Upheld => (Stance::For, "decided-for", "one-for"),
        Decision::Overturned => (Stance::Against, "decided-against", "one-against"),
        Decision::Partial => return None,
    };
    let reasons = Reasons::of(context)?;
    let (place, message, is_certain) = match reasons.all_on(other_side) {
        Some(place) if reasons.count() < SURE_REASONS => (place, one, false),
        Some(place) => (place, many, reasons.are_all_understood()),
        None => (reasons.decisive(other_side)?, one, false),
    };
    let text = |place: &Place| Arg::letter(&letter.blocks[place.block].content.text()[place.span.clone()]);
    let decided = text(stated);
    let draft = Draft::new(place.clone(), message)
        .arg("found", text(&place))
        .arg("decided", decided.clone())
        .related(stated.clone(), "decision", vec![("decided", decided)]);
    let draft = if is_certain { draft } else { draft.cap(Level::Warning) };
    let deciding = letter.deciding(item);
    Some(match deciding.last() {
        Some((block, conclusion)) => {
            let place = Place { block: *block, span: conclusion.words.clone() };
            let concluded = text(&place);
            draft.related(place, "conclusion", vec![("concluded", concluded)])
        }
        None => draft,
    })
}

/// The reasons that a rationale gives of this case up to its conclusion, behind its last turn.
struct Reasons<'l> {
    weighed: Vec<(Argued<'l>, Weighed)>,
    /// Whether a guideline by itself, or a number that it names, may be what the denial rests on.
    is_settled: bool,
}

impl<'l> Reasons<'l> {
    /// Reads them.
    fn of(context: &ItemContext<'l>) -> Option<Self> {
        let ItemContext { letter, item, .. } = context;
        const LEAST: usize = 3;
        let (_, heading) = letter.heading(item)?;
        let mut weigher = Weigher::new(heading, &item.request);
        let mut reasons: Vec<(Argued<'l>, Weighed)> = Vec::new();
        for argued in letter.argument(item).filter(|argued| !argued.content.is_question(argued.sentence)) {
            let content = argued.content;
            let body = content.tokens.partition_point(|token| token.span.start < content.body_start);
            let mut tokens = argued.sentence.tokens.start.max(body)..argued.sentence.tokens.end;
            let mut concluded = content.facts().conclusions.iter().filter(|conclusion| {
                argued.holds(&conclusion.span)
                    && conclusion.strength == Strength::Necessity
                    && conclusion.polarity != Polarity::Reported
            });
            let conclusion = concluded.next();
            if let Some(conclusion) = conclusion {
                let clause = content.tokens.partition_point(|token| token.span.start < conclusion.span.start);
                tokens.end = clause.min(tokens.end);
            }
            if tokens.start + LEAST <= tokens.end {
                // "Because …, the request is …": the clause is the very reason.
                let joins = conclusion.is_some() && context.is_in("joins", &content.lower(tokens.start));
                let mut weighed = weigher.weigh(content, argued.sentence, tokens);
                if joins && matches!(weighed.stance, Stance::For | Stance::Against) {
                    let (span, stance) = (weighed.span.clone(), weighed.stance);
                    weighed.decisive.push(Decided { span, stance, is_certain: false });
                }
                if weighed.turns {
                    reasons.clear();
                }
                reasons.push((argued, weighed));
            }
            if conclusion.is_some() {
                // What follows is advice.
                break;
            }
        }
        // A denial may rest on the guideline alone, or on a number that it names.
        let is_denied = item.decision.as_ref().is_some_and(|(decision, _)| *decision == Decision::Upheld);
        let asks_number = heading
            .tokens
            .iter()
            .any(|token| item.request.contains(&token.span.start) && token.kind == TokenKind::Number);
        let is_settled = weigher.is_disfavored() || weigher.has_open_limit() && asks_number;
        Some(Self { weighed: reasons, is_settled: is_denied && is_settled })
    }

    /// Those that say something of the case; what is asked for, or concluded, needs no reason of its own.
    fn told(&self) -> impl DoubleEndedIterator<Item = &(Argued<'l>, Weighed)> {
        self.weighed.iter().filter(|(argued, weighed)| match weighed.stance {
            Stance::Aside => false,
            Stance::Open => !matches!(argued.step, Step::Request | Step::Conclusion),
            Stance::For | Stance::Against | Stance::Mixed => true,
        })
    }

    /// How many words or clauses tell a side.
    fn count(&self) -> usize {
        self.told().map(|(_, weighed)| weighed.count).sum()
    }

    /// A reason that is not understood may be the one that counts.
    fn are_all_understood(&self) -> bool {
        self.told().all(|(_, weighed)| weighed.stance != Stance::Open)
    }

    /// The last, where it and all that are understood stand on one side, and it says so more than once if one is not understood.
    fn all_on(&self, side: Stance) -> Option<Place> {
        let (last, weighed) = self.told().last()?;
        let is_firm = self.are_all_understood() || weighed.count >= SURE_REASONS;
        let is_one_sided =
            self.told().all(|(_, weighed)| matches!(weighed.stance, Stance::Open) || weighed.stance == side);
        (weighed.stance == side && is_firm && is_one_sided && !self.is_settled)
            .then(|| last.place(weighed.span.clone()))
    }

    /// The last that decides for a side by itself.
    fn decisive(&self, side: Stance) -> Option<Place> {
        self.weighed.iter().rev().find_map(|(argued, weighed)| {
            let mut decided =
                weighed.decisive.iter().filter(|decided| decided.is_certain || !self.is_settled);
            decided.find(|decided| decided.stance == side).map(|decided| argued.place(decided.span.clone()))
        })
    }
}
