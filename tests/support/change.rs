//! Clean letters in which passages are changed, each in the letter's own layout: the rows of tables with the columns
//! `letter`, `find`, `replace`, `flagged`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use detlint::text::Span;

/// What parts several changes of a row, and the alternatives of what is flagged.
const PARTING: &str = " || ";

/// Lines longer than this are paragraphs that nobody wrapped, in characters.
const LONGEST_WRAPPED_LINE: usize = 160;

/// A row: a letter by its name, what is changed in it, and what a finding may touch.
pub struct Change {
    pub letter: String,
    /// Passages with what stands in their place; white space is one blank.
    edits: Vec<(String, String)>,
    flagged: Vec<String>,
}

/// A changed letter; the spans are bytes of its text.
pub struct Changed {
    pub text: String,
    pub flagged: Vec<Span>,
}

/// How a letter's lines break.
struct Layout {
    /// In characters.
    width: usize,
    line_break: String,
}

/// The letters of folders, by their names: those that rows may name.
pub fn letters(folders: &[PathBuf]) -> BTreeMap<String, String> {
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("a folder of letters"));
    let paths = entries.map(|entry| entry.expect("a readable folder").path());
    paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| {
            let name = path.file_stem().and_then(|name| name.to_str()).expect("a name in UTF-8").to_owned();
            let text = fs::read_to_string(&path).expect("a letter in UTF-8");
            (name, text.trim_start_matches('\u{feff}').to_owned())
        })
        .collect()
}

/// Whether a table holds changes, and not sentences.
pub fn holds_changes(table: &str) -> bool {
    table.lines().next().is_some_and(|columns| columns.split('\t').any(|column| column == "letter"))
}

/// The rows of a table that holds changes.
pub fn changes(table: &str) -> Vec<Change> {
    let parts = |cell: &str| cell.split(PARTING).map(str::to_owned).collect::<Vec<_>>();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let (letter, find, replace, flagged) = match cells[..] {
            [letter, find, replace, flagged] => (letter, find, replace, parts(flagged)),
            [letter, find, replace] => (letter, find, replace, Vec::new()),
            _ => panic!("three or four columns: {line}"),
        };
        let (find, replace) = (parts(find), parts(&replace.replace("\\n", "\n")));
        assert_eq!(find.len(), replace.len(), "as many passages as replacements: {line}");
        Change { letter: letter.to_owned(), edits: find.into_iter().zip(replace).collect(), flagged }
    };
    table.lines().skip(1).map(row).collect()
}

impl Change {
    /// The letter with the changes made, the lines after each wrapped again.
    pub fn make(&self, letter: &str) -> Changed {
        let layout = Layout::of(letter);
        let mut edits: Vec<(Span, &str)> = self
            .edits
            .iter()
            .map(|(find, replace)| (find_once(letter, find, &self.letter), replace.as_str()))
            .collect();
        edits.sort_by_key(|(span, _)| span.start);
        let apart = edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start);
        assert!(apart, "{}: changes overlap: {}", self.letter, self.show());
        let mut text = letter.to_owned();
        // From the last to the first, so that the spans before stay right.
        for (span, replace) in edits.into_iter().rev() {
            text = layout.replace(&text, span, replace);
        }
        let flagged = self.flagged.iter().map(|flagged| find_once(&text, flagged, &self.letter)).collect();
        Changed { text, flagged }
    }

    /// Whether the row names what a finding has to touch.
    pub fn is_flagged(&self) -> bool {
        !self.flagged.is_empty()
    }

    /// The words of the letter with the changes made.
    pub fn words(&self, letter: &str) -> Vec<String> {
        let mut text = letter.split_whitespace().collect::<Vec<_>>().join(" ");
        for (find, replace) in &self.edits {
            text = text.replacen(find.as_str(), replace, 1);
        }
        text.split_whitespace().map(str::to_owned).collect()
    }

    /// What is changed, for a person.
    pub fn show(&self) -> String {
        let edits: Vec<String> =
            self.edits.iter().map(|(find, replace)| format!("“{find}” → “{replace}”")).collect();
        format!("{} «{}»", edits.join(", "), self.flagged.join("», «"))
    }
}

/// Where a passage stands, which has to stand once; any white space of the text is one blank of the passage.
fn find_once(text: &str, passage: &str, letter: &str) -> Span {
    let mut blanked = String::new();
    let mut offsets = Vec::new();
    for (at, character) in text.char_indices() {
        let character = if character.is_whitespace() { ' ' } else { character };
        if character == ' ' && blanked.ends_with(' ') {
            continue;
        }
        blanked.push(character);
        offsets.resize(blanked.len(), at);
    }
    offsets.push(text.len());
    let count = blanked.match_indices(passage).count();
    assert_eq!(count, 1, "{letter}: “{passage}” has to stand once");
    let start = blanked.find(passage).expect("it stands once");
    let last = passage.chars().next_back().map_or(0, char::len_utf8);
    let last_at = offsets[start + passage.len() - last];
    offsets[start]..last_at + text[last_at..].chars().next().map_or(0, char::len_utf8)
}

impl Layout {
    fn of(letter: &str) -> Self {
        let mut widths: Vec<usize> =
            letter.lines().map(|line| line.trim().chars().count()).filter(|width| *width > 0).collect();
        widths.sort_unstable();
        let width = widths.get(widths.len() * 95 / 100).copied().unwrap_or(usize::MAX);
        let mut breaks: BTreeMap<&str, usize> = BTreeMap::new();
        for part in letter.split(|character: char| !character.is_whitespace()) {
            if part.contains('\n') {
                *breaks.entry(part).or_default() += 1;
            }
        }
        let line_break = breaks.into_iter().max_by_key(|(_, count)| *count).map_or("\n", |(part, _)| part);
        let width = if width > LONGEST_WRAPPED_LINE { usize::MAX } else { width };
        Self { width, line_break: line_break.to_owned() }
    }

    /// The text with a passage replaced; its line and those that it ran on into are wrapped again.
    fn replace(&self, text: &str, passage: Span, replacement: &str) -> String {
        let passage = if replacement.is_empty() { with_its_blank(text, passage) } else { passage };
        let line_start = text[..passage.start].rfind('\n').map_or(0, |at| at + 1);
        let mut out = text[..line_start].to_owned();
        let mut line = text[line_start..passage.start].to_owned();
        for (index, part) in replacement.split('\n').enumerate() {
            if index > 0 {
                out.push_str(&line);
                out.push_str(&self.line_break);
                line.clear();
            }
            line.push_str(part);
        }
        let mut from = passage.end;
        loop {
            let end = line_end(text, from);
            line.push_str(&text[from..end]);
            while let Some(at) = self.break_in(&line) {
                out.push_str(&line[..at]);
                out.push_str(&self.line_break);
                line.drain(..=at);
            }
            let next = text[end..].len() - text[end..].trim_start().len();
            if text[end..end + next] != self.line_break || !self.runs_on(&text[..end]) {
                return [&out, &line, &text[end..]].concat();
            }
            line.push(' ');
            from = end + next;
        }
    }

    /// The last blank at which a line that is too long can break.
    fn break_in(&self, line: &str) -> Option<usize> {
        let (too_far, _) = line.char_indices().nth(self.width)?;
        let before = &line[..=too_far];
        before.rfind(' ').filter(|at| !before[..*at].trim().is_empty())
    }

    /// Whether the last line of a text was broken because it was full, in the middle of a sentence.
    fn runs_on(&self, text: &str) -> bool {
        let line = text.rsplit('\n').next().unwrap_or_default();
        let is_full = line.chars().count() >= self.width / 10 * 7;
        is_full && !['.', ':'].iter().any(|end| line.ends_with(*end)) && !ends_a_heading(line)
    }
}

fn ends_a_heading(line: &str) -> bool {
    ["Upheld", "Overturned"].iter().any(|decision| line.ends_with(decision))
}

/// Where the line ends in which `from` stands, without the blanks at its end.
fn line_end(text: &str, from: usize) -> usize {
    let end = text[from..].find('\n').map_or(text.len(), |at| from + at);
    from + text[from..end].trim_end().len()
}

/// A passage that is taken out, with one of the two blanks around it.
fn with_its_blank(text: &str, passage: Span) -> Span {
    let after = text[passage.end..].len() - text[passage.end..].trim_start().len();
    let before = text[..passage.start].trim_end().len();
    if text[passage.end..passage.end + after].contains('\n') && !text[before..passage.start].contains('\n') {
        return before..passage.end;
    }
    passage.start..passage.end + after
}
