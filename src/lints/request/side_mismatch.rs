//! The other side of the body than the request's.

mod claim;

use self::claim::{Claim, Claims};
use crate::engine::{Arg, Draft, ItemContext, Level, Sink};
use crate::letter::facts::{RegionId, Side, SideContext, SideValue, region};
use crate::letter::{Argued, Cue, Item, Letter, Place, Step};
use crate::text::TokenKind;

/// How often the letter must name a part's one side, so that the other, named once, is a slip.
const LEAST_OTHERS: usize = 3;

/// A side where the letter names it.
struct Named<'l> {
    place: Place,
    side: &'l Side,
}

pub fn check(context: &ItemContext<'_>, sink: &mut Sink) {
    let ItemContext { letter, item, .. } = context;
    let Some(words) = Words::of(context) else { return };
    if let Some(told) = words.told_against() {
        let asked = words.asked_of(told.side.region).next().expect("what it contradicts");
        sink.push(draft(letter, asked, told, "against-summary", "summary"));
        return;
    }
    for (told, asked) in words.diagnosed_alone() {
        let found = Arg::letter(letter.text_at(&told.place));
        let side = Arg::term(opposite(told.side.value));
        let draft = Draft::new(told.place.clone(), "alone").arg("found", found).arg("side", side);
        let is_first = letter.items.iter().take_while(|other| other.blocks != item.blocks).all(|other| {
            self::asked(letter, other).iter().all(|named| named.side.region != asked.side.region)
        });
        if is_first {
            let own = vec![("side", Arg::term(asked.side.value.name()))];
            sink.push(draft.related(asked.place.clone(), "request", own).cap(Level::Warning));
        }
    }
    let tells_both = tells_of_both(letter, item, &words);
    // Read only where a statement is to be compared with it.
    let mut summary: Option<Claims> = None;
    for argued in letter.argument(item) {
        for side in sides_in(&argued) {
            let contradicting = contradicting(letter, &words, &argued, side);
            let draft =
                contradicting.filter(|_| argued.step != Step::Statement || !tells_both).or_else(|| {
                    let claim = own_claim(context, &words, &argued, side)?;
                    let summary = summary.get_or_insert_with(|| Claims::of_summary(context));
                    told_of_other_side(letter, &words, &claim, summary, &argued, side)
                        .or_else(|| ill_on_well_side(letter, &words, &claim, summary, side))
                });
            if let Some(draft) = draft {
                sink.push(draft);
            }
        }
    }
}

/// Whether reasons name the request's side and, more often than by a slip, the other one: they tell the history of both.
fn tells_of_both(letter: &Letter, item: &Item, words: &Words<'_>) -> bool {
    let (mut own, mut opposed) = (0, 0);
    for argued in letter.argument(item).filter(|argued| argued.step == Step::Statement) {
        for side in sides_in(&argued) {
            let Some(asked) = words.asked_of(side.region).next() else { continue };
            opposed += usize::from(asked.side.value.is_opposite(side.value));
            own += usize::from(asked.side.value == side.value);
        }
    }
    own > 0 && opposed >= LEAST_OTHERS
}

/// The other side than the request's, or than the summary's where the request names none.
fn contradicting(letter: &Letter, words: &Words<'_>, argued: &Argued<'_>, side: &Side) -> Option<Draft> {
    let (anchor, key) = words.contradicted(argued, side)?;
    let named = Named { place: argued.place(side.span.clone()), side };
    let draft = draft(letter, &named, anchor, "message", key);
    let is_further = argued.step == Step::Statement && argued.has(Cue::Further);
    Some(if is_further { draft.cap(Level::Warning) } else { draft })
}

/// A statement that the summary makes of the other side.
fn told_of_other_side(
    letter: &Letter,
    words: &Words<'_>,
    claim: &Claim,
    summary: &Claims,
    argued: &Argued<'_>,
    side: &Side,
) -> Option<Draft> {
    let (other, shared) = summary.of_other_side(claim)?;
    if words.are_requested(letter, &argued.content.text()[shared.clone()], side) {
        return None;
    }
    let place = argued.place(shared.start.min(side.span.start)..shared.end.max(side.span.end));
    let found = Arg::letter(&argued.content.text()[place.span.clone()]);
    Some(
        Draft::new(place, "told-of-other")
            .arg("found", found)
            .arg("side", Arg::term(opposite(side.value)))
            .related(other.place.clone(), "told", Vec::new())
            .cap(Level::Warning),
    )
}

/// A complaint of a side of which the summary only says that it is well.
fn ill_on_well_side(
    letter: &Letter,
    words: &Words<'_>,
    claim: &Claim,
    summary: &Claims,
    side: &Side,
) -> Option<Draft> {
    let region = side.region?;
    let ill = words.complaint_of_other(region, side)?;
    let named = Named { place: claim.place.clone(), side };
    let is_well = claim.is_trouble() && summary.is_well(side.value, region);
    is_well.then(|| draft(letter, &named, ill, "message", "summary").cap(Level::Warning))
}

/// What a statement of the reviewer's says of a side of the patient.
fn own_claim(
    context: &ItemContext<'_>,
    words: &Words<'_>,
    argued: &Argued<'_>,
    side: &Side,
) -> Option<Claim> {
    let is_statement = argued.step == Step::Statement && !argued.has(Cue::Further);
    (is_statement && words.is_of_patient(argued, side))
        .then(|| Claim::around(context, argued, side))
        .flatten()
}

/// The sides that are named where they are known to be right: the request's and the summary's.
struct Words<'l> {
    asked: Vec<Named<'l>>,
    /// Those of the other items.
    others: Vec<Named<'l>>,
    /// Those of the summary, but for what it only looks at beside the complaint.
    told: Vec<Named<'l>>,
    /// Those that name no part and measure nothing against the other side: they may be of any part.
    loose: Vec<SideValue>,
    /// Those of the summary that are the patient's present complaint.
    complaints: Vec<Named<'l>>,
    /// Those of a diagnosis.
    diagnosed: Vec<Named<'l>>,
}

impl<'l> Words<'l> {
    fn of(context: &ItemContext<'l>) -> Option<Self> {
        let ItemContext { letter, item, .. } = *context;
        let mut told = Vec::new();
        let mut loose = Vec::new();
        let mut complaints = Vec::new();
        let mut diagnosed = Vec::new();
        for argued in letter.summary_sentences() {
            for side in sides_in(&argued) {
                let named = || Named { place: argued.place(side.span.clone()), side };
                if !is_excluded(&argued, side) {
                    told.push(named());
                }
                if side.region.is_none()
                    && !is_of_reflex(&argued, side)
                    && !compares(&argued, side)
                    && !finds_both_well(context, &argued, side)
                {
                    loose.push(side.value);
                }
                if is_present(side) && argued.is_of_case(&side.span) {
                    complaints.push(named());
                    if diagnoses(context, &argued) {
                        diagnosed.push(named());
                    }
                }
            }
        }
        let asked = asked(letter, item);
        let others = letter.items.iter().filter(|other| other.blocks != item.blocks);
        let others = others.flat_map(|other| self::asked(letter, other)).collect();
        (!asked.is_empty() || !complaints.is_empty()).then_some(Self {
            asked,
            others,
            told,
            loose,
            complaints,
            diagnosed,
        })
    }

    /// The sides that the request names of a part of the body; all for a side that names none.
    fn asked_of(&self, region: Option<RegionId>) -> impl Iterator<Item = &Named<'l>> {
        self.asked.iter().filter(move |asked| match (asked.side.region, region) {
            (Some(one), Some(two)) => region::are_one_part(one, two),
            _ => true,
        })
    }

    /// What the summary says of the other side alone, where it never names the request's.
    fn told_against(&self) -> Option<&Named<'l>> {
        self.complaints.iter().find(|told| {
            let Some(region) = told.side.region else { return false };
            let mut asked =
                self.asked_of(Some(region)).filter(|asked| asked.side.region.is_some()).peekable();
            asked.peek().is_some()
                && asked.all(|asked| asked.side.value.is_opposite(told.side.value))
                && self
                    .told
                    .iter()
                    .filter(|other| {
                        // "Lost her left leg above the knee".
                        let is_of_it =
                            |other| region::are_one_part(region, other) || region.is_part_of(other);
                        other.side.region.is_none_or(is_of_it)
                    })
                    .all(|other| other.side.value == told.side.value)
        })
    }

    /// Diagnoses of the summary that name the other side than the request, where all else that is told of the part names
    /// the request's: "tear of the meniscus of the left knee" of a patient with a right knee.
    fn diagnosed_alone(&self) -> Vec<(&Named<'l>, &Named<'l>)> {
        let against = |told: &'_ Named<'l>| {
            let region = told.side.region?;
            let of_part = |named: &&Named<'l>| {
                named.side.region.is_some_and(|other| region::are_one_part(region, other))
            };
            let opposes = |named: &&Named<'l>| named.side.value.is_opposite(told.side.value);
            let asked = self.asked.iter().filter(of_part);
            let all = || self.asked.iter().chain(&self.others).chain(&self.told).filter(of_part);
            let is_alone = asked.clone().all(|asked| opposes(&asked))
                && all().filter(|named| named.place != told.place).all(|named| opposes(&named))
                && all().filter(opposes).count() >= LEAST_OTHERS
                && !self.loose.iter().any(|&side| !side.is_opposite(told.side.value));
            asked.clone().next().filter(|_| is_alone)
        };
        self.diagnosed.iter().filter_map(|told| Some((told, against(told)?))).collect()
    }

    /// Whether a side is said to be the patient's, and not to be looked at beside the other.
    fn is_of_patient(&self, argued: &Argued<'_>, side: &Side) -> bool {
        // "The left shoulder serves for comparison."
        let sentence = &argued.content.text()[argued.sentence.span.clone()];
        argued.is_of_case(&side.span) && is_present(side) && !sentence.contains("comparison")
    }

    /// Whether some request asks for what the words say, on this side: "the left knee arthroplasty has been found …".
    fn are_requested(&self, letter: &Letter, words: &str, side: &Side) -> bool {
        self.asked.iter().chain(&self.others).filter(|asked| asked.side.value == side.value).any(|asked| {
            let request = &letter.blocks[asked.place.block].content;
            let mut words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.all(|word| request.has_word(&word.to_lowercase()))
        })
    }

    /// The patient's complaint of the other side of a part of the body, of which no request names this side.
    fn complaint_of_other(&self, region: RegionId, side: &Side) -> Option<&Named<'l>> {
        let of_part =
            |named: &&Named<'l>| named.side.region.is_some_and(|other| region::are_one_part(region, other));
        let opposes = |named: &&Named<'l>| named.side.value.is_opposite(side.value);
        let mut asked = self.asked.iter().chain(&self.others).filter(of_part);
        let is_asked = asked.any(|named| !opposes(&named));
        self.complaints.iter().filter(of_part).find(opposes).filter(|_| !is_asked)
    }

    /// What a side in the rationale contradicts: the request, or the summary where the request names no side.
    fn contradicted(&self, argued: &Argued<'_>, side: &Side) -> Option<(&Named<'l>, &'static str)> {
        if !self.is_of_patient(argued, side) {
            return None;
        }
        let opposes = |named: &&Named<'l>| named.side.value.is_opposite(side.value);
        let admits = |named: &Named<'l>| !named.side.value.is_opposite(side.value);
        if matches!(argued.step, Step::Conclusion | Step::Request) {
            let mut asked = self.asked_of(side.region).peekable();
            let first = asked.peek().copied();
            if let Some(first) = first.filter(|_| asked.all(|asked| opposes(&asked))) {
                // "The right knee, unlike the left one, …": both are meant.
                let own = first.side.value;
                let names_own = sides_in(argued).any(|other| other.value == own)
                    || argued.sentence.tokens.clone().any(|at| argued.content.lower(at) == own.name());
                return (!names_own).then_some((first, "request"));
            }
        }
        let region = side.region?;
        let of_part =
            |named: &&Named<'l>| named.side.region.is_some_and(|other| region::are_one_part(region, other));
        let is_known = self.asked.iter().chain(&self.others).chain(&self.told).filter(of_part).any(admits);
        // "The right shin rests on the pad": the right ankle is treated, and the other side only named for a part near by.
        let mut of_limb = self.complaints.iter().chain(&self.asked).chain(&self.others);
        let is_of_limb = !self.asked.iter().any(|asked| of_part(&asked))
            && of_limb.any(|told| {
                told.side.region.is_some_and(|told| region::are_of_one_limb(told, region)) && admits(told)
            });
        let may_be_known = self.loose.iter().any(|told| !told.is_opposite(side.value));
        if is_known || is_of_limb || may_be_known {
            return None;
        }
        let asked = self.asked.iter().find(of_part).map(|asked| (asked, "request"));
        asked.or_else(|| self.complaints.iter().find(of_part).map(|told| (told, "summary")))
    }
}

fn asked<'l>(letter: &'l Letter, item: &'l Item) -> Vec<Named<'l>> {
    let Some((block, content)) = letter.heading(item) else { return Vec::new() };
    let sides = content.facts().sides.iter().filter(|side| item.request.contains(&side.span.start));
    sides.map(|side| Named { place: Place { block, span: side.span.clone() }, side }).collect()
}

fn sides_in<'l>(argued: &Argued<'l>) -> impl Iterator<Item = &'l Side> {
    let span = argued.sentence.span.clone();
    argued.content.facts().sides.iter().filter(move |side| span.contains(&side.span.start))
}

/// Whether a side is that of a present complaint or of what is to be treated.
fn is_present(side: &Side) -> bool {
    matches!(side.context, SideContext::Plain | SideContext::Radiation)
}

/// Whether the summary names a side only to say that it is not the one in question ("the left knee is normal"). In "left
/// greater than right" both are.
fn is_excluded(argued: &Argued<'_>, side: &Side) -> bool {
    side.context == SideContext::Comparison && side.region.is_some() && !argued.has(Cue::Weighing)
}

/// Whether a side is measured against the other one ("46 kg on the left and 48 kg on the right").
fn compares(argued: &Argued<'_>, side: &Side) -> bool {
    const REACH: usize = 5;
    let content = argued.content;
    let at = content.tokens.partition_point(|token| token.span.start < side.span.start);
    let mut before = at.saturating_sub(REACH).max(argued.sentence.tokens.start)..at;
    before.any(|at| content.tokens[at].kind == TokenKind::Number)
        && (argued.has(Cue::Weighing) || sides_in(argued).any(|other| other.value.is_opposite(side.value)))
}

/// "Hoffmann's sign was negative on both sides": that tells of no complaint of the other side.
fn finds_both_well(context: &ItemContext<'_>, argued: &Argued<'_>, side: &Side) -> bool {
    const REACH: usize = 6;
    let content = argued.content;
    let at = content.tokens.partition_point(|token| token.span.start < side.span.start);
    let tokens = at.saturating_sub(REACH).max(argued.sentence.tokens.start)
        ..(at + REACH).min(argued.sentence.tokens.end);
    let is_well = |at: usize| context.is_in("well", content.tokens[at].small(content.text()));
    side.value == SideValue::Bilateral && tokens.into_iter().any(is_well)
}

/// The name of the other side.
fn diagnoses(context: &ItemContext<'_>, argued: &Argued<'_>) -> bool {
    let mut tokens = argued.sentence.tokens.clone();
    tokens.any(|at| context.is_in("diagnosis", &argued.content.lower(at)))
}

/// "The right biceps reflex": no region is meant, but no other part either.
fn is_of_reflex(argued: &Argued<'_>, side: &Side) -> bool {
    let content = argued.content;
    let next = content.tokens.partition_point(|token| token.span.start < side.span.end);
    (next..next + 2).any(|at| matches!(&*content.lower(at), "reflex" | "jerk"))
}

fn opposite(side: SideValue) -> &'static str {
    if side == SideValue::Left { SideValue::Right.name() } else { SideValue::Left.name() }
}

fn draft(
    letter: &Letter,
    found: &Named<'_>,
    anchor: &Named<'_>,
    message: &'static str,
    key: &'static str,
) -> Draft {
    let text = |place: &Place| Arg::letter(&letter.blocks[place.block].content.text()[place.span.clone()]);
    let part = found.side.region.or(anchor.side.region).map_or("body", RegionId::name);
    Draft::new(found.place.clone(), message)
        .arg("found", text(&found.place))
        .arg("part", Arg::term(part))
        .arg("side", Arg::term(anchor.side.value.name()))
        .related(anchor.place.clone(), key, vec![("side", Arg::term(anchor.side.value.name()))])
}
