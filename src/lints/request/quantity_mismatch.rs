//! A number, frequency or duration that is not the request's.

mod summary;
mod weighed;

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::letter::facts::Quantity;
use crate::letter::facts::counted::{self, Counted, singular};
use crate::letter::facts::number_word;
use crate::letter::facts::quantity::{Aspect, Bound, Context, Stated, Unit};
use crate::letter::{Argued, Block, Content, Cue, Decision, Item, Letter, Place, Role, Section, Step};
use crate::text::{Span, TokenKind};

/// How far before a number the limit stands to which it belongs.
const REACH: usize = 8;
/// How far behind a number the words stand that say who granted it: "four visits, which the carrier has approved".
const GRANTED_WITHIN: usize = 8;

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let Some(request) = Request::of(letter, item).filter(|_| !letter.is_decided_in_part(item)) else {
        return;
    };
    for argued in letter.argument(item) {
        let mut slips = request.contradicting(&argued, context);
        if slips.is_empty() && matches!(argued.step, Step::Conclusion | Step::Request) {
            slips.extend(request.miscounting(&argued, context));
        }
        if slips.is_empty() {
            slips.extend(request.asked_barely(&argued, context));
        }
        if slips.is_empty() && argued.step == Step::Conclusion {
            slips.extend(request.as_often_otherwise(&argued));
        }
        slips.retain(|slip| !is_another_number(&argued, &slip.found, item, context));
        for slip in slips {
            sink.push(draft(letter, argued.place(slip.found), request.place(slip.asked), slip.aspect));
        }
    }
    let Some(asked) = letter.asked(item) else { return };
    for (found, asked, aspect) in summary::differing(letter, &asked, &request.quantities) {
        sink.push(draft(letter, found, request.place(asked), aspect));
    }
}

/// The numbers of a request.
struct Request<'l> {
    block: usize,
    content: &'l Content,
    span: Span,
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
            content: heading,
            span: item.request.clone(),
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
    fn contradicting(&self, argued: &Argued<'_>, context: &ItemContext<'_>) -> Vec<Slip> {
        let named: Vec<&Quantity> = quantities_in(argued).collect();
        // A number of tablets that is right says nothing of the refills.
        let is_refill = |quantity: &Quantity| quantity.unit == Some(Unit::Refill);
        let is_confirmed = |of_refills: bool| {
            let mut named = named.iter().filter(|quantity| is_refill(quantity) == of_refills);
            named.any(|quantity| self.quantities.iter().any(|asked| asked.confirms(quantity)))
        };
        let (confirmed, refills_confirmed) = (is_confirmed(false), is_confirmed(true));
        let is_open = |quantity: &&Quantity| !if is_refill(quantity) { refills_confirmed } else { confirmed };
        let of_request = named
            .into_iter()
            .filter(is_open)
            .filter(|quantity| speaks_of_request(argued, quantity, self, context));
        let slips = of_request.filter_map(|quantity| {
            let contradicts = |asked: &&Quantity| Some((asked.span.clone(), asked.contradicts(quantity)?));
            let (asked, aspect) = self.quantities.iter().find_map(contradicts)?;
            // Hours a week and hours a day are of another measure.
            let is_comparable = quantity.unit != Some(Unit::Hour) || aspect != Aspect::Frequency;
            is_comparable.then(|| Slip { found: quantity.span.clone(), asked, aspect })
        });
        slips.collect()
    }

    /// "4 hours a day, 7 days a week", of a request for 5 days a week; "every 4 weeks", of one for every 6.
    fn as_often_otherwise(&self, argued: &Argued<'_>) -> Option<Slip> {
        [weighed::days_a_week, weighed::interval].into_iter().find_map(|read| {
            let (asked, found) =
                (read(self.content, &self.span)?, read(argued.content, &argued.sentence.span)?);
            // Three months and twelve weeks are one.
            let ((number, unit), (asked_number, asked_unit)) = (found.0, asked.0);
            (number != asked_number && unit == asked_unit).then_some(Slip {
                found: found.1,
                asked: asked.1,
                aspect: Aspect::Frequency,
            })
        })
    }

    /// "Two more are requested", "with the 12 requested": a number without its noun, of a request that counts one thing.
    fn asked_barely(&self, argued: &Argued<'_>, context: &ItemContext<'_>) -> Option<Slip> {
        let content = argued.content;
        let others = [Cue::OtherTime, Cue::Granted].iter().any(|cue| argued.has(*cue));
        let (asked, amount) = self.only_count()?;
        if argued.step == Step::Aside || others {
            return None;
        }
        let first = content.tokens.partition_point(|token| token.span.start < argued.sentence.span.start);
        let last = content.tokens.partition_point(|token| token.span.start < argued.sentence.span.end);
        let word = |at: usize| content.tokens.get(at).map_or("", |token| &content.text()[token.span.clone()]);
        let is_in = |set: &str, at: usize| context.is_in(set, &word(at).to_lowercase());
        (first..last).find_map(|at| {
            let number = number_word::parse(word(at))?;
            let behind = (at + 1..last).find(|&next| !is_in("more", next))?;
            let verb = (behind..last).find(|&next| !is_in("copula", next))?;
            let opens =
                at == first || is_in("opens", at - 1) || content.tokens[at - 1].kind == TokenKind::Mark;
            let is_definite = at > first && is_in("definite", at - 1);
            let is_asked = opens && is_in("asked", verb) && (verb > at + 1 || is_definite);
            let differs = number != amount;
            let is_anothers = self.others.iter().any(|other| is_count(other, number));
            let span = content.tokens[at].span.start..content.tokens[verb].span.end;
            (is_asked && differs && !is_anothers).then(|| Slip {
                found: span,
                asked: asked.clone(),
                aspect: Aspect::Count,
            })
        })
    }

    /// The only number that it gives, with its span, where that counts no time.
    fn only_count(&self) -> Option<(Span, u32)> {
        let mut counts = self.quantities.iter().filter(|quantity| quantity.count.is_some());
        let Some(quantity) = counts.next() else {
            let [only] = &self.counted[..] else { return None };
            return (!only.is_measure).then(|| (only.span.clone(), only.number));
        };
        let Some(Stated::Given(amount)) = quantity.count.filter(|_| counts.next().is_none()) else {
            return None;
        };
        (amount.least == amount.most).then(|| (quantity.span.clone(), amount.least))
    }

    /// Any other noun of a conclusion that the request counts otherwise ("three gloves", where it asks for two).
    fn miscounting(&self, argued: &Argued<'_>, context: &ItemContext<'_>) -> Option<Slip> {
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
                    && !is_announced(argued, &found.span, context)
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
fn speaks_of_request(
    argued: &Argued<'_>,
    quantity: &Quantity,
    request: &Request<'_>,
    context: &ItemContext<'_>,
) -> bool {
    let facts = argued.content.facts();
    let is_of_drug = quantity.unit != Some(Unit::Refill)
        && facts.drugs.iter().any(|drug| drug.span.contains(&quantity.span.start));
    let has_lasted = facts
        .elapsed
        .iter()
        .any(|elapsed| elapsed.span.start < quantity.span.end && quantity.span.start < elapsed.span.end);
    let is_anothers =
        matches!(quantity.context, Some(Context::Authorized | Context::Completed | Context::Prior));
    let is_no_amount = is_a_limit(argued, quantity)
        || is_of_year(argued, quantity)
        || is_part_of_regimen(argued, quantity, context);
    if is_of_drug || has_lasted || is_no_amount {
        return false;
    }
    let is_of_other_item = || request.others.iter().any(|other| other.confirms(quantity));
    // "The request is for 8 sessions, which she has not had before".
    if is_announced(argued, &quantity.span, context) && argued.step != Step::Aside {
        return !is_of_other_item();
    }
    let is_weighed = || {
        weighed::is_weighed(argued, quantity, context)
            && !is_total(context.letter, &request.quantities, quantity)
    };
    match argued.step {
        _ if is_anothers && !(argued.step == Step::Statement && is_weighed()) => false,
        Step::Aside => false,
        Step::Conclusion => true,
        Step::Request => !is_of_other_item() && !argued.has(Cue::OtherTime),
        Step::Statement => {
            let is_solid = matches!(quantity.unit, Some(Unit::Tablet | Unit::Capsule));
            // "A week's supply of another drug would be 20 tablets."
            let is_asked =
                quantity.context == Some(Context::Requested) && !(is_solid && argued.has(Cue::Further));
            let is_of_drug =
                || quantity.unit == Some(Unit::Refill) || is_solid && is_supply(argued, quantity, context);
            (is_asked || is_weighed() || quantity.context.is_none() && is_of_drug())
                && (quantity.count.is_some() || quantity.duration.is_some() && is_weighed())
                && !is_of_other_item()
                && !argued.has(Cue::OtherTime)
        }
    }
}

/// Whether the words directly before a number say that it is what is asked for: "the request is for 120 hours".
fn is_announced(argued: &Argued<'_>, number: &Span, context: &ItemContext<'_>) -> bool {
    let content = argued.content;
    let at = content.tokens.partition_point(|token| token.span.start < number.start);
    let word = |steps: usize| {
        let token = at.checked_sub(steps).and_then(|at| content.tokens.get(at));
        token.map_or(String::new(), |token| content.text()[token.span.clone()].to_lowercase())
    };
    let is_for = context.is_in("for", &word(1));
    is_for
        && (context.is_in("request", &word(2))
            || context.is_in("copula", &word(2)) && context.is_in("request", &word(3)))
}

/// "The 4-week interval": how often, not how long; or a part of what a sum is made of.
fn is_part_of_regimen(argued: &Argued<'_>, quantity: &Quantity, context: &ItemContext<'_>) -> bool {
    let content = argued.content;
    let behind = content.tokens.partition_point(|token| token.span.start < quantity.span.end);
    quantity.duration.is_some() && context.is_in("interval", &content.lower(behind))
        // "Three hours a day on five days of the week".
        || content.lower(behind) == "of" && content.lower(behind + 2) == "week"
        // "Six a day for 30 days come to 180".
        || context.is_in("makes-up", &content.lower(behind)) && content.lower(behind + 1) == "to"
}

/// "A quantity of 120 tablets", "a supply of 30 tablets", in a sentence that names no drug.
fn is_supply(argued: &Argued<'_>, quantity: &Quantity, context: &ItemContext<'_>) -> bool {
    let content = argued.content;
    let end = content.tokens.partition_point(|token| token.span.start < quantity.span.end);
    let start = content.tokens.partition_point(|token| token.span.start < quantity.span.start);
    let names_drug =
        content.facts().drugs.iter().any(|drug| argued.sentence.span.contains(&drug.name_span.start));
    let mut near = content.tokens[start.saturating_sub(2)..end].iter();
    !names_drug
        && near.any(|token| context.is_in("supply", &content.text()[token.span.clone()].to_lowercase()))
}

fn is_count(quantity: &Quantity, number: u32) -> bool {
    matches!(quantity.count, Some(Stated::Given(amount)) if amount.least == number && amount.most == number)
}

/// Whether a number is the sum of what is asked for and of another number of the letter: what there was before.
fn is_total(letter: &Letter, asked: &[&Quantity], quantity: &Quantity) -> bool {
    let count = |quantity: &Quantity| match quantity.count {
        Some(Stated::Given(amount)) => Some(amount.most),
        _ => None,
    };
    let Some(found) = count(quantity) else { return false };
    let mut parts =
        asked.iter().filter_map(|asked| count(asked)).filter_map(|asked| found.checked_sub(asked));
    parts.any(|rest| {
        let quantities = letter.blocks.iter().flat_map(|block| block.content.facts().quantities.iter());
        rest > 0 && quantities.into_iter().any(|other| is_count(other, rest))
    })
}

/// Whether a number is by its words not that of the request: what was granted of it and the rest, by how much it is too
/// high, or what could have been granted in its stead.
fn is_another_number(argued: &Argued<'_>, found: &Span, item: &Item, context: &ItemContext<'_>) -> bool {
    let content = argued.content;
    let sentence = argued.sentence.tokens.clone();
    let first = content.tokens.partition_point(|token| token.span.start < found.start);
    let behind = content.tokens.partition_point(|token| token.span.start < found.end);
    let is_in = |set: &str, at: usize| context.is_in(set, &content.lower(at));
    // "passes the course by one visit", "one visit more than the guideline names"
    let differs = first > sentence.start && is_in("by", first - 1)
        || (behind..sentence.end.min(behind + 3)).any(|at| is_in("differs", at));
    // "Seventeen visits would conform."
    let would = (sentence.start..sentence.end).find(|&at| is_in("would", at));
    let is_denied = matches!(item.decision, Some((Decision::Upheld, _)));
    let is_instead = (is_denied || argued.step != Step::Conclusion)
        && would.is_some_and(|would| {
            let conforms = (would..sentence.end).find(|&at| is_in("conforms", at));
            conforms.is_some_and(|conforms| !(would..conforms).any(|at| is_in("not", at)))
        });
    // "Four more visits, which the carrier has approved"
    let end = sentence.end.min(behind + GRANTED_WITHIN);
    let is_granted = (behind..end.min(behind + 2))
        .find(|&at| is_in("relative", at))
        .is_some_and(|at| (at..end).any(|at| is_in("granted", at)) && !(at..end).any(|at| is_in("not", at)));
    // "Six visits plus the eight now requested make fourteen."
    let is_added = (behind..sentence.end.min(behind + 2)).any(|at| is_in("added", at))
        || first > sentence.start && is_in("added", first - 1);
    differs || is_instead || is_added || is_granted || is_part(argued, found, item, context)
}

/// Whether a number is one of a heading that tells what was granted and what is left, or what is left of the number
/// that was asked for when what was granted is taken away.
fn is_part(argued: &Argued<'_>, found: &Span, item: &Item, context: &ItemContext<'_>) -> bool {
    let letter = context.letter;
    let Some((_, heading)) = letter.heading(item) else { return false };
    let number_at = |text: &str| number_word::parse(text.trim_start_matches('#'));
    let content = argued.content;
    let number = content
        .tokens
        .iter()
        .filter(|token| found.start <= token.span.start && token.span.end <= found.end)
        .find_map(|token| number_at(&content.text()[token.span.clone()]));
    let Some(number) = number else { return false };
    let asked: Vec<u32> =
        heading.tokens.iter().filter_map(|token| number_at(&heading.text()[token.span.clone()])).collect();
    let is_divided = (0..heading.tokens.len()).any(|at| context.is_in("divided", &heading.lower(at)));
    if is_divided && asked.contains(&number) || is_decided_apart(letter, number, &asked) {
        return true;
    }
    let first = content.tokens.partition_point(|token| token.span.start < found.start);
    let is_rest = (first.saturating_sub(2)..content.tokens.len().min(first + 3))
        .any(|at| context.is_in("rest", &content.lower(at)));
    let granted = letter.blocks.iter().flat_map(|block| &block.content.facts().quantities);
    let mut granted = granted.filter(|quantity| quantity.context == Some(Context::Authorized));
    is_rest
        && granted.any(|granted| {
            asked.iter().any(|asked| {
                asked.checked_sub(number).is_some_and(|rest| rest > 0 && is_count(granted, rest))
            })
        })
}

/// "Days 1 to 14 (14 days): overturned. Days 15 to 17 (3 days): upheld.": whether the letter's decision divides what is asked for
/// into a number and the rest.
fn is_decided_apart(letter: &Letter, number: u32, asked: &[u32]) -> bool {
    let headings: Vec<(Section, usize)> = letter.sections().collect();
    let decided = headings.iter().enumerate().filter(|(_, (section, _))| *section == Section::Decision);
    let numbers: Vec<u32> = decided
        .flat_map(|(nth, (_, first))| {
            let end = headings.get(nth + 1).map_or(letter.blocks.len(), |(_, next)| *next);
            let is_decision =
                |block: &&Block| matches!(block.role, Role::Heading(_) | Role::Prose | Role::Result);
            letter.blocks[*first..end].iter().take_while(is_decision)
        })
        .flat_map(|block| {
            let content = &block.content;
            content.tokens.iter().filter_map(|token| number_word::parse(&content.text()[token.span.clone()]))
        })
        .collect();
    let rests = asked.iter().filter_map(|asked| asked.checked_sub(number)).filter(|&rest| rest > 0);
    numbers.contains(&number) && rests.into_iter().any(|rest| numbers.contains(&rest))
}

/// Whether it is a limit to which the request is held ("exceeds the 10 visits", "beyond the recommended 4 weeks").
fn is_a_limit(argued: &Argued<'_>, quantity: &Quantity) -> bool {
    let bound = match quantity.count {
        Some(Stated::Given(amount)) => amount.bound,
        _ => Bound::Exactly,
    };
    !matches!(bound, Bound::Exactly | Bound::About) || argued.has_before(&quantity.span, Cue::Limit, REACH)
}

/// "The ten sessions of 2012": those of an earlier time.
fn is_of_year(argued: &Argued<'_>, quantity: &Quantity) -> bool {
    let content = argued.content;
    let next = content.tokens.partition_point(|token| token.span.start < quantity.span.end);
    let year = content.word(next + 1);
    let is_year = year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
    matches!(content.word(next), "of" | "in") && is_year && year.bytes().all(|byte| byte.is_ascii_digit())
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
