//! Telling a determination letter from any other text.

use std::sync::LazyLock;

use regex::Regex;

use super::expected::Expected;
use super::furniture;
use super::layout::{Line, text_lines};
use super::marks::{self, Found, Mark, MarkKind};
use super::profile::{Profile, Section};
use crate::text::{self, Document, Span};

/// Different marks that make a text a letter. A heading or an item's label is the form's own wording; titles, header
/// labels ("Priority:") and sentences stand in other papers too and count half.
const ENOUGH: usize = 4;
/// The same where a form's headings are words of any report.
const ENOUGH_OF_FREE_FORM: usize = 7;
/// Lines at a letter's beginning of which one is its title.
const FIRST_LINES: usize = 8;
/// No title has more words.
const MOST_TITLE_WORDS: usize = 12;
/// Blanks before every mark that make it a quotation where other text has none.
const INDENTED: usize = 4;

/// A document as its lines, and the letter that it is.
pub(super) struct Reading<'d> {
    /// Its lines without page furniture.
    pub lines: Vec<Line<'d>>,
    /// Document spans of the furniture.
    pub furniture: Vec<Span>,
    /// Its profile with the mark of each line, where it is a letter.
    pub recognised: Option<(&'static Profile, Vec<Option<Mark>>)>,
}

/// The profile of a text, if it is a determination letter.
#[must_use]
pub fn recognise(document: &Document) -> Option<&'static Profile> {
    read(&String::from(document), Expected::default()).recognised.map(|(profile, _)| profile)
}

/// Reads the lines of a document and says what letter it is.
pub(super) fn read(text: &str, expected: Expected) -> Reading<'_> {
    let wordings = expected.profiles.wordings();
    let is_mark = |lines: &[Line<'_>], line: usize| wordings.is_mark(lines, line);
    let (lines, furniture) = furniture::take_out(text_lines(text), is_mark);
    let recognised = best_profile(&lines, expected).filter(|(_, marks)| !describes(&lines, marks));
    Reading { lines, furniture, recognised }
}

/// The profile with the most marks, and the marks. The more general one wins a tie. Where one is expected, it is that one
/// for every text that is a letter of some kind.
fn best_profile(lines: &[Line<'_>], expected: Expected) -> Option<(&'static Profile, Vec<Option<Mark>>)> {
    let found = expected.profiles.wordings().find_marks(lines);
    let profiles = expected.profiles.list();
    let mut best: Option<(usize, usize)> = None;
    for (index, profile) in profiles.iter().enumerate() {
        let score = score(profile, index, &found, lines);
        let enough = if profile.free_form { ENOUGH_OF_FREE_FORM } else { ENOUGH };
        if score >= enough && best.is_none_or(|(highest, _)| score > highest) {
            best = Some((score, index));
        }
    }
    let (_, best) = best?;
    let wanted =
        expected.profile.and_then(|wanted| profiles.iter().position(|known| known.name == wanted.name));
    let index = wanted.unwrap_or(best);
    let mut marks = marks::of_profile(&found, index, lines.len());
    if profiles[index].free_form {
        forget_labels_in_header(lines, &mut marks);
    }
    for line in titles_within(&profiles[index], lines) {
        let title = Mark { kind: MarkKind::Title, end_line: line, end_column: lines[line].text.len() };
        marks[line].get_or_insert(title);
    }
    Some((&profiles[index], marks))
}

/// "Reviewer: board certified in …" above the next label of the header is a label of its own, and no section.
fn forget_labels_in_header(lines: &[Line<'_>], marks: &mut [Option<Mark>]) {
    let goes_on = |line: usize, marks: &[Option<Mark>]| {
        let next = marks[line + 1].filter(|_| lines[line + 1].blank_lines_before == 0);
        next.is_some_and(|mark| matches!(mark.kind, MarkKind::Header(_)))
    };
    for line in 0..lines.len().saturating_sub(1) {
        let is_label = marks[line].is_some_and(|mark| {
            let has_value = || !lines[line].text[mark.end_column..].trim().is_empty();
            mark.end_line == line
                && has_value()
                && matches!(mark.kind, MarkKind::Section(Section::Method | Section::Documents))
        });
        if is_label && goes_on(line, marks) {
            marks[line] = None;
        }
    }
}

/// How many different marks of a profile stand; none where they could stand in another paper as well.
fn score(profile: &Profile, index: usize, found: &[Found], lines: &[Line<'_>]) -> usize {
    let mut kinds: Vec<MarkKind> = Vec::new();
    // "INDEPENDENT MEDICAL REVIEW" is the title of some letters, and a heading in others.
    let is_heading =
        |found: &Found| profile.free_form && found.mark.kind == MarkKind::Title && found.line >= FIRST_LINES;
    for found in found.iter().filter(|found| found.profile == index && !is_heading(found)) {
        if !kinds.contains(&found.mark.kind) {
            kinds.push(found.mark.kind);
        }
    }
    let labelled = kinds.clone();
    kinds.retain(
        |kind| !matches!(kind, MarkKind::Opening(field) if labelled.contains(&MarkKind::Field(*field))),
    );
    let first_lines = &lines[..lines.len().min(FIRST_LINES)];
    if !kinds.is_empty()
        && !kinds.contains(&MarkKind::Title)
        && titles_within(profile, first_lines).next().is_some()
    {
        kinds.push(MarkKind::Title);
    }
    let is_common = |kind: &MarkKind| match kind {
        MarkKind::Header(field) => profile.header.iter().any(|mark| mark.field == *field && mark.common),
        MarkKind::Title => true,
        _ => false,
    };
    let is_known = if profile.needs_title {
        kinds.contains(&MarkKind::Title) || has_own_heading(profile, lines)
    } else {
        kinds.iter().any(|kind| !is_common(kind))
    };
    let is_half =
        |kind: &MarkKind| matches!(kind, MarkKind::Header(_) | MarkKind::Title | MarkKind::Opening(_));
    let weight = |kind: &MarkKind| if is_half(kind) { 1 } else { 2 };
    if is_known { kinds.iter().map(weight).sum() } else { 0 }
}

/// Whether one of the headings that no other paper has begins a line.
fn has_own_heading(profile: &Profile, lines: &[Line<'_>]) -> bool {
    let begins = |line: &Line<'_>, heading: &String| {
        line.text.get(..heading.len()).is_some_and(|start| start.eq_ignore_ascii_case(heading))
    };
    lines.iter().any(|line| profile.own_headings.iter().any(|heading| begins(line, heading)))
}

/// The lines that hold a free form's title among other words ("New York State External Appeal"), and are no sentences.
fn titles_within<'l>(profile: &'l Profile, lines: &'l [Line<'_>]) -> impl Iterator<Item = usize> + 'l {
    let may_be_title = |line: &Line<'_>| {
        line.text.starts_with(char::is_uppercase)
            && !line.ends_sentence()
            && line.text.split_whitespace().count() <= MOST_TITLE_WORDS
    };
    let holds_title = |line: &Line<'_>| {
        let text = line.text.to_lowercase();
        let ends = |title: &String| text.find(&title.to_lowercase()).map(|start| start + title.len());
        profile.titles.iter().filter_map(ends).any(|end| !marks::has_label(&text[end..]))
    };
    let is_free = profile.free_form;
    (0..lines.len()).filter(move |&line| is_free && may_be_title(&lines[line]) && holds_title(&lines[line]))
}

/// Lines that source code, markup and data have and letters have not. A single one of the second kind may be chance.
static FOREIGN: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    [
        r#"(?x)^(?: ```|~~~ | \#{2,6}\s | \[\[[\w.-]+\]\]$ | \{" | \#!
            | <(?:[!?][A-Za-z]|/?(?:html|head|body|div|span|p|pre|code|h\d|ul|li|a|img|table|tr|td)[\s>]) 
            | (?:pub\s)?(?:fn|struct|enum|impl|trait)\s[\w<]+.*[{(;,]$ | use\s[\w:]+::.*;$
            | (?:def|class|function)\s\w+.*[:{]$ | (?:const|let|var)\s\w+.*\s= )"#,
        r#"(?x)^(?: [\w-]+\s?=\s?["'\[{] | // | /\* | [{}\]);,]+$ | "[^"]*",$ )"#,
    ]
    .map(text::pattern)
});

/// Whether a line has the mark or the word with which what is certainly foreign begins: the lines of a letter have none, so
/// that the pattern need not be made.
fn can_be_certain(line: &str) -> bool {
    const WORDS: [&str; 13] = [
        "pub", "fn", "struct", "enum", "impl", "trait", "use", "def", "class", "function", "const", "let",
        "var",
    ];
    let first = line.split(char::is_whitespace).next().unwrap_or_default();
    line.starts_with(['`', '~', '#', '[', '{', '<']) || WORDS.contains(&first)
}

/// The same of what is likely foreign.
fn can_be_likely(line: &str) -> bool {
    line.starts_with(['/', '{', '}', ']', ')', ';', ',', '"']) || line.contains('=')
}

/// Whether a text with a letter's marks only writes about letters: a manual, a program, a table of labels.
fn describes(lines: &[Line<'_>], marks: &[Option<Mark>]) -> bool {
    let mut chances = 0;
    let is_titled = lines.first().is_some_and(|line| line.text.starts_with("# "));
    // Most lines of a letter need no closer look.
    let may_be_foreign = |line: &&Line<'_>| {
        !line.text.starts_with(|c: char| c.is_ascii_uppercase()) || line.text.contains('=')
    };
    let is_foreign = lines.iter().filter(may_be_foreign).any(|line| {
        chances += usize::from(can_be_likely(line.text) && FOREIGN[1].is_match(line.text));
        chances > 2 || can_be_certain(line.text) && FOREIGN[0].is_match(line.text)
    });
    let is_indented = |line: &Line<'_>| line.indent >= INDENTED;
    let marked = || lines.iter().zip(marks).filter(|(_, mark)| mark.is_some());
    let other_text = lines.iter().zip(marks).any(|(line, mark)| mark.is_none() && line.indent == 0);
    is_titled || is_foreign || other_text && marked().all(|(line, _)| is_indented(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<&'static str> {
        recognise(&Document::new(text)).map(|profile| profile.name.as_str())
    }

    #[test]
    fn letters() {
        assert_eq!(
            name("CLINICAL CASE SUMMARY\n\nIMR ISSUES, DECISIONS AND RATIONALES\n"),
            Some("ca-imr-2014")
        );
        let drafted =
            "Case Number: CM15-1\nDate Assigned: 1/2/2015\nPriority: Standard\nUR Denial Date: 1/1/2015\n";
        assert_eq!(name(drafted), Some("ca-imr-2014"));
        let credentials =
            "HOW THE IMR FINAL DETERMINATION WAS MADE\nThe Expert Reviewer has the following credentials:\n";
        assert_eq!(name(credentials), Some("ca-imr-2016"));
        let laid_out = "        CLINICAL CASE SUMMARY\n   The patient fell.\n        IMR ISSUES, DECISIONS AND RATIONALES\n   MRI:  Upheld";
        let tabled = "CLINICAL CASE SUMMARY\n| Date | A1c |\n| 1/2 | 8.4% |\n| 3/4 | 8% |\nIMR ISSUES, DECISIONS AND RATIONALES\n";
        assert_eq!(name(tabled), Some("ca-imr-2014"), "laboratory values in a table");
        assert_eq!(name(laid_out), Some("ca-imr-2014"), "an extraction that keeps the page's margins");
        let free = "NEW YORK STATE EXTERNAL APPEAL\n\nRECORDS\nNotes.\n\nHISTORY\nThe member fell.\n\nANALYSIS\nNo fracture.\n";
        assert_eq!(name(free), Some("external-review"), "a title among other words");
        assert_eq!(name(&free.replace("EXTERNAL APPEAL", "HEALTH REPORT")), None, "headings of any report");
        assert_eq!(name(&free.replace("HISTORY", "STORY")), None, "too few of the headings");
    }

    #[test]
    fn other_texts() {
        for text in [
            "",
            "# README\n\nRun the tests.\n",
            "CLINICAL CASE SUMMARY\n",
            "Priority: high\nReceived: today\nSex: F\n",
            "Case Number: 12\nSex: F\nDate of Injury: 1/2/2012\nPriority: high\nReceived: today\n",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }

    #[test]
    fn texts_about_letters() {
        let headings = "CLINICAL CASE SUMMARY\nIMR ISSUES, DECISIONS AND RATIONALES\n";
        let labels = "Claims Administrator guideline: what it cited\nMAXIMUS guideline: what the reviewer cites\nDecision rationale: why\n";
        for text in [
            format!("A letter looks like this:\n\n```text\n{headings}{labels}```\n"),
            format!("# Letters\n\n{labels}"),
            format!("The form has these headings:\n\n    {}\n", headings.trim_end().replace('\n', "\n    ")),
            format!("name = \"x\"\n[[bad]]\nletter = '''\n{headings}{labels}'''\n"),
            format!("> {}", headings.replace('\n', "\n> ")),
            format!("- {}", labels.replace('\n', "\n- ")),
            format!("fn main() {{\n    let text = \"\n{headings}{labels}\";\n}}\n"),
            format!("name = \"x\"\nkind = \"y\"\nroles = [\"z\"]\nletter = \"\"\"\n{headings}{labels}"),
            "CLINICAL CASE SUMMARY is followed by\nIMR ISSUES, DECISIONS AND RATIONALES in every letter.\n".to_owned(),
            "A letter holds `CLINICAL CASE SUMMARY`,\n`IMR ISSUES, DECISIONS AND RATIONALES` and\n`Decision rationale:`.\n".to_owned(),
        ] {
            assert_eq!(name(&text), None, "{text}");
        }
    }
}
