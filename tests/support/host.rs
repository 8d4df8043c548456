//! Clean letters into which a sentence is set, each in its own layout.

use std::fs;
use std::path::Path;

use detlint::text::Span;

/// Where in a letter a sentence is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Summary,
    Rationale,
}

/// A clean letter and the two places in it.
pub struct Host {
    pub name: String,
    pub text: String,
    layout: Layout,
    /// What stands for `{age}`, `{sex}` and `{date}`, so that a sentence agrees with its letter.
    values: [(&'static str, String); 3],
    summary: Slot,
    rationale: Slot,
}

/// A letter with a sentence set in it; the spans are bytes of its text.
pub struct Planted {
    pub text: String,
    pub sentence: Span,
    pub flagged: Span,
}

/// How the letter's lines break.
enum Layout {
    /// One line a paragraph.
    Typed,
    /// Lines of at most so many characters, paragraphs parted by an empty line.
    Margin(usize),
    /// The same, with an empty line after each, paragraphs parted by a line of one space.
    DoubleSpaced(usize),
}

/// A paragraph, as bytes of the letter, and the end of a sentence in it.
struct Slot {
    paragraph: Span,
    after: usize,
}

/// The letters of `hosts.tsv`, in its order.
pub fn hosts(folder: &Path) -> Vec<Host> {
    let table = fs::read_to_string(folder.join("hosts.tsv")).expect("a table of hosts");
    table.lines().skip(1).map(|line| host(folder, line)).collect()
}

fn host(folder: &Path, line: &str) -> Host {
    let columns: Vec<&str> = line.split('\t').collect();
    let [letter, layout, width, age, sex, date, summary, rationale] = columns[..] else {
        panic!("hosts.tsv: {line}")
    };
    let path = folder.join("letters").join(letter).with_extension("txt");
    let text = fs::read_to_string(&path).expect("a letter in UTF-8");
    let width = width.parse().expect("a width in characters");
    let layout = match layout {
        "typed" => Layout::Typed,
        "margin" => Layout::Margin(width),
        "double-spaced" => Layout::DoubleSpaced(width),
        other => panic!("hosts.tsv: no layout is called {other}"),
    };
    let values = [("{age}", age.to_owned()), ("{sex}", sex.to_owned()), ("{date}", date.to_owned())];
    let slot = |anchor| layout.slot(&text, anchor);
    let (summary, rationale) = (slot(summary), slot(rationale));
    Host { name: letter.to_owned(), text, layout, values, summary, rationale }
}

impl Host {
    /// The letter with a sentence more, the paragraph around it wrapped again.
    pub fn insert(&self, place: Place, sentence: &str, flagged: &str) -> Planted {
        let slot = if place == Place::Summary { &self.summary } else { &self.rationale };
        let sentence = self.fill_in(sentence);
        let flagged = self.fill_in(flagged);
        let flagged_at = sentence.find(&flagged).expect("a flagged text of the sentence");
        let mut paragraph = unwrap_lines(&self.text[slot.paragraph.start..slot.after]);
        paragraph.push(' ');
        let start = paragraph.len();
        paragraph.push_str(&sentence);
        let rest = unwrap_lines(&self.text[slot.after..slot.paragraph.end]);
        if !rest.is_empty() {
            paragraph.push(' ');
            paragraph.push_str(&rest);
        }
        let (wrapped, offsets) = self.layout.wrap(&paragraph);
        let place = |at: usize| slot.paragraph.start + offsets[at];
        let text = [&self.text[..slot.paragraph.start], &wrapped, &self.text[slot.paragraph.end..]].concat();
        let flagged = start + flagged_at..start + flagged_at + flagged.len();
        Planted {
            text,
            sentence: place(start)..place(start + sentence.len()),
            flagged: place(flagged.start)..place(flagged.end),
        }
    }

    fn fill_in(&self, text: &str) -> String {
        self.values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    }
}

impl Layout {
    fn slot(&self, text: &str, anchor: &str) -> Slot {
        assert_eq!(text.matches(anchor).count(), 1, "hosts.tsv: “{anchor}” has to stand once in its letter");
        let after = text.find(anchor).expect("it stands once") + anchor.len();
        let parting = match self {
            Self::Typed => "\n",
            Self::Margin(_) => "\n\n",
            Self::DoubleSpaced(_) => "\n \n",
        };
        let start = text[..after].rfind(parting).map_or(0, |at| at + parting.len());
        let end = text[after..].find(parting).map_or(text.len(), |at| after + at);
        let leading = text[start..].len() - text[start..].trim_start().len();
        Slot { paragraph: start + leading..after + text[after..end].trim_end().len(), after }
    }

    /// A paragraph in this layout, and where each of its bytes (and its end) comes to stand.
    fn wrap(&self, paragraph: &str) -> (String, Vec<usize>) {
        let (width, line_break) = match self {
            Self::Typed => (usize::MAX, ""),
            Self::Margin(width) => (*width, "\n"),
            Self::DoubleSpaced(width) => (*width, " \n\n"),
        };
        let breaks = line_breaks(paragraph, width);
        let mut wrapped = String::new();
        let mut offsets = Vec::new();
        for (at, character) in paragraph.char_indices() {
            offsets.extend((0..character.len_utf8()).map(|byte| wrapped.len() + byte));
            if breaks.contains(&at) {
                wrapped.push_str(line_break);
            } else {
                wrapped.push(character);
            }
        }
        offsets.push(wrapped.len());
        (wrapped, offsets)
    }
}

fn unwrap_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

/// The blanks at which lines of at most `width` characters break.
fn line_breaks(paragraph: &str, width: usize) -> Vec<usize> {
    let mut breaks = Vec::new();
    let (mut column, mut last) = (0, None);
    for (at, _) in paragraph.char_indices() {
        if may_break(paragraph, at) {
            last = Some((at, column));
        }
        column += 1;
        if column > width
            && let Some((at, columns)) = last.take()
        {
            breaks.push(at);
            column -= columns + 1;
        }
    }
    breaks
}

/// A line breaks at a single blank between words: one that is a defect itself would vanish in the break.
fn may_break(paragraph: &str, at: usize) -> bool {
    let before = paragraph[..at].chars().next_back();
    let mut from_here = paragraph[at..].chars();
    from_here.next() == Some(' ')
        && before.is_some_and(|before| !" ([/".contains(before))
        && from_here.next().is_some_and(|after| !" .,;:)]/".contains(after))
}
