//! A number, frequency or duration that is not the request's.

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::letter::facts::Quantity;
use crate::letter::facts::counted::{self, Counted, singular};
use crate::letter::facts::quantity::{Aspect, Bound, Context, Stated, Unit};
use crate::letter::{Argued, Cue, Item, Letter, Place, Step};
use crate::text::Span;

/// How far before a number the limit stands to which it belongs.
const REACH: usize = 8;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let Some(request) = Request::of(letter, item).filter(|_| !letter.is_decided_in_part(item)) else {
        return;
    };
    for argued in letter.argument(item) {
        let mut slips = request.contradicting(&argued);
        if slips.is_empty() && argued.step == Step::Conclusion {
            slips.extend(request.miscounting(&argued));
        }
        for slip in slips {
            sink.push(draft(letter, argued.place(slip.found), request.place(slip.asked), slip.aspect));
        }
    }
}

/// The numbers of a request.
struct Request<'l> {
    block: usize,
    quantities: Vec<&'l Quantity>,
    /// Those of the other items.
    others: Vec<&'l Quantity>,
    counted: Vec<Counted>,
    /// Its words, as [`singular`] gives them.
    words: Vec<String>,
}

/// A number that is not the request's: its span in the rationale, and the request's in the heading.
struct Slip {
    found: Span,
    asked: Span,
    aspect: Aspect,
}

impl<'l> Request<'l> {
    fn of(letter: &'l Letter, item: &Item) -> Option<Self> {
        let (block, heading) = letter.heading(item)?;
        let others = letter.items.iter().filter(|other| other.blocks != item.blocks);
        let words = heading.tokens.iter().filter(|token| item.request.contains(&token.span.start));
        let words = words.map(|token| singular(&heading.text()[token.span.clone()]));
        Some(Self {
            block,
            quantities: asked(letter, item),
            others: others.flat_map(|other| asked(letter, other)).collect(),
            counted: counted::read(heading.text(), &heading.tokens, &item.request),
            words: words.filter(|word| word.len() > 2).collect(),
        })
    }

    fn place(&self, span: Span) -> Place {
        Place { block: self.block, span }
    }

    /// Quantities of a sentence that contradict the request's, where none confirms it.
    fn contradicting(&self, argued: &Argued<'_>) -> Vec<Slip> {
        let named: Vec<&Quantity> = quantities_in(argued).collect();
        if named.iter().any(|quantity| self.quantities.iter().any(|asked| asked.confirms(quantity))) {
            return Vec::new();
        }
        let of_request =
            named.into_iter().filter(|quantity| speaks_of_request(argued, quantity, &self.others));
        let slips = of_request.filter_map(|quantity| {
            let contradicts = |asked: &&Quantity| Some((asked.span.clone(), asked.contradicts(quantity)?));
            let (asked, aspect) = self.quantities.iter().find_map(contradicts)?;
            // Hours a week and hours a day are of another measure.
            let is_comparable = quantity.unit != Some(Unit::Hour) || aspect != Aspect::Frequency;
            is_comparable.then(|| Slip { found: quantity.span.clone(), asked, aspect })
        });
        slips.collect()
    }

    /// Any other noun of a conclusion that the request counts otherwise ("three gloves", where it asks for two).
    fn miscounting(&self, argued: &Argued<'_>) -> Option<Slip> {
        if [Cue::OtherTime, Cue::Granted].iter().any(|cue| argued.has(*cue)) {
            return None;
        }
        let facts = argued.content.facts();
        let overlaps = |one: &Span, two: &Span| one.start < two.end && two.start < one.end;
        let named = counted::read(argued.content.text(), &argued.content.tokens, &argued.sentence.span);
        let is_named = |number: u32| named.iter().any(|named| named.number == number);
        named.iter().find_map(|found| {
            // What is said with its frequency is weighed as a quantity.
            let is_anothers = facts
                .quantities
                .iter()
                .any(|quantity| quantity.frequency.is_some() && overlaps(&quantity.span, &found.span))
                || facts.elapsed.iter().any(|elapsed| overlaps(&elapsed.span, &found.span))
                || facts
                    .drugs
                    .iter()
                    .any(|drug| drug.name_span.start < found.span.start && overlaps(&drug.span, &found.span))
                || facts.conclusions.iter().all(|conclusion| !overlaps(&conclusion.span, &found.span))
                || argued.has_before(&found.span, Cue::Limit, REACH);
            let asked = if is_anothers { None } else { self.counted_otherwise(found) }?;
            (!is_named(asked.number)).then(|| Slip {
                found: found.span.clone(),
                asked: asked.span.clone(),
                aspect: if asked.is_measure { Aspect::Duration } else { Aspect::Count },
            })
        })
    }

    /// The request's other number of the same noun, or its only number where that counts no time and the noun is one
    /// of the request.
    fn counted_otherwise(&self, found: &Counted) -> Option<&Counted> {
        let same_noun = |asked: &&Counted| asked.nouns.iter().any(|noun| found.nouns.contains(noun));
        let mut of_noun = self.counted.iter().filter(same_noun);
        if let Some(first) = of_noun.next() {
            let is_other = first.number != found.number && of_noun.next().is_none();
            return is_other.then_some(first);
        }
        let [only] = &self.counted[..] else { return None };
        let is_of_request = !only.is_measure
            && !found.is_measure
            && found.number > 1
            && found.nouns.iter().any(|noun| self.words.contains(noun));
        (is_of_request && only.number != found.number).then_some(only)
    }
}

/// The quantities of a request.
fn asked<'l>(letter: &'l Letter, item: &Item) -> Vec<&'l Quantity> {
    let Some((_, heading)) = letter.heading(item) else { return Vec::new() };
    let quantities = heading.facts().quantities.iter();
    quantities.filter(|quantity| item.request.contains(&quantity.span.start)).collect()
}

fn quantities_in<'l>(argued: &Argued<'l>) -> impl Iterator<Item = &'l Quantity> + use<'l> {
    let span = argued.sentence.span.clone();
    argued.content.facts().quantities.iter().filter(move |quantity| span.contains(&quantity.span.start))
}

/// Whether a quantity is that of the request: not one that was allowed, had, recommended or asked for once, nor a drug's.
fn speaks_of_request(argued: &Argued<'_>, quantity: &Quantity, others: &[&Quantity]) -> bool {
    let facts = argued.content.facts();
    let is_of_drug = facts.drugs.iter().any(|drug| drug.span.contains(&quantity.span.start));
    let has_lasted = facts
        .elapsed
        .iter()
        .any(|elapsed| elapsed.span.start < quantity.span.end && quantity.span.start < elapsed.span.end);
    let is_anothers =
        matches!(quantity.context, Some(Context::Authorized | Context::Completed | Context::Prior));
    if is_of_drug || has_lasted || is_anothers || is_a_limit(argued, quantity) {
        return false;
    }
    let is_of_other_item = || others.iter().any(|other| other.confirms(quantity));
    match argued.step {
        Step::Aside => false,
        Step::Conclusion => true,
        Step::Request => !is_of_other_item() && !argued.has(Cue::OtherTime),
        Step::Statement => {
            quantity.context == Some(Context::Requested)
                && quantity.count.is_some()
                && !is_of_other_item()
                && !argued.has(Cue::OtherTime)
        }
    }
}

/// Whether it is a limit to which the request is held ("exceeds the 10 visits", "beyond the recommended 4 weeks").
fn is_a_limit(argued: &Argued<'_>, quantity: &Quantity) -> bool {
    let bound = match quantity.count {
        Some(Stated::Given(amount)) => amount.bound,
        _ => Bound::Exactly,
    };
    !matches!(bound, Bound::Exactly | Bound::About) || argued.has_before(&quantity.span, Cue::Limit, REACH)
}

fn draft(letter: &Letter, found: Place, asked: Place, aspect: Aspect) -> Draft {
    let text = |place: &Place| Arg::letter(&letter.blocks[place.block].content.text()[place.span.clone()]);
    let aspect = match aspect {
        Aspect::Count => "number",
        Aspect::Frequency => "frequency",
        Aspect::Duration => "duration",
    };
    Draft::new(found.clone(), "message")
        .arg("found", text(&found))
        .arg("asked", text(&asked))
        .arg("aspect", Arg::term(aspect))
        .related(asked, "request", Vec::new())
}
