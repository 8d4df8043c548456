//! A pronoun or noun for the patient against the patient's sex.

use crate::engine::{Applicability, Arg, Draft, DraftFix, LetterContext, Sink};
use crate::letter::facts::Sex;
use crate::letter::{Content, Form, Letter, Mention, Place, Reason, Stated, Who};
use crate::text::TokenKind;
use foldhash::HashSet;

/// So many mentions against an anchor without support, and the anchor is what is wrong.
const OUTVOTED: usize = 3;

/// A word for the patient that states a sex.
struct PatientMention<'l> {
    place: Place,
    sex: Sex,
    mention: &'l Mention,
}

impl<'l> PatientMention<'l> {
    fn of(letter: &Letter, names: &HashSet<&str>, block: usize, mention: &'l Mention) -> Option<Self> {
        let is_patient =
            mention.who == Who::Patient || is_named(names, &letter.blocks[block].content, mention);
        let sex = mention.sex.filter(|_| is_patient)?;
        Some(Self { place: Place { block, span: mention.span.clone() }, sex, mention })
    }
}

/// The names behind the titles that mean the patient ("Ms. Garcia complains of pain").
fn names_of_patient(letter: &Letter) -> HashSet<&str> {
    let contents = letter.blocks.iter().map(|block| &block.content);
    contents
        .flat_map(|content| {
            let patients = content.mentions().iter().filter(|mention| mention.who == Who::Patient);
            patients.filter_map(|mention| titled_name(content, mention))
        })
        .collect()
}

/// Whether a title stands before the patient's name, where its sentence speaks of no relative of that name.
fn is_named(names: &HashSet<&str>, content: &Content, mention: &Mention) -> bool {
    let is_title = mention.reason == Reason::TitledName && mention.who == Who::Unknown;
    let names_relative = || {
        let sentence = content.sentence_at(mention.span.start).map_or(0..0, |sentence| sentence.span.clone());
        let mut others = content.mentions().iter().filter(|other| sentence.contains(&other.span.start));
        others.any(|other| matches!(other.who, Who::Family | Who::Other))
    };
    is_title && titled_name(content, mention).is_some_and(|name| names.contains(name)) && !names_relative()
}

/// The word behind a title ("Mr.") that is a mention.
fn titled_name<'l>(content: &'l Content, mention: &Mention) -> Option<&'l str> {
    let title = content.text()[mention.span.clone()].to_lowercase();
    if !matches!(title.as_str(), "mr" | "ms" | "mrs" | "miss") {
        return None;
    }
    let mut behind = content.tokens.iter().filter(|token| token.span.start >= mention.span.end);
    let name = behind.find(|token| token.kind == TokenKind::Word)?;
    let name = &content.text()[name.span.clone()];
    Some(name.trim_end_matches("'s").trim_end_matches("\u{2019}s"))
}

pub fn check(context: &LetterContext<'_>, sink: &mut Sink) {
    let letter = context.letter;
    let Some(anchor) = letter.sex() else { return };
    if letter.tells_of_transition() {
        return;
    }
    let names = names_of_patient(letter);
    let mentions: Vec<PatientMention<'_>> = letter
        .blocks
        .iter()
        .enumerate()
        .flat_map(|(block, content)| content.content.mentions().iter().map(move |mention| (block, mention)))
        .filter(|(block, mention)| (*block, &mention.span) != (anchor.place.block, &anchor.place.span))
        .filter_map(|(block, mention)| PatientMention::of(letter, &names, block, mention))
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
    match swapped_noun(found).or_else(|| swapped_subject(found)) {
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
        "mr" => "Ms",
        "ms" | "mrs" | "miss" => "Mr",
        _ => return None,
    };
    Some(if found.starts_with(char::is_uppercase) { capitalised(word) } else { word.to_owned() })
}

/// "He is a 52-year-old": the pronoun that introduces the patient.
fn swapped_subject(found: &str) -> Option<String> {
    match found {
        "He" => Some("She".to_owned()),
        "She" => Some("He".to_owned()),
        _ => None,
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
