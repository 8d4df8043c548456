//! `detlint outline`: a letter as it was understood.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use detlint::config::Resolver;
use detlint::files::read;
use detlint::letter::facts::{CitationState, Polarity};
use detlint::letter::{self, Decision, Item, Located, Place, Stated};
use detlint::text::Document;
use serde::Serialize;

/// How an outline is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum OutlineFormat {
    /// For people.
    Text,
    /// One JSON document.
    Json,
}

/// A value with the line, from 1, on which the letter states it.
#[derive(Serialize)]
struct Told {
    value: String,
    line: usize,
}

#[derive(Serialize)]
struct LetterOutline {
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<&'static str>,
    form: String,
    complete: bool,
    sections: Vec<Told>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sex: Option<Told>,
    #[serde(skip_serializing_if = "Option::is_none")]
    age: Option<Told>,
    #[serde(skip_serializing_if = "Option::is_none")]
    injury_date: Option<Told>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review_date: Option<Told>,
    body_parts: Vec<Told>,
    items: Vec<ItemOutline>,
    /// What could not be read or checked.
    unread: Vec<String>,
}

#[derive(Serialize)]
struct ItemOutline {
    /// From 1, in the order of the letter.
    number: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<Told>,
    /// The part of the request that is still in dispute, where that is not all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    disputed: Option<Told>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<Told>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conclusion: Option<Told>,
    citation: &'static str,
    cited: Vec<Told>,
    /// The number of the item with which this service goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    goes_with: Option<usize>,
}

/// Shows the outline of a file.
pub fn show(path: &Path, format: OutlineFormat) -> Result<()> {
    let config = Resolver::default().of(path)?;
    let text = match read(path, config.fallback) {
        Ok(source) => source.text,
        Err(reason) => bail!("{}: {reason}", path.display()),
    };
    let document = Document::new(&text);
    let letters: Vec<LetterOutline> = letter::Reader::new(config.expected)
        .read(&document)
        .iter()
        .map(|letter| Reader { document: &document, letter }.outline())
        .collect();
    let mut out = anstream::stdout().lock();
    match format {
        OutlineFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &letters)?;
            writeln!(out)?;
        }
        OutlineFormat::Text => {
            for letter in &letters {
                write(&mut out, letter)?;
            }
        }
    }
    Ok(())
}

struct Reader<'a> {
    document: &'a Document,
    letter: &'a Located,
}

impl Reader<'_> {
    fn outline(&self) -> LetterOutline {
        let letter = self.letter;
        let profile = letter.profile;
        let form = profile.map_or("plain text".to_owned(), |profile| {
            let (header, sections) = (letter.header.len(), letter.sections().count());
            format!("{}: {header} header labels and {sections} headings stand", profile.title)
        });
        let heading = |(_, block): (_, usize)| {
            self.words(&Place { block, span: 0..letter.blocks[block].content.text().len() })
        };
        LetterOutline {
            profile: profile.map(|profile| profile.name.as_str()),
            form,
            complete: letter.is_complete(),
            sections: letter.sections().map(heading).collect(),
            sex: letter.sex().map(|sex| self.told(&sex.place, sex.value.name())),
            age: letter.age().map(|age| self.told(&age.place, age.value.to_string())),
            injury_date: letter.injury_date().map(|date| self.told(&date.place, date.value.to_string())),
            review_date: letter.review_date().map(|date| self.told(&date.place, date.value.to_string())),
            body_parts: letter
                .body_parts()
                .iter()
                .map(|Stated { place, value: (region, side) }| {
                    let side = side.map_or(String::new(), |side| format!("{} ", side.name()));
                    self.told(place, format!("{side}{}", region.name()))
                })
                .collect(),
            items: letter.items.iter().enumerate().map(|(index, item)| self.item(index, item)).collect(),
            unread: letter.unread().iter().map(ToString::to_string).collect(),
        }
    }

    fn item(&self, index: usize, item: &Item) -> ItemOutline {
        let request = item.heading.filter(|_| !item.request.is_empty());
        let is_part = item.disputed != item.request && !item.disputed.is_empty();
        let disputed = request.filter(|_| is_part);
        let conclusion = self.letter.conclusion(item);
        let cited = item.citation.cited.iter().map(|cited| {
            let text = self.letter.blocks[cited.block].content.text();
            let place = Place { block: cited.block, span: cited.citation.span.clone() };
            self.told(&place, cited.citation.label(text))
        });
        ItemOutline {
            number: index + 1,
            request: request.map(|block| self.words(&Place { block, span: item.request.clone() })),
            disputed: disputed.map(|block| self.words(&Place { block, span: item.disputed.clone() })),
            decision: item.decision.as_ref().map(|(decision, place)| self.told(place, decided(*decision))),
            conclusion: conclusion
                .map(|conclusion| self.told(&conclusion.place, concluded(conclusion.value))),
            citation: match item.citation.state {
                CitationState::Present => "present",
                CitationState::Placeholder => "placeholder",
                CitationState::Absent => "absent",
            },
            cited: cited.collect(),
            goes_with: item.main_item.map(|main| main + 1),
        }
    }

    fn told(&self, place: &Place, value: impl Into<String>) -> Told {
        let start = self.letter.to_document(place).start;
        Told { value: value.into(), line: self.document.line_column(start).line }
    }

    /// The letter's own words at a place, on one line.
    fn words(&self, place: &Place) -> Told {
        let text = &self.letter.blocks[place.block].content.text()[place.span.clone()];
        self.told(place, text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

fn decided(decision: Decision) -> &'static str {
    match decision {
        Decision::Upheld => "upheld",
        Decision::Overturned => "overturned",
        Decision::Partial => "partial",
    }
}

fn concluded(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Necessary => "necessary",
        Polarity::NotNecessary => "not-necessary",
        Polarity::Partial => "partial",
        Polarity::Conditional => "conditional",
        Polarity::Reported => "reported",
    }
}

fn write(out: &mut impl Write, letter: &LetterOutline) -> Result<()> {
    let name = letter.profile.map(|name| format!(" ({name})")).unwrap_or_default();
    writeln!(out, "form        {}{name}", letter.form)?;
    for section in &letter.sections {
        writeln!(out, "section     {} (line {})", section.value, section.line)?;
    }
    let facts = [
        ("sex", &letter.sex),
        ("age", &letter.age),
        ("injured on", &letter.injury_date),
        ("UR denied", &letter.review_date),
    ];
    for (label, told) in facts {
        if let Some(told) = told {
            writeln!(out, "{label:12}{} (line {})", told.value, told.line)?;
        }
    }
    let body_parts: Vec<String> =
        letter.body_parts.iter().map(|told| format!("{} (line {})", told.value, told.line)).collect();
    if !body_parts.is_empty() {
        writeln!(out, "body parts  {}", body_parts.join(", "))?;
    }
    for item in &letter.items {
        write_item(out, item)?;
    }
    for unread in &letter.unread {
        writeln!(out, "not read    {unread}")?;
    }
    Ok(writeln!(out)?)
}

fn write_item(out: &mut impl Write, item: &ItemOutline) -> Result<()> {
    let of = |told: &Option<Told>| {
        told.as_ref().map_or("not read".to_owned(), |told| format!("{} (line {})", told.value, told.line))
    };
    writeln!(out, "item {:<7}{}", item.number, of(&item.request))?;
    if let Some(disputed) = &item.disputed {
        writeln!(out, "  disputed  {}", disputed.value)?;
    }
    writeln!(out, "  decision  {}", of(&item.decision))?;
    writeln!(out, "  concludes {}", of(&item.conclusion))?;
    if item.cited.is_empty() {
        writeln!(out, "  cites     nothing (the citation is {})", item.citation)?;
    }
    let only_fills = if item.citation == "placeholder" { "only “" } else { "" };
    for Told { value, line } in &item.cited {
        let end = if only_fills.is_empty() { "" } else { "”" };
        writeln!(out, "  cites     {only_fills}{value}{end} (line {line})")?;
    }
    if let Some(main) = item.goes_with {
        writeln!(out, "  goes with item {main}")?;
    }
    Ok(())
}
