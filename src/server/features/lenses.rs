//! A line above each disputed item: its decision, what its rationale concludes, how many findings it has.

use tower_lsp::gen_lsp_types::{CodeLens, Command};

use crate::assist::{ItemSummary, items};
use crate::engine::Finding;
use crate::server::agreed::Agreed;
use crate::server::convert::range;
use crate::server::document::OpenDocument;

pub(in crate::server) fn lenses(document: &OpenDocument, agreed: Agreed) -> Vec<CodeLens> {
    let lens = |item: ItemSummary| CodeLens {
        range: range(&document.text, &item.heading, agreed),
        command: Some(Command {
            title: title(document, &item),
            tooltip: None,
            // It only says something.
            command: String::new(),
            arguments: None,
        }),
        data: None,
    };
    items(document.letters()).into_iter().map(lens).collect()
}

fn title(document: &OpenDocument, item: &ItemSummary) -> String {
    let inside = |finding: &&Finding| {
        item.span.start <= finding.span.start && finding.span.start < item.span.end.max(item.span.start + 1)
    };
    let findings = match document.findings().iter().filter(inside).count() {
        0 => "no findings".to_owned(),
        1 => "1 finding".to_owned(),
        count => format!("{count} findings"),
    };
    let decision = item.decision.clone().unwrap_or_else(|| "no decision yet".to_owned());
    let concluded = item.conclusion.map(|conclusion| format!("concludes: {conclusion}"));
    [Some(decision), concluded, Some(findings)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
