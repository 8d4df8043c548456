//! A drug whose strength, unit or count is not that of the request.

use crate::engine::{Arg, Draft, ItemContext, Sink};
use crate::letter::facts::Drug;
use crate::letter::facts::drug::{Aspect, Context};
use crate::letter::{Argued, Cue, Item, Letter, Place, Step};

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let asked = asked(letter, item);
    let Some((block, _)) = letter.heading(item).filter(|_| !asked.is_empty()) else { return };
    let told: Vec<&Drug> = letter.summary_sentences().flat_map(|argued| drugs_in(&argued)).collect();
    let others: Vec<&Drug> = letter
        .items
        .iter()
        .filter(|other| other.blocks != item.blocks)
        .flat_map(|other| self::asked(letter, other))
        .collect();
    let cuts = letter.is_decided_in_part(item);
    for argued in letter.argument(item) {
        for drug in drugs_in(&argued) {
            let Some((anchor, aspect)) = contradicted(drug, &asked) else { continue };
            let speaks_of_request = matches!(argued.step, Step::Conclusion | Step::Request);
            // A name alone knows of no strength.
            let tells = |known: &Drug| aspect != Aspect::Strength || known.strength.is_some();
            let is_known = |drugs: &[&Drug]| drugs.iter().any(|known| tells(known) && agree(known, drug));
            let is_told =
                |anchor: &Drug| told.iter().any(|told| agree(told, anchor) && told.strength.is_some());
            let is_slip = match (aspect, argued.step) {
                (_, Step::Aside) => false,
                // The same number in another unit is nobody's other dose.
                (Aspect::Unit, _) => true,
                // "Has taken zolpidem 5 mg every night": what is taken is the drug of the summary.
                (Aspect::Strength, Step::Statement) if drug.context == Some(Context::Past) => {
                    !is_known(&others) && !is_known(&told) && is_still_taken(&argued) && is_told(anchor)
                }
                _ if drug.context.is_some() => false,
                (Aspect::Count, _) if cuts || !speaks_of_request || is_asked_number(letter, item, drug) => {
                    false
                }
                (_, Step::Conclusion) => true,
                (_, Step::Request) => !is_known(&others) && !speaks_of_other(&argued),
                // An earlier or another dose is in the summary, or is said not to be the present one.
                (_, Step::Statement) => {
                    !is_known(&others) && !is_known(&told) && is_told(anchor) && !speaks_of_other(&argued)
                }
            };
            if is_slip {
                sink.push(draft(letter, &argued, drug, block, anchor, aspect));
            }
        }
    }
}

/// The drugs of a request.
fn asked<'l>(letter: &'l Letter, item: &Item) -> Vec<&'l Drug> {
    let Some((_, heading)) = letter.heading(item) else { return Vec::new() };
    heading.facts().drugs.iter().filter(|drug| item.request.contains(&drug.name_span.start)).collect()
}

fn drugs_in<'l>(argued: &Argued<'l>) -> impl Iterator<Item = &'l Drug> + use<'l> {
    let span = argued.sentence.span.clone();
    argued.content.facts().drugs.iter().filter(move |drug| span.contains(&drug.name_span.start))
}

/// The drug of the request that a mention contradicts, where it agrees with none. Where the request gives a number for
/// the drug, a number agrees only with that.
fn contradicted<'l>(drug: &Drug, asked: &[&'l Drug]) -> Option<(&'l Drug, Aspect)> {
    let is_counted = |asked: &&&Drug| asked.is_same_drug(drug) && asked.count.is_some();
    let counts = drug.count.is_some() && asked.iter().any(|asked| is_counted(&asked));
    if asked.iter().any(|asked| agree(asked, drug) && (!counts || asked.count.is_some())) {
        return None;
    }
    asked.iter().find_map(|asked| Some((*asked, asked.contradicts(drug)?)))
}

/// Whether a drug's number stands anywhere in the request, as where a part was authorized and the rest remains.
fn is_asked_number(letter: &Letter, item: &Item, drug: &Drug) -> bool {
    letter.heading(item).is_some_and(|(_, heading)| {
        let tokens = heading.tokens.iter().filter(|token| item.request.contains(&token.span.start));
        let mut numbers = tokens.filter_map(|token| heading.text()[token.span.clone()].parse::<u32>().ok());
        numbers.any(|number| drug.count == Some(number))
    })
}

fn agree(one: &Drug, two: &Drug) -> bool {
    one.is_same_drug(two) && one.release == two.release && one.contradicts(two).is_none()
}

/// "Has taken", "have used": whether a sentence says that what was begun goes on, and of no other dose.
fn is_still_taken(argued: &Argued<'_>) -> bool {
    let words: Vec<_> = argued.sentence.tokens.clone().map(|at| argued.content.lower(at)).collect();
    let goes_on = words.windows(2).any(|pair| {
        matches!(&*pair[0], "has" | "have") && matches!(&*pair[1], "taken" | "used" | "been" | "received")
    });
    goes_on && !speaks_of_other(argued)
}

/// Whether a sentence tells of another time, or of a dose that is not the one asked for.
fn speaks_of_other(argued: &Argued<'_>) -> bool {
    argued.has(Cue::OtherTime) || argued.has(Cue::OtherDose)
}

fn draft(
    letter: &Letter,
    argued: &Argued<'_>,
    drug: &Drug,
    block: usize,
    anchor: &Drug,
    aspect: Aspect,
) -> Draft {
    let text = |place: &Place| Arg::letter(&letter.blocks[place.block].content.text()[place.span.clone()]);
    let found = argued.place(drug.span.clone());
    let asked = Place { block, span: anchor.span.clone() };
    let aspect = match aspect {
        Aspect::Strength => "strength",
        Aspect::Unit => "unit",
        Aspect::Count => "number",
        Aspect::Package => "size",
    };
    Draft::new(found.clone(), "message")
        .arg("found", text(&found))
        .arg("asked", text(&asked))
        .arg("aspect", Arg::term(aspect))
        .related(asked, "request", Vec::new())
}
