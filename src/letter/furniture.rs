//! Page furniture: page numbers, running heads and footers, which stand inside a sentence that goes on.

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};
use regex::Regex;

use super::layout::Line;
use crate::text::{self, Span};

/// A running head is no longer than this, in bytes.
const LONGEST: usize = 120;
/// Lines of furniture at one edge of a page, at most.
const EDGE: usize = 3;

/// A line that by its shape can be nothing but a page's: "Page 3 of 6", "CM16-0123456 3".
static PAGE_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x-u)^(?:
            [Pp]age\s\d{1,3}\s(?:of|/)\s\d{1,3}
            | (?:[A-Z][\w\s]{0,60}[Cc]ase\s(?:[Nn]umber|\#):?\s)?[A-Z]{2,3}\d{2}-\d{5,8}\s+(?:[Pp]age\s)?\d{1,3}
            | \d{1,3}\s+[A-Z]{2,3}\d{2}-\d{5,8}
        )$",
    )
    .expect("a constant pattern")
});

/// A line that is a page's number where a page ends or begins.
static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    text::pattern(
        r"^(?:[Pp](?:age|g\.?)\s?)?[-\u{2013}]?\s?(\d{1,3})(?:\s?(?:of|/)\s?\d{1,3})?\s?[-\u{2013}]?$",
    )
});

/// A line that names the letter at a page's edge, behind other words than a header's label.
static CASE_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)^[A-Z][\w\s]{8,60}[Cc]ase\s(?:[Nn]umber|#):?\s[A-Z]{2,3}\d{2}-\d{5,8}$")
        .expect("a constant pattern")
});

/// Takes the furniture out of the lines of a document. What is left reads as if pages had no ends; a page break
/// stands where furniture was. `is_mark` says which lines begin a heading or a label. Returns the furniture's
/// document spans.
pub(super) fn take_out<'a>(
    lines: Vec<Line<'a>>,
    is_mark: impl Fn(&[Line<'a>], usize) -> bool,
) -> (Vec<Line<'a>>, Vec<Span>) {
    let is_page_line =
        |line: &Line<'_>| line.text.ends_with(|c: char| c.is_ascii_digit()) && PAGE_LINE.is_match(line.text);
    let shaped: Vec<bool> = lines.iter().map(is_page_line).collect();
    let (lines, mut furniture) = without(lines, &shaped);
    let at_edges = edge_furniture(&lines, is_mark);
    let (lines, at_edges) = without(lines, &at_edges);
    furniture.extend(at_edges);
    furniture.sort_by_key(|span| span.start);
    (lines, furniture)
}

/// The lines that are kept, and the spans of those that are not.
fn without<'a>(lines: Vec<Line<'a>>, out: &[bool]) -> (Vec<Line<'a>>, Vec<Span>) {
    if !out.contains(&true) {
        return (lines, Vec::new());
    }
    let mut kept: Vec<Line<'a>> = Vec::with_capacity(lines.len());
    let mut furniture = Vec::new();
    let mut blanks_at_break: Option<usize> = None;
    for (mut line, &out) in lines.into_iter().zip(out) {
        if out {
            furniture.push(line.start..line.start + line.text.len());
            let blanks = line.blank_lines_before;
            blanks_at_break = Some(blanks_at_break.map_or(blanks, |before| before.min(blanks)));
        } else {
            if let Some(blanks) = blanks_at_break.take() {
                line.page_break_before = true;
                line.blank_lines_before = line.blank_lines_before.min(blanks);
            }
            kept.push(line);
        }
    }
    (kept, furniture)
}

/// Which lines are furniture at the top or the bottom of a page: page numbers, and what stands on half of them.
fn edge_furniture<'a>(lines: &[Line<'a>], is_mark: impl Fn(&[Line<'a>], usize) -> bool) -> Vec<bool> {
    let mut out = vec![false; lines.len()];
    // Each page's first line, and the end of the last page.
    let mut starts: Vec<usize> =
        (0..lines.len()).filter(|&line| line == 0 || lines[line].starts_page()).collect();
    if starts.len() < 2 {
        return out;
    }
    starts.push(lines.len());
    let pages: Vec<Range<usize>> = starts.windows(2).map(|pair| pair[0]..pair[1]).collect();
    let top = |page: &Range<usize>| page.clone().take(EDGE).collect::<Vec<_>>();
    let bottom = |page: &Range<usize>| page.clone().rev().take(EDGE).collect::<Vec<_>>();
    // On how many pages a line stands at an edge.
    let mut counts: HashMap<String, usize> = HashMap::default();
    for page in &pages {
        let shapes: HashSet<String> =
            top(page).into_iter().chain(bottom(page)).map(|line| shape(lines[line].text)).collect();
        for shape in shapes {
            *counts.entry(shape).or_default() += 1;
        }
    }
    let first_lines = LazyCell::new(|| {
        let mut first_lines: HashMap<&str, usize> = HashMap::default();
        for (line, text) in lines.iter().enumerate() {
            first_lines.entry(text.text).or_insert(line);
        }
        first_lines
    });
    // "Case Number: CM16-0123456" on every page: a label whose value stood word for word before.
    let repeats_value = |line: usize| {
        let text = lines[line].text;
        text.contains(|c: char| c.is_ascii_digit()) && first_lines[text] < line
    };
    let recurs = |line: usize| {
        let text = &lines[line].text;
        let count = counts.get(&shape(text)).copied().unwrap_or(0);
        count > 1
            && count * 2 >= pages.len()
            && can_be_running_head(text)
            && (!is_mark(lines, line) || repeats_value(line))
    };
    for (number, page) in pages.iter().enumerate() {
        // The first page's head names the letter: it is no furniture there.
        let heads = if number > 0 { top(page) } else { Vec::new() };
        for edge in [heads, bottom(page)] {
            let is_furniture = |line: &usize| {
                let text = &lines[*line].text;
                recurs(*line) || is_page_number(text, number) || CASE_LINE.is_match(text)
            };
            for line in edge.into_iter().take_while(is_furniture) {
                out[line] = true;
            }
        }
    }
    out
}

/// "Page 3", "- 3 -": a bare number has to be that page's, give or take a cover.
fn is_page_number(text: &str, page: usize) -> bool {
    let Some(found) = PAGE_NUMBER.captures(text) else { return false };
    let number: usize = found[1].parse().unwrap_or(0);
    found[1].len() < text.len() || number.abs_diff(page + 1) <= 1
}

/// A head is a title or a name: no part of a sentence, and no decision that stands alone on its line.
fn can_be_running_head(text: &str) -> bool {
    let is_capitals = !text.contains(char::is_lowercase);
    text.len() <= LONGEST
        && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && text.contains(char::is_whitespace)
        && (is_capitals || !text.ends_with(['.', ',', ':', ';']))
        && !["Upheld", "Overturned"].iter().any(|decision| text.ends_with(decision))
}

/// A line with its numbers taken out, so that page numbers do not tell lines apart.
fn shape(text: &str) -> String {
    let mut shape = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if !((c == '#' && shape.ends_with('#')) || (c.is_whitespace() && shape.ends_with(' '))) {
            shape.push(if c.is_whitespace() { ' ' } else { c });
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::super::layout::text_lines;
    use super::*;

    /// The lines that stay, with `|` where a page breaks, and the furniture.
    fn taken(text: &str) -> (Vec<String>, Vec<String>) {
        let is_mark = |lines: &[Line<'_>], line: usize| {
            lines[line].text.starts_with("Case Number:") || lines[line].text.ends_with("SUMMARY")
        };
        let (lines, furniture) = take_out(text_lines(text), is_mark);
        let kept = lines
            .iter()
            .map(|line| format!("{}{}", if line.page_break_before { "|" } else { "" }, line.text))
            .collect();
        (kept, furniture.into_iter().map(|span| text[span].to_owned()).collect())
    }

    fn furniture(text: &str) -> Vec<String> {
        taken(text).1
    }

    #[test]
    fn a_page_number_inside_a_sentence() {
        let (kept, furniture) =
            taken("seen in the\nPage 3 of 6\nclinic, where\nCM16-0123456 4\n\u{c}she sat.\n");
        assert_eq!(kept, ["seen in the", "|clinic, where", "|she sat."]);
        assert_eq!(furniture, ["Page 3 of 6", "CM16-0123456 4"]);
        assert_eq!(furniture_of_case("Final Determination Letter for IMR Case Number CM14-0012345 3"), 1);
    }

    fn furniture_of_case(line: &str) -> usize {
        furniture(&format!("seen in the\n{line}\nclinic.")).len()
    }

    #[test]
    fn numbers_of_a_sentence_stay() {
        for line in ["12", "Page 43", "Page 43 of the chapter", "CM16-0123456", "4 of 5", "in 2012"] {
            assert_eq!(furniture_of_case(line), 0, "{line}");
        }
    }

    #[test]
    fn a_number_at_the_end_of_its_page() {
        assert_eq!(furniture("one\ntwo\n1\n\u{c}three\n- 2 -\n\u{c}four\n3"), ["1", "- 2 -", "3"]);
        assert_eq!(furniture("for a total of\n12\n\u{c}visits over\nfour weeks"), [""; 0], "not that page's");
    }

    #[test]
    fn a_line_that_names_the_case_at_an_edge() {
        let text = "She was seen by\nFinal Determination Letter for IMR Case Number CM16-0123456\n\u{c}a surgeon.\n\u{c}She left.";
        assert_eq!(furniture(text).len(), 1);
        assert_eq!(furniture("x\n\u{c}Case Number: CM16-0123456\ny").len(), 0, "a header");
    }

    #[test]
    fn running_heads_recur() {
        let text = "Independent Review of Jane Roe\nThe patient was\n\u{c}Independent Review of Jane Roe\nseen in the\n\
                    \u{c}Independent Review of Jane Roe\nclinic.";
        let (kept, furniture) = taken(text);
        assert_eq!(kept[1..], ["The patient was", "|seen in the", "|clinic."]);
        assert_eq!(furniture.len(), 2);
    }

    #[test]
    fn what_recurs_at_a_page_and_is_none() {
        for text in [
            "A\nis not medically\nnecessary.\n\u{c}B\nis not medically\nnecessary.\n\u{c}C",
            "MRI of the knee:\nUpheld\n\u{c}MRI of the hip:\nUpheld\n\u{c}end",
            "x\n\u{c}CLINICAL CASE SUMMARY\ny\n\u{c}CLINICAL CASE SUMMARY\nz",
            "x\n\u{c}Case Number: CM16-0000001\ny\n\u{c}Case Number: CM16-0000002\nz",
        ] {
            assert_eq!(furniture(text), [""; 0], "{text}");
        }
        assert_eq!(
            furniture("Case Number: CM16-0000001\nx\n\u{c}Case Number: CM16-0000001\ny").len(),
            1,
            "the same letter's"
        );
    }
}
