//! A pronoun or noun for the patient against the patient's sex.

use crate::engine::{Applicability, Arg, Draft, DraftFix, LetterContext, Sink};
use crate::letter::facts::Sex;
use crate::letter::{Block, Form, Letter, Mention, Place, Role, Stated, Who};
use crate::text::TokenKind;

/// So many mentions against an anchor without support, and the anchor is what is wrong.
const OUTVOTED: usize = 3;

/// A word for the patient that states a sex.
struct PatientMention<'l> {
    place: Place,
    sex: Sex,
    mention: &'l Mention,
}

impl<'l> PatientMention<'l> {
    fn of(block: usize, mention: &'l Mention) -> Option<Self> {
        let sex = mention.sex.filter(|_| mention.who == Who::Patient)?;
        Some(Self { place: Place { block, span: mention.span.clone() }, sex, mention })
    }
}

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let Some(anchor) = letter.sex() else { return };
    if letter.blocks.iter().any(tells_of_transition) {
        return;
    }
    let mentions: Vec<PatientMention<'_>> = letter
        .blocks
        .iter()
        .enumerate()
        .flat_map(|(block, content)| content.content.mentions().iter().map(move |mention| (block, mention)))
        .filter(|(block, mention)| (*block, &mention.span) != (anchor.place.block, &anchor.place.span))
        .filter_map(|(block, mention)| PatientMention::of(block, mention))
        .collect();
    let opposed: Vec<_> = mentions.iter().filter(|mention| mention.sex != anchor.value).collect();
    if opposed.len() >= OUTVOTED && opposed.len() == mentions.len() {
        sink.push(against_all(letter, &anchor, opposed[0]));
        return;
    }
    for mention in opposed {
        sink.push(mismatch(letter, &anchor, mention));
    }
}

fn tells_of_transition(block: &Block) -> bool {
    const WORDS: [&str; 8] = [
        "transgender",
        "transsexual",
        "nonbinary",
        "non-binary",
        "gender dysphoria",
        "gender-affirming",
        "gender reassignment",
        "at birth",
    ];
    let narrates = matches!(block.role, Role::Summary | Role::Prose | Role::Field(_));
    narrates && {
        let text = block.content.text().to_lowercase().replace('\n', " ");
        WORDS.iter().any(|word| text.contains(word))
    }
}

fn mismatch(letter: &Letter, anchor: &Stated<Sex>, opposed: &PatientMention<'_>) -> Draft {
    let place = opposed.place.clone();
    let found = &letter.blocks[place.block].content.text()[place.span.clone()];
    let sex = Arg::term(anchor.value.name());
    let draft = Draft::new(place.clone(), "message")
        .arg("found", Arg::letter(found))
        .arg("sex", sex.clone())
        .related(anchor.place.clone(), "anchor", vec![("sex", sex)]);
    match counterpart(found, letter, opposed) {
        Some(new_text) => draft.fix(DraftFix::replace(place, new_text, Applicability::Manual)),
        None => draft,
    }
}

fn against_all(letter: &Letter, anchor: &Stated<Sex>, opposed: &PatientMention<'_>) -> Draft {
    let found = &letter.blocks[anchor.place.block].content.text()[anchor.place.span.clone()];
    let other = Arg::term(opposed.sex.name());
    let draft = Draft::new(anchor.place.clone(), "against-all")
        .arg("found", Arg::letter(found))
        .arg("other", other.clone())
        .related(opposed.place.clone(), "opposed", vec![("other", other)]);
    match swapped_noun(found) {
        Some(new_text) => draft.fix(DraftFix::replace(anchor.place.clone(), new_text, Applicability::Manual)),
        None => draft,
    }
}

/// The same word for the other sex. "her" is "his" before a noun and "him" without one.
fn counterpart(found: &str, letter: &Letter, opposed: &PatientMention<'_>) -> Option<String> {
    let content = &letter.blocks[opposed.place.block].content;
    let word = match (found.to_lowercase().as_str(), opposed.mention.form) {
        ("he", _) => "she",
        ("she", _) => "he",
        ("him", _) => "her",
        ("her", Form::Object) => "him",
        ("her", _) => "his",
        ("hers", _) => "his",
        ("himself", _) => "herself",
        ("herself", _) => "himself",
        ("his", _) => {
            let next = content.tokens.iter().find(|token| token.span.start >= opposed.place.span.end);
            if next.is_some_and(|token| token.kind == TokenKind::Mark) { "hers" } else { "her" }
        }
        _ => return swapped_noun(found),
    };
    Some(if found.starts_with(char::is_uppercase) { capitalised(word) } else { word.to_owned() })
}

fn swapped_noun(found: &str) -> Option<String> {
    let word = match found.to_lowercase().as_str() {
        "female" => "male",
        "male" => "female",
        "woman" => "man",
        "man" => "woman",
        "gentleman" => "lady",
        "lady" => "gentleman",
        "girl" => "boy",
        "boy" => "girl",
        "f" => "M",
        "m" => "F",
        _ => return None,
    };
    Some(if found.starts_with(char::is_uppercase) { capitalised(word) } else { word.to_owned() })
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
