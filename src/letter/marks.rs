//! Marks: titles, headings, labels and fixed wording of the profiles, found at the starts of lines.

use foldhash::HashMap;

use super::fixed_text::FixedPlace;
use super::heading_words::HeadingsByWords;
use super::layout::Line;
use super::profile::{Field, HeaderField, Profile, Section};

/// A mark and where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub kind: MarkKind,
    /// Index of the line on which it ends (a heading may wrap).
    pub end_line: usize,
    /// Byte offset of its end within that line's text.
    pub end_column: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum MarkKind {
    /// A line of the letterhead.
    Title,
    Header(HeaderField),
    Section(Section),
    /// The first words of an item's heading.
    ItemHeading,
    /// The first words of a decision that stands apart from its item.
    Result,
    Field(Field),
    /// The first words of a field's value that stands without a label.
    Opening(Field),
    /// The lead of a fixed paragraph, by its index among the profile's fixed texts.
    Fixed(usize),
}

/// A mark of one profile on one line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// Index of the profile.
    pub profile: usize,
    pub line: usize,
    pub mark: Mark,
}

/// The longest mark of one profile on each line, if it has one there.
pub(super) fn of_profile(found: &[Found], profile: usize, lines: usize) -> Vec<Option<Mark>> {
    let mut marks: Vec<Option<Mark>> = vec![None; lines];
    for found in found.iter().filter(|found| found.profile == profile) {
        let end = |mark: &Mark| (mark.end_line, mark.end_column);
        let place = &mut marks[found.line];
        if place.as_ref().is_none_or(|longest| end(&found.mark) > end(longest)) {
            *place = Some(found.mark);
        }
    }
    // "Decision", and on the next line "rationale:", which is a label by itself.
    for line in 0..lines {
        if let Some(mark) = marks[line] {
            marks[line + 1..(mark.end_line + 1).max(line + 1)].fill(None);
        }
    }
    marks
}

/// One way of writing marks.
#[derive(Debug)]
struct Wording {
    text: &'static str,
    /// The length of its first word.
    first: usize,
    /// With what its second word begins, if it has one.
    second: Option<u8>,
    /// What is written so: most wordings are those of several profiles.
    uses: Vec<Use>,
}

/// What a profile writes with a wording.
#[derive(Debug, Clone, Copy)]
struct Use {
    profile: usize,
    kind: MarkKind,
    /// Whether a number stands before it.
    number: Numbering,
}

/// Whether a number stands before a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Never,
    Perhaps,
    /// Plain words that also begin a sentence are a mark only behind one.
    Always,
}

/// Every wording of some profiles by its first word, so that most lines cost one look-up.
#[derive(Debug)]
pub(super) struct Wordings {
    by_first_word: HashMap<String, Vec<Wording>>,
    by_words: HeadingsByWords,
}

/// Longer words, in letters, are compared as if they ended here: no wording begins with one.
const LONGEST_FIRST_WORD: usize = 40;

impl Wordings {
    pub fn of(profiles: &'static [Profile]) -> Self {
        let mut by_first_word: HashMap<String, Vec<Wording>> = HashMap::default();
        for (profile, (kind, text, number)) in profiles
            .iter()
            .enumerate()
            .flat_map(|(index, profile)| wordings(profile).into_iter().map(move |it| (index, it)))
        {
            let word = first_word(text).to_ascii_lowercase();
            let like = by_first_word.entry(word).or_default();
            let own = Use { profile, kind, number };
            match like.iter_mut().find(|wording| wording.text == text) {
                Some(wording) => wording.uses.push(own),
                None => like.push(Wording::new(text, own)),
            }
        }
        Self { by_first_word, by_words: HeadingsByWords::of(profiles) }
    }

    /// The marks of every profile, in the order of the lines. One profile may have several on a line.
    pub fn find_marks(&self, lines: &[Line<'_>]) -> Vec<Found> {
        let at = |line| self.marks_at(lines, line).chain(self.by_words.at(lines, line));
        (0..lines.len()).flat_map(at).collect()
    }

    /// Whether a line begins a mark of any profile.
    pub fn is_mark(&self, lines: &[Line<'_>], line: usize) -> bool {
        self.marks_at(lines, line).next().is_some()
    }

    fn marks_at<'l>(&'l self, lines: &'l [Line<'_>], line: usize) -> impl Iterator<Item = Found> + 'l {
        let text = lines[line].text;
        let number = number_before(text).max(letter_before(text));
        let wordings = self.beginning_like(&text[number..]).iter();
        wordings.flat_map(move |wording| wording.at(lines, line, number))
    }

    /// The wordings that begin with the first word of a text, whatever its case.
    fn beginning_like(&self, text: &str) -> &[Wording] {
        let mut small = [0; LONGEST_FIRST_WORD];
        let word = first_word(text).as_bytes();
        let small = &mut small[..word.len()];
        small.copy_from_slice(word);
        small.make_ascii_lowercase();
        let found = std::str::from_utf8(small).ok().and_then(|small| self.by_first_word.get(small));
        found.map_or(&[], Vec::as_slice)
    }
}

/// How a profile writes its marks, and which of them have a number before them.
fn wordings(profile: &'static Profile) -> Vec<(MarkKind, &'static str, Numbering)> {
    let all = |kind: MarkKind, texts: &'static [String]| {
        let number = match kind {
            MarkKind::Result | MarkKind::ItemHeading => Numbering::Perhaps,
            MarkKind::Section(_) | MarkKind::Field(_) if profile.free_form => Numbering::Perhaps,
            _ => Numbering::Never,
        };
        texts.iter().map(move |text| (kind, text.as_str(), number))
    };
    let mut wordings = Vec::new();
    wordings
        .extend(profile.section.iter().flat_map(|mark| all(MarkKind::Section(mark.section), &mark.headings)));
    wordings.extend(profile.field.iter().flat_map(|mark| all(MarkKind::Field(mark.field), &mark.labels)));
    wordings.extend(profile.field.iter().flat_map(|mark| all(MarkKind::Opening(mark.field), &mark.openings)));
    wordings.extend(profile.header.iter().flat_map(|mark| all(MarkKind::Header(mark.field), &mark.labels)));
    wordings.extend(all(MarkKind::ItemHeading, &profile.item_headings));
    wordings.extend(all(MarkKind::Result, &profile.results));
    let numbered = profile.numbered_results.iter();
    wordings.extend(numbered.map(|text| (MarkKind::Result, text.as_str(), Numbering::Always)));
    wordings.extend(all(MarkKind::Title, &profile.titles));
    let paragraphs =
        profile.fixed.iter().enumerate().filter(|(_, fixed)| fixed.place == FixedPlace::Paragraph);
    wordings
        .extend(paragraphs.map(|(index, fixed)| (MarkKind::Fixed(index), fixed.lead(), Numbering::Never)));
    wordings
}

/// The letters with which a text begins.
fn first_word(text: &str) -> &str {
    let letters = text.bytes().take(LONGEST_FIRST_WORD).take_while(u8::is_ascii_alphabetic);
    &text[..letters.count()]
}

/// The length of an item's number before its heading ("1) ", "2. "), with the blanks behind it.
pub(super) fn number_before(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    if !(1..=2).contains(&digits) || !rest.starts_with([')', '.']) {
        return 0;
    }
    let blanks = rest[1..].len() - rest[1..].trim_start().len();
    if blanks == 0 { 0 } else { digits + 1 + blanks }
}

/// The length of a Roman number or a letter before a heading ("IV. ", "B. "), with the blanks behind it.
pub(super) fn letter_before(text: &str) -> usize {
    let roman = text.bytes().take_while(|c| matches!(c, b'I' | b'V' | b'X')).count();
    let digits = roman.max(usize::from(text.starts_with(|c: char| c.is_ascii_uppercase())));
    match text[digits..].strip_prefix(". ") {
        Some(rest) if digits > 0 => text.len() - rest.trim_start().len(),
        _ => 0,
    }
}

impl Wording {
    fn new(text: &'static str, own: Use) -> Self {
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        Self { text, first: first.len(), second: rest.bytes().next(), uses: vec![own] }
    }

    /// Whether the second word of a text begins as its own does, as far as that stands on the line: most that have the
    /// first are told by it to be others.
    fn can_begin(&self, text: &str) -> bool {
        let found = text.get(self.first..).and_then(|rest| rest.trim_start().bytes().next());
        let same = |(own, found): (u8, u8)| own.eq_ignore_ascii_case(&found);
        self.second.zip(found).is_none_or(same)
    }

    /// The marks that stand on a line behind a number of so many bytes.
    fn at<'l>(
        &'l self,
        lines: &'l [Line<'_>],
        line: usize,
        number: usize,
    ) -> impl Iterator<Item = Found> + 'l {
        let text = &lines[line].text[number..];
        let end = self.can_begin(text).then(|| match_across_lines(lines, line, number, self.text)).flatten();
        end.into_iter().flat_map(move |end| {
            self.uses.iter().filter_map(move |own| {
                let mark = self.mark(own, lines, text, number, end)?;
                Some(Found { profile: own.profile, line, mark })
            })
        })
    }

    fn mark(
        &self,
        own: &Use,
        lines: &[Line<'_>],
        text: &str,
        number: usize,
        (end_line, end_column): (usize, usize),
    ) -> Option<Mark> {
        if number > 0 && own.number == Numbering::Never || number == 0 && own.number == Numbering::Always {
            return None;
        }
        let mark = Mark { kind: own.kind, end_line, end_column };
        match own.kind {
            // "Past / history: none" is a line that wraps.
            MarkKind::Section(_) | MarkKind::Field(_)
                if own.number == Numbering::Perhaps && text.starts_with(char::is_lowercase) =>
            {
                None
            }
            // "Utilization review decision: 08/12/2020" is a date.
            MarkKind::Title if has_label(&lines[end_line].text[end_column..]) => None,
            MarkKind::Section(_) | MarkKind::Field(_) | MarkKind::Title => self.as_heading(lines, mark),
            _ => Some(mark),
        }
    }

    /// A label ends in its colon. A heading fills its line, and a colon belongs to it; one in the form's capitals may
    /// have the first sentence behind it.
    fn as_heading(&self, lines: &[Line<'_>], mut mark: Mark) -> Option<Mark> {
        if self.text.ends_with(':') {
            return Some(mark);
        }
        let rest = &lines[mark.end_line].text[mark.end_column..];
        if rest.starts_with(':') {
            mark.end_column += 1;
            return Some(mark);
        }
        let is_printed = self.text.contains(' ')
            && lines[mark.end_line].text[..mark.end_column]
                .ends_with(self.text.rsplit(' ').next().unwrap_or_default())
            && !self.text.contains(char::is_lowercase);
        let sentence_follows = rest.starts_with(' ') && rest.trim_start().starts_with(char::is_uppercase);
        (rest.is_empty() || is_printed && sentence_follows).then_some(mark)
    }
}

/// Whether the rest of a line makes what stands before it part of the label of a value.
pub(super) fn has_label(rest: &str) -> bool {
    rest.split_once(':').is_some_and(|(_, value)| !value.trim().is_empty())
}

/// Matches a wording from a column of a line: case-insensitively, a space for any run of blanks or a wrap.
/// Returns the line and the column at which it ends.
fn match_across_lines(
    lines: &[Line<'_>],
    mut line: usize,
    mut column: usize,
    wording: &str,
) -> Option<(usize, usize)> {
    for (index, word) in wording.split(' ').enumerate() {
        // A comma in a list of headings' words stands or not.
        if index > 0 && lines[line].text[column..].starts_with(',') {
            column += 1;
        }
        let word = word.trim_end_matches(',');
        let rest = lines[line].text[column..].trim_start();
        if rest.is_empty() && index > 0 {
            line += 1;
            column = 0;
        } else {
            column = lines[line].text.len() - rest.len();
        }
        let rest = lines.get(line)?.text.get(column..)?;
        let head = rest.get(..word.len())?;
        if !head.eq_ignore_ascii_case(word) {
            return None;
        }
        let next = rest[word.len()..].chars().next();
        let ends_inside_word =
            word.ends_with(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        if ends_inside_word {
            return None;
        }
        column += word.len();
    }
    Some((line, column))
}

#[cfg(test)]
mod tests {
    use super::super::layout::text_lines;
    use super::super::profile::Profiles;
    use super::*;

    fn kinds_in(profile: &str, text: &str) -> Vec<Option<MarkKind>> {
        let lines = text_lines(text);
        let known = Profiles::known();
        let profile = known.list().iter().position(|known| known.name == profile).unwrap();
        let marks = of_profile(&known.wordings().find_marks(&lines), profile, lines.len());
        marks.into_iter().map(|mark| mark.map(|mark| mark.kind)).collect()
    }

    fn kinds(text: &str) -> Vec<Option<MarkKind>> {
        kinds_in("ca-imr-2016", text)
    }

    #[test]
    fn headings_wrap_and_vary_in_case() {
        let summary = Some(MarkKind::Section(Section::Summary));
        assert_eq!(
            kinds("IMR ISSUES, DECISIONS AND\n\n RATIONALES \n"),
            [Some(MarkKind::Section(Section::Issues)), None]
        );
        assert_eq!(
            kinds("IMR ISSUES,\n\u{c}DECISIONS AND RATIONALES\n")[0],
            Some(MarkKind::Section(Section::Issues))
        );
        assert_eq!(kinds("Clinical Case Summary\n"), [summary]);
        assert_eq!(kinds("\u{c}CLINICAL CASE SUMMARY\n"), [summary]);
        assert_eq!(kinds("CLINICAL CASE SUMMARY The patient is"), [summary]);
        assert_eq!(kinds("Clinical case summary of the records follows.\n"), [None]);
        assert_eq!(kinds("CLINICAL CASE SUMMARY and what comes after it\n"), [None], "prose about the form");
    }

    #[test]
    fn labels_stand_at_the_start_of_a_line() {
        assert_eq!(
            kinds("MAXIMUS guideline: The MTUS.\n"),
            [Some(MarkKind::Field(Field::ReviewerGuideline))]
        );
        assert_eq!(kinds("the MAXIMUS guideline: The MTUS.\n"), [None]);
        assert_eq!(kinds("\"MAXIMUS guideline: The MTUS.\"\n"), [None]);
        assert_eq!(
            kinds("Claims Administrator\nguideline: none\n"),
            [Some(MarkKind::Field(Field::ClaimsGuideline)), None]
        );
        assert_eq!(kinds("Decision\nrationale: none\n"), [Some(MarkKind::Field(Field::Rationale)), None]);
    }

    #[test]
    fn results_and_requests_are_numbered() {
        assert_eq!(
            kinds_in(
                "ca-imr-2013",
                "1) The request for x is not medically necessary.\nThe request for x is old.\n"
            ),
            [Some(MarkKind::Result), None]
        );
        assert_eq!(
            kinds_in(
                "ca-imr-2013",
                "1) MAXIMUS Federal Services, Inc. has\ndetermined the request for x\n2. Regarding the request for x:"
            ),
            [Some(MarkKind::Result), None, Some(MarkKind::ItemHeading)]
        );
        assert_eq!(kinds("1) CLINICAL CASE SUMMARY"), [None]);
    }

    #[test]
    fn headings_of_a_free_form_have_numbers_and_capitals() {
        let analysis = Some(MarkKind::Field(Field::Rationale));
        let history = Some(MarkKind::Section(Section::Summary));
        for text in ["IV. ANALYSIS", "4. Analysis", "Analysis:", "Analysis"] {
            assert_eq!(kinds_in("external-review", text), [analysis], "{text}");
        }
        assert_eq!(kinds_in("external-review", "History: none"), [history]);
        assert_eq!(kinds_in("external-review", "history: none"), [None], "the rest of \"past history\"");
        assert_eq!(kinds_in("naic", "IV. Rationale"), [None], "a form that has no numbers");
    }

    #[test]
    fn a_comma_in_a_heading_stands_or_not() {
        let reasons = Some(MarkKind::Field(Field::Rationale));
        let heading = "ANALYSIS AND EXPLANATION OF THE DECISION INCLUDE CLINICAL BASIS, FINDINGS, AND\nCONCLUSIONS USED TO SUPPORT THE DECISION";
        for text in [heading.to_owned(), heading.replace(',', "")] {
            assert_eq!(kinds_in("tx-iro", &text), [reasons, None], "{text}");
        }
    }

    #[test]
    fn the_longest_wording_wins() {
        let kinds = kinds_in("naic", "Rationale for the Decision\nRationale\nRationale of it");
        assert_eq!(
            kinds,
            [Some(MarkKind::Field(Field::Rationale)), Some(MarkKind::Field(Field::Rationale)), None]
        );
        let letterhead = "MAXIMUS FEDERAL SERVICES, INC.\nIndependent Medical Review\n";
        assert_eq!(kinds_in("ca-imr-2015", letterhead), [Some(MarkKind::Title), None]);
    }
}
