//! Tests, structures and movements that the part of the body for which they are named cannot have, and single organs of
//! which there are said to be two.

use std::ops::Range;
use std::sync::LazyLock;

use super::level::{Area, Level};
use super::phrase::{Phrases, entries, rows};
use super::region::{self, Region, RegionId};
use super::words::{Words, sentence_around};
use crate::letter::block::Content;
use crate::text::Span;

const THINGS: &str = include_str!("misplaced/things.tsv");
const WORDS: &str = include_str!("misplaced/words.tsv");

/// Words between a thing and the preposition of its place, or in a sentence's opening, at most.
const NEAR: usize = 6;

/// Something that cannot be where the text has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misplaced {
    /// From the first to the last of the two, in logical bytes.
    pub span: Span,
    /// The test, structure, movement, level or organ.
    pub thing: Span,
    /// The part of the body that cannot have it; for an organ the word that makes it two.
    pub place: Span,
    /// What is wrong with it.
    pub flaw: Flaw,
}

/// What is wrong with a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It is of another part of the body.
    Elsewhere,
    /// There is only one.
    Single,
}

struct Lists {
    /// Each with the row that says where it is.
    things: Phrases<usize>,
    homes: Vec<Vec<RegionId>>,
    between: Phrases<()>,
    preposition: Phrases<()>,
    article: Phrases<()>,
    moved: Phrases<()>,
    examines: Phrases<()>,
    images: Phrases<()>,
    imaged: Phrases<()>,
    shows: Phrases<()>,
    root: Phrases<()>,
    single: Phrases<()>,
    one_sided: Phrases<()>,
    both: Phrases<()>,
    lobed: Phrases<()>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut things = Phrases::new();
    let mut homes = Vec::new();
    for row in rows(THINGS) {
        let [regions, wordings] = row[..] else { continue };
        things.add(wordings, homes.len());
        homes.push(entries(regions).map(RegionId::of).collect());
    }
    let words = |kind| Phrases::of_kind(WORDS, kind, ());
    Lists {
        things,
        homes,
        between: words("between"),
        preposition: words("preposition"),
        article: words("article"),
        moved: words("moved"),
        examines: words("examines"),
        images: words("images"),
        imaged: words("imaged"),
        shows: words("shows"),
        root: words("root"),
        single: words("single"),
        one_sided: words("one-sided"),
        both: words("both"),
        lobed: words("lobed"),
    }
});

impl Content {
    /// What it has in an impossible place, in the order of the text.
    #[must_use]
    pub fn misplaced(&self) -> Vec<Misplaced> {
        let words = Words::new(self.text(), &self.tokens);
        let reader = Reader { content: self, words: &words };
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            if let Some((stop, row)) = LISTS.things.longest(&words, at, words.len()) {
                let homes = &LISTS.homes[row];
                found.extend(reader.thing(at..stop, &|place| fits(place, homes)));
                at = stop;
                continue;
            }
            found.extend(reader.organ(at));
            at += 1;
        }
        found.extend(self.facts().levels.iter().filter_map(|level| reader.level(level)));
        found.sort_by_key(|misplaced| misplaced.span.start);
        found
    }
}

/// Whether a thing may be in a part of the body.
fn fits(place: RegionId, homes: &[RegionId]) -> bool {
    homes.iter().any(|&home| region::related(place, home))
}

struct Reader<'a> {
    content: &'a Content,
    words: &'a Words<'a>,
}

impl Reader<'_> {
    fn thing(&self, thing: Range<usize>, fits: &dyn Fn(RegionId) -> bool) -> Option<Misplaced> {
        if LISTS.moved.stands_at(self.words, thing.end) {
            return None;
        }
        let place = match self.place_before(thing.start) {
            Some(place) => Some(place),
            None => self.place_behind(thing.end, &LISTS.between).or_else(|| self.examined(&thing, fits)),
        }?;
        (!fits(place.id)).then(|| self.misplaced(&thing, &place.span, Flaw::Elsewhere))
    }

    fn misplaced(&self, thing: &Range<usize>, place: &Span, flaw: Flaw) -> Misplaced {
        let thing = self.words.span(thing);
        let span = thing.start.min(place.start)..thing.end.max(place.end);
        Misplaced { span, thing, place: place.clone(), flaw }
    }

    /// "Left knee Spurling's test": the part of the body directly before.
    fn place_before(&self, at: usize) -> Option<&Region> {
        let before = self.words.previous(at).filter(|&before| before + 1 == at)?;
        let end = self.words.token(before)?.span.end;
        self.content.facts().regions.iter().find(|region| region.span.end == end && self.is_place(region))
    }

    /// "McMurray's test is positive in the left elbow": the part of the body behind it, unless others are joined to it.
    fn place_behind(&self, from: usize, between: &Phrases<()>) -> Option<&Region> {
        let mut at = from;
        let sentence = sentence_around(&self.content.sentences, from.checked_sub(1)?);
        while at < sentence.end.min(from + NEAR) {
            let Some((stop, ())) = between.longest(self.words, at, sentence.end) else { break };
            at = stop;
        }
        let (stop, ()) = LISTS.preposition.longest(self.words, at, sentence.end)?;
        at = stop;
        while let Some((stop, ())) = LISTS.article.longest(self.words, at, sentence.end) {
            at = stop;
        }
        let start = self.words.token(at).filter(|_| at < sentence.end)?.span.start;
        let regions = &self.content.facts().regions;
        let place = regions.iter().find(|region| region.span.start == start && self.is_place(region))?;
        let behind = self.words.index_at(place.span.end);
        let is_joined = matches!(self.words.lower(behind), "and" | "or" | "," | "/" | "&")
            && regions.iter().any(|region| {
                let start = self.words.index_at(region.span.start);
                behind < start && start <= behind + 3
            });
        (!is_joined).then_some(place)
    }

    /// "Examination of the left arm shows a positive McMurray's test": the part of the body with which a sentence begins, if it
    /// names no other. An examination may look at the neighbouring joint, but not at the other half of the body; a picture
    /// shows what is in it.
    fn examined(&self, thing: &Range<usize>, fits: &dyn Fn(RegionId) -> bool) -> Option<&Region> {
        let sentence = sentence_around(&self.content.sentences, thing.start);
        let span = self.words.span(&sentence);
        let regions = self.content.facts().regions.iter();
        let named: Vec<&Region> = regions
            .filter(|region| {
                span.start <= region.span.start && region.span.end <= span.end && self.is_place(region)
            })
            .filter(|region| !self.words.tokens_of(&region.span).any(|at| thing.contains(&at)))
            .collect();
        let first = *named.first()?;
        let at = self.words.index_at(first.span.start);
        let behind = self.words.index_at(first.span.end);
        if behind > thing.start || named.iter().any(|region| fits(region.id)) {
            return None;
        }
        let half = region::half_of(first.id)?;
        let leads = |list: &Phrases<()>| {
            (sentence.start..at)
                .any(|token| list.longest(self.words, token, at).is_some_and(|(stop, ())| stop == at))
        };
        let is_article = |token: usize| LISTS.article.stands_at(self.words, token);
        let opens = at <= sentence.start + 2 && (sentence.start..at).all(is_article);
        let on = LISTS.preposition.longest(self.words, sentence.start, at);
        let is_at =
            on.is_some_and(|(stop, ())| (stop..at).all(is_article)) && self.words.lower(behind) == ",";
        let is_joint = region::wholes_of_half(half).iter().all(|&whole| whole != first.id);
        if is_joint && (is_at || leads(&LISTS.images) || opens && LISTS.imaged.stands_at(self.words, behind))
        {
            return Some(first);
        }
        let examines = leads(&LISTS.examines) || is_at || opens && LISTS.shows.stands_at(self.words, behind);
        let other_half = region::wholes_of_half(half).iter().all(|&whole| !fits(whole));
        (examines && other_half).then_some(first)
    }

    /// Whether the words mean a whole part of the body and not a thing in it.
    fn is_place(&self, region: &Region) -> bool {
        let name = self.content.text()[region.span.clone()].to_lowercase();
        let is_limb =
            |word: &str| matches!(word, "arm" | "arms" | "leg" | "legs" | "feet" | "extremities" | "limb");
        name.split_whitespace().all(|word| {
            is_limb(word)
                || region.id.name().contains(word.trim_end_matches('s'))
                || matches!(word, "lower" | "upper" | "great" | "big")
        })
    }

    /// "C6 dermatome of the left leg", "lumbar C5-6".
    fn level(&self, level: &Level) -> Option<Misplaced> {
        let upper = match level.from.area {
            Area::Cervical if level.to.area == Area::Cervical => true,
            Area::Lumbar | Area::Sacral => false,
            _ => return None,
        };
        let tokens = self.words.tokens_of(&level.span);
        let fits =
            |place: RegionId| region::half_of(place).is_none_or(|half| upper == (half == region::UPPER));
        let place =
            self.place_before(tokens.start).or_else(|| self.place_behind(tokens.end, &LISTS.root)).or_else(
                || self.examined(&tokens, &fits).filter(|place| place.id.is_part_of(RegionId::of("spine"))),
            )?;
        let half = region::half_of(place.id)?;
        (upper != (half == region::UPPER)).then(|| self.misplaced(&tokens, &place.span, Flaw::Elsewhere))
    }

    /// "Bilateral spleen", "the left gallbladder".
    fn organ(&self, at: usize) -> Option<Misplaced> {
        let words = self.words;
        let both = LISTS.both.longest(words, at, words.len());
        let sided = matches!(words.lower(at), "left" | "right").then_some(at + 1);
        let (start, is_both) = both.map(|(stop, ())| (stop, true)).or(sided.map(|stop| (stop, false)))?;
        let list = if is_both { &LISTS.single } else { &LISTS.one_sided };
        let (stop, ()) = list.longest(words, start, words.len())?;
        let is_part = LISTS.lobed.stands_at(words, stop)
            // "Two hearts beat": a count needs the plural, and "both the spleen and the liver" are two organs.
            || matches!(words.lower(stop), "and" | "or" | "," | "/" | "-");
        (!is_part).then(|| self.misplaced(&(start..stop), &words.span(&(at..start)), Flaw::Single))
    }
}

#[cfg(test)]
mod tests {
    use crate::letter::facts::cases::{self, content};

    #[test]
    fn cases() {
        cases::check(include_str!("cases/misplaced.tsv"), |text| {
            let found = content(text).misplaced();
            found.into_iter().map(|found| text[found.span].to_owned()).collect::<Vec<_>>().join("; ")
        });
    }

    #[test]
    fn any_text() {
        for text in
            ["", "knee Spurling of ", "bilateral spleen ", "C5-6 of the \u{301}leg, ", "in the in the "]
        {
            let content = content(&text.repeat(300));
            assert!(content.misplaced().into_iter().all(|found| content.text().get(found.span).is_some()));
        }
    }
}
