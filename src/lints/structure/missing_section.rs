//! A section or an item's label that is absent, misspelt or out of the form's order.

use crate::engine::{Arg, Draft, LetterContext, Sink};
use crate::letter::{Field, Item, Letter, Place, Profile, Profiles, Role, Section, SectionMark};
use crate::text::Span;

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let Some(profile) = letter.profile else { return };
    for mark in profile.section.iter().filter(|mark| !mark.optional) {
        if letter.sections().all(|(section, _)| section != mark.section) {
            absent(letter, profile, mark, sink);
        }
    }
    section_order(letter, profile, sink);
    if !profile.single_issue {
        for item in &letter.items {
            labels(letter, profile, item, sink);
        }
    }
}

fn absent(letter: &Letter, profile: &Profile, mark: &SectionMark, sink: &mut Sink) {
    let wanted = mark.headings[0].as_str();
    let near = mark.headings.iter().find_map(|heading| near_line(letter, 0..letter.blocks.len(), heading));
    if near.as_ref().is_some_and(|place| is_heading_of_sister(letter, place, mark.section)) {
        return;
    }
    if let Some(place) = near {
        sink.push(misspelt(letter, place, wanted));
        return;
    }
    let rank = profile.rank(mark.section);
    let before = letter.sections().filter(|(section, _)| profile.rank(*section) < rank).last();
    let after = letter.sections().find(|(section, _)| profile.rank(*section) > rank).map(|(_, block)| block);
    // The items come after every section of a form that has a section for them.
    let items = letter.items.first().filter(|_| !profile.single_issue && profile.rank(Section::Issues) > 0);
    let after = after.or_else(|| items.map(|item| item.heading.unwrap_or(item.blocks.start)));
    let is_gap = (before.is_some() || letter.has_first_mark) && after.is_some();
    if !is_gap && !letter.is_complete() {
        return;
    }
    let introduction = introduction(letter, profile, mark.section);
    let mut places = introduction
        .into_iter()
        .chain(after)
        .chain(before.map(|(_, block)| block))
        .chain(letter.header_block())
        .map(|block| first_line(letter, block));
    let Some(place) = places.next() else { return };
    let draft = Draft::new(place.clone(), "message").arg("wanted", Arg::term(wanted));
    let beside = places.filter(|other| *other != place).take(2);
    sink.push(beside.fold(draft, |draft, place| draft.related(place, "beside", Vec::new())));
}

/// Whether a line is the heading that another year's form has for the section.
fn is_heading_of_sister(letter: &Letter, place: &Place, section: Section) -> bool {
    let written = letter.text_at(place);
    let sisters = Profiles::known().list().iter().filter(|profile| profile.is_workers_compensation_review());
    sisters
        .flat_map(|profile| &profile.section)
        .filter(|mark| mark.section == section)
        .any(|mark| mark.headings.iter().any(|heading| heading.eq_ignore_ascii_case(written)))
}

/// The block with the fixed sentence that opens a section.
fn introduction(letter: &Letter, profile: &Profile, section: Section) -> Option<usize> {
    let name = match section {
        Section::Method => "reviewer",
        Section::Summary => "summary-introduction",
        Section::Issues => "issues-introduction",
        _ => return None,
    };
    let fixed = profile.fixed.iter().find(|fixed| fixed.name == name)?;
    letter
        .blocks
        .iter()
        .position(|block| fixed.find(block.content.text()).next().is_some_and(|span| span.start == 0))
}

fn first_line(letter: &Letter, block: usize) -> Place {
    let text = letter.blocks[block].content.text();
    Place { block, span: 0..text.find('\n').unwrap_or(text.len()) }
}

fn misspelt(letter: &Letter, place: Place, wanted: &str) -> Draft {
    let found = &letter.blocks[place.block].content.text()[place.span.clone()];
    Draft::new(place.clone(), "misspelt").arg("found", Arg::letter(found)).arg("wanted", Arg::term(wanted))
}

/// A heading that stands behind one which the form has after it.
fn section_order(letter: &Letter, profile: &Profile, sink: &mut Sink) {
    let mut furthest: Option<(usize, usize)> = None;
    for (section, block) in letter.sections() {
        let is_fixed = profile.section.iter().any(|mark| mark.section == section && !mark.optional);
        let rank = profile.rank(section);
        match furthest {
            Some((highest, other)) if rank < highest && is_fixed => {
                let found = letter.blocks[block].content.text();
                let draft = Draft::new(first_line(letter, block), "order").arg("found", Arg::letter(found));
                sink.push(draft.related(first_line(letter, other), "before", Vec::new()));
            }
            Some((highest, _)) if rank <= highest => {}
            _ => furthest = Some((rank, block)),
        }
    }
}

/// The labels of an item, against the form's and those of the other items.
fn labels(letter: &Letter, profile: &Profile, item: &Item, sink: &mut Sink) {
    let standing = |item: &Item| -> Vec<(Field, usize)> {
        let opens = |field: Field, block: usize| {
            letter.blocks[block].content.body_start > 0
                || profile.field.iter().any(|mark| mark.field == field && !mark.openings.is_empty())
        };
        item.blocks
            .clone()
            .filter_map(|block| match letter.blocks[block].role {
                Role::Field(field) if opens(field, block) => Some((field, block)),
                _ => None,
            })
            .collect()
    };
    let own = standing(item);
    let rank = |field: Field| profile.field.iter().position(|mark| mark.field == field);
    // Where a statute asks for contents and prescribes no form, their order is the writer's.
    let is_form = profile.header.iter().any(|mark| mark.required);
    if let Some(pair) = own.windows(2).find(|pair| is_form && rank(pair[1].0) < rank(pair[0].0)) {
        let (first, second) = (label(letter, pair[0].1), label(letter, pair[1].1));
        let found = &letter.blocks[second.block].content.text()[second.span.clone()];
        let draft = Draft::new(second.clone(), "order").arg("found", Arg::letter(found));
        sink.push(draft.related(first, "before", Vec::new()));
    }
    let form_asks = letter.is_complete() && is_form;
    for mark in &profile.field {
        let is_asked =
            matches!(mark.field, Field::ClaimsGuideline | Field::ReviewerGuideline | Field::Rationale);
        let stands = own.iter().any(|(field, _)| *field == mark.field);
        // A last item may be written no further.
        let is_to_come = item.is_unfinished
            && own.iter().all(|(field, _)| rank(*field) < rank(mark.field))
            && !concludes(letter, item);
        if !is_asked || stands || is_to_come && !item.is_drafted && mark.field != Field::Rationale {
            continue;
        }
        let wanted = mark.beginning();
        let around = item.blocks.start.saturating_sub(1)..item.blocks.end;
        if let Some(place) = mark.labels.iter().find_map(|label| near_line(letter, around.clone(), label)) {
            sink.push(misspelt(letter, place, wanted));
            continue;
        }
        let others_have = letter.items.iter().any(|other| {
            other.blocks != item.blocks && standing(other).iter().any(|(field, _)| *field == mark.field)
        });
        if own.is_empty() || is_to_come || !form_asks && !others_have {
            continue;
        }
        let next = own.iter().find(|(field, _)| rank(*field) > rank(mark.field));
        let before = own.iter().rev().find(|(field, _)| rank(*field) < rank(mark.field));
        let heading = item.heading.map(|block| Place { block, span: item.request.clone() });
        let beside: Vec<Place> =
            next.into_iter().chain(before).map(|(_, block)| label(letter, *block)).collect();
        let Some(place) = heading.filter(|place| !place.span.is_empty()).or_else(|| beside.first().cloned())
        else {
            continue;
        };
        let draft = Draft::new(place.clone(), "label").arg("wanted", Arg::term(wanted));
        let beside = beside.into_iter().filter(|other| *other != place);
        sink.push(beside.fold(draft, |draft, place| draft.related(place, "beside", Vec::new())));
    }
}

/// Whether an item comes to its conclusion under whatever label.
fn concludes(letter: &Letter, item: &Item) -> bool {
    let mut fields = item.blocks.clone().filter(|&block| matches!(letter.blocks[block].role, Role::Field(_)));
    fields.any(|block| !letter.blocks[block].content.facts().conclusions.is_empty())
}

/// The label of a field, or its first line where it has none.
fn label(letter: &Letter, block: usize) -> Place {
    let content = &letter.blocks[block].content;
    let text = match content.body_start {
        0 => content.text().lines().next().unwrap_or_default(),
        body => &content.text()[..body],
    };
    Place { block, span: 0..text.trim_end().len() }
}

/// A line that begins almost as a heading or a label does.
fn near_line(letter: &Letter, blocks: std::ops::Range<usize>, wanted: &str) -> Option<Place> {
    blocks.filter(|&block| !matches!(letter.blocks[block].role, Role::Heading(_))).find_map(|block| {
        let text = letter.blocks[block].content.text();
        let mut start = 0;
        text.split('\n').find_map(|line| {
            let found =
                near(line, wanted).map(|span| Place { block, span: start + span.start..start + span.end });
            start += line.len() + 1;
            found
        })
    })
}

/// A label that lost its colon: it still has a capital behind it.
fn without_colon(line: &str, wanted: &str) -> Option<Span> {
    let bare = wanted.trim_end_matches(':');
    let head = line.get(..bare.len()).filter(|head| head.eq_ignore_ascii_case(bare))?;
    let rest = &line[bare.len()..];
    let behind = rest.trim_start_matches([' ', '-', '.', ';']);
    let ends = !rest.starts_with(char::is_alphanumeric) && !rest.trim_start().starts_with(':');
    (ends && (behind.is_empty() || behind.starts_with(char::is_uppercase))).then_some(0..head.len())
}

/// The words of a line that are a heading or label but for a slip: letters changed, a word left out, or its colon.
fn near(line: &str, wanted: &str) -> Option<Span> {
    let is_label = wanted.ends_with(':');
    if is_label && let Some(bare) = without_colon(line, wanted) {
        return Some(bare);
    }
    let head = match line.find(':') {
        Some(colon) if is_label => &line[..=colon],
        _ if is_label => return None,
        _ => line,
    };
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let (found, form) = (folded(head), folded(wanted));
    if found == form || found.len() > form.len() + 6 || found.len() * 2 < form.len() {
        return None;
    }
    let is_printed =
        !head.contains(char::is_lowercase) || is_label || !wanted.chars().any(char::is_lowercase);
    let distance = strsim::damerau_levenshtein(&found, &form);
    let is_slip = distance <= (form.len() / 6).max(2);
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (found_words, form_words) = (words(&found), words(&form));
    let is_shortened = !is_label
        && !head.contains(char::is_lowercase)
        && found_words.len() >= 2
        && found_words.iter().all(|word| form_words.contains(word));
    (is_slip && is_printed || is_shortened).then_some(0..head.len())
}
