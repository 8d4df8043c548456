//! A lint's examples are its tests.

use super::catalogue::Catalogue;
use super::checker::check_letter;
use super::finding::{Applicability, Finding, LintId};
use super::page::{Bad, Good};
use super::settings::Settings;
use crate::letter::Field;
use crate::letter::{self, Located, Place, Role, Section};
use crate::text::{Document, Span, overlaps};

/// An example that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The example's text.
    pub example: String,
    /// What is wrong.
    pub reason: String,
}

/// Runs the examples of one lint, with every lint of the catalogue switched on.
#[must_use]
pub fn check_examples(catalogue: &Catalogue, id: LintId) -> Vec<Failure> {
    let lint = catalogue.get(id);
    let page = match lint.page() {
        Ok(page) => page,
        Err(error) => return vec![Failure { example: lint.name.clone(), reason: error.to_string() }],
    };
    let checker = Checker { catalogue, settings: Settings::everything(catalogue), id };
    let bad = page
        .bad
        .iter()
        .filter_map(|bad| checker.bad(bad).err().map(|reason| failure(&bad.text, &bad.letter, reason)));
    let good = page
        .good
        .iter()
        .filter_map(|good| checker.good(good).err().map(|reason| failure(&good.text, &good.letter, reason)));
    let mut failures: Vec<Failure> = bad.chain(good).collect();
    if page.bad.is_empty() || page.good.is_empty() {
        failures.push(Failure {
            example: lint.name.clone(),
            reason: "it needs a bad and a good example at least".to_owned(),
        });
    }
    failures
}

fn failure(text: &Option<String>, letter: &Option<String>, reason: String) -> Failure {
    Failure { example: text.clone().or_else(|| letter.clone()).unwrap_or_default(), reason }
}

struct Checker<'a> {
    catalogue: &'a Catalogue,
    settings: Settings,
    id: LintId,
}

/// An example's text without its marks.
struct Marked {
    text: String,
    flagged: Vec<Span>,
    related: Vec<Span>,
}

impl Checker<'_> {
    fn bad(&self, bad: &Bad) -> Result<(), String> {
        let marked = read_marks(source(&bad.text, &bad.letter)?)?;
        if marked.flagged.is_empty() {
            return Err("nothing is marked with «…»".to_owned());
        }
        let letters = self.letters(&marked.text, bad.role.as_deref(), bad.letter.is_some())?;
        let findings = self.findings(&letters);
        let own: Vec<_> = findings.iter().filter(|(_, finding)| finding.lint == self.id).collect();
        let spans: Vec<Span> = own.iter().map(|(letter, finding)| span_in(letter, &finding.span)).collect();
        if spans != marked.flagged {
            return Err(format!("it flags {}", quoted(&marked.text, &spans)));
        }
        for (letter, finding) in &own {
            let related: Vec<Span> =
                finding.related.iter().map(|related| span_in(letter, &related.span)).collect();
            if !marked.related.is_empty() && related != marked.related {
                return Err(format!("it points to {}", quoted(&marked.text, &related)));
            }
            let level = bad.level.unwrap_or(self.catalogue.get(self.id).level);
            if finding.level != level {
                return Err(format!("its level is {}", finding.level.name()));
            }
            // Without the letter's own text, which may hold a brace.
            let message = finding.message.render(false);
            if message.contains('{') {
                return Err(format!("a slot of its message is not filled: {message}"));
            }
        }
        let double = findings.iter().find(|(letter, finding)| {
            finding.lint != self.id
                && marked.flagged.iter().any(|span| overlaps(span, &span_in(letter, &finding.span)))
        });
        if let Some((_, finding)) = double {
            return Err(format!(
                "{} flags it too: one defect, one finding",
                self.catalogue.get(finding.lint).name
            ));
        }
        self.fixed(bad, &marked.text, &own)
    }

    fn fixed(&self, bad: &Bad, text: &str, own: &[&(&Located, Finding<Place>)]) -> Result<(), String> {
        let first = own.first().and_then(|(letter, finding)| Some((letter, finding.fixes.first()?)));
        let (Some(expected), first) = (&bad.fixed, first) else {
            return match (self.catalogue.get(self.id).fix, first) {
                (None, Some(_)) => Err("it offers a fix, but its file says that it has none".to_owned()),
                _ => Ok(()),
            };
        };
        let Some((letter, fix)) = first else { return Err("it offers no fix".to_owned()) };
        let mut result = text.to_owned();
        for edit in fix.edits.iter().rev() {
            result.replace_range(span_in(letter, &edit.span), &edit.new_text);
        }
        if result != *expected {
            return Err(format!("fixed it reads “{result}”"));
        }
        match self.catalogue.get(self.id).fix {
            Some(highest) if is_within(fix.applicability, highest) => Ok(()),
            _ => Err(format!("its fix is {}, which its file does not say", fix.applicability.name())),
        }
    }

    fn good(&self, good: &Good) -> Result<(), String> {
        let text = source(&good.text, &good.letter)?;
        let letters = self.letters(text, good.role.as_deref(), good.letter.is_some())?;
        let findings = self.findings(&letters);
        let spans: Vec<Span> = findings
            .iter()
            .filter(|(_, finding)| finding.lint == self.id)
            .map(|(letter, finding)| span_in(letter, &finding.span))
            .collect();
        if spans.is_empty() {
            Ok(())
        } else {
            Err(format!("it flags {} (good because: {})", quoted(text, &spans), good.because))
        }
    }

    fn letters(&self, text: &str, role: Option<&str>, whole: bool) -> Result<Vec<Located>, String> {
        let document = Document::new(text);
        if whole {
            return Ok(letter::parse(&document));
        }
        let role =
            role.or_else(|| self.catalogue.get(self.id).roles.first().map(String::as_str)).unwrap_or("prose");
        let role = role_named(role).ok_or_else(|| format!("no role is called “{role}”"))?;
        Ok(vec![letter::single_block(&document, role)])
    }

    fn findings<'l>(&self, letters: &'l [Located]) -> Vec<(&'l Located, Finding<Place>)> {
        let mut findings: Vec<_> = letters
            .iter()
            .flat_map(|letter| {
                let findings = check_letter(self.catalogue, &self.settings, letter);
                findings.into_iter().map(move |finding| (letter, finding))
            })
            .collect();
        findings.sort_by_key(|(letter, finding)| span_in(letter, &finding.span).start);
        findings
    }
}

/// "The highest applicability any of its fixes has": safe is the highest, and the engine may demote to manual.
fn is_within(applicability: Applicability, highest: Applicability) -> bool {
    applicability >= highest
}

fn span_in(letter: &Located, place: &Place) -> Span {
    letter.to_document(place)
}

fn source<'e>(text: &'e Option<String>, letter: &'e Option<String>) -> Result<&'e str, String> {
    match (text, letter) {
        (Some(text), None) | (None, Some(text)) => Ok(text),
        _ => Err("an example has either a text or a letter".to_owned()),
    }
}

fn role_named(name: &str) -> Option<Role> {
    let roles = [
        Role::Prose,
        Role::Header,
        Role::Heading(Section::Summary),
        Role::Boilerplate,
        Role::Documents,
        Role::Summary,
        Role::ItemHeading,
        Role::Field(Field::ClaimsGuideline),
        Role::Field(Field::ReviewerGuideline),
        Role::Field(Field::Rationale),
    ];
    roles.into_iter().find(|role| role.name() == name)
}

fn quoted(text: &str, spans: &[Span]) -> String {
    if spans.is_empty() {
        return "nothing".to_owned();
    }
    spans.iter().map(|span| format!("“{}”", &text[span.clone()])).collect::<Vec<_>>().join(", ")
}

/// Takes the marks out of an example.
fn read_marks(source: &str) -> Result<Marked, String> {
    let mut marked =
        Marked { text: String::with_capacity(source.len()), flagged: Vec::new(), related: Vec::new() };
    let mut open: Option<(char, usize)> = None;
    for c in source.chars() {
        let at = marked.text.len();
        match (c, open) {
            ('«' | '‹', None) => open = Some((c, at)),
            ('»', Some(('«', start))) => {
                marked.flagged.push(start..at);
                open = None;
            }
            ('›', Some(('‹', start))) => {
                marked.related.push(start..at);
                open = None;
            }
            ('«' | '»' | '‹' | '›', _) => return Err("its marks are not paired".to_owned()),
            _ => marked.text.push(c),
        }
    }
    Ok(marked)
}
