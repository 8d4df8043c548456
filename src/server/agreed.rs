//! What client and server agreed upon when they met.

use tower_lsp::gen_lsp_types::{ClientCapabilities, PositionEncodingKind};

use super::settings::EditorSettings;
use crate::text::ColumnUnit;

/// What the client can do, as far as the server acts on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Agreed {
    /// What a column counts.
    pub unit: ColumnUnit,
    /// Whether a diagnostic can show other places.
    pub related_information: bool,
    /// Whether edits name the version that they are for.
    pub versioned_edits: bool,
    /// Whether the client asks for the diagnostics of its documents, and can be told to ask again. Then none are pushed to
    /// it.
    pub pulls: bool,
    /// Whether it can be told to ask for code lenses again.
    pub refreshes_lenses: bool,
    /// Whether it can be told to ask for inlay hints again.
    pub refreshes_hints: bool,
    /// Whether it shows the progress of long work.
    pub shows_progress: bool,
    /// Whether it can be asked to watch files.
    pub watches_files: bool,
    /// Whether it can be asked for its settings.
    pub has_settings: bool,
    /// Whether completions may hold places to fill in.
    pub snippets: bool,
}

impl Default for Agreed {
    fn default() -> Self {
        Self::with(&ClientCapabilities::default(), &EditorSettings::default())
    }
}

impl Agreed {
    /// The encoding is the one that the settings name, else the first of the client's list that is not the costly
    /// default, UTF-16.
    pub fn with(client: &ClientCapabilities, settings: &EditorSettings) -> Self {
        let general = client.general.as_ref();
        let documents = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let offered = general.and_then(|general| general.position_encodings.as_ref());
        let unit = settings.unit.or_else(|| offered.into_iter().flatten().find_map(costs_less));
        let published = documents.and_then(|documents| documents.publish_diagnostics.as_ref());
        let pulled = documents.and_then(|documents| documents.diagnostic.as_ref());
        let completed =
            documents.and_then(|documents| documents.completion.as_ref()?.completion_item.as_ref());
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let watching = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let refresh = |supported: Option<Option<bool>>| supported.flatten() == Some(true);
        let shows_related = |related: Option<bool>| related == Some(true);
        Self {
            unit: unit.unwrap_or(ColumnUnit::Utf16),
            related_information: published
                .is_some_and(|client| shows_related(client.diagnostics_capabilities.related_information))
                || pulled
                    .is_some_and(|client| shows_related(client.diagnostics_capabilities.related_information)),
            versioned_edits: edits.is_some_and(|edits| edits.document_changes == Some(true)),
            // One that cannot be told to ask again would go on showing what no more applies.
            pulls: pulled.is_some()
                && refresh(
                    workspace
                        .and_then(|client| client.diagnostics.as_ref())
                        .map(|client| client.refresh_support),
                ),
            refreshes_lenses: refresh(
                workspace.and_then(|client| client.code_lens.as_ref()).map(|client| client.refresh_support),
            ),
            refreshes_hints: refresh(
                workspace.and_then(|client| client.inlay_hint.as_ref()).map(|client| client.refresh_support),
            ),
            shows_progress: client.window.as_ref().and_then(|window| window.work_done_progress) == Some(true),
            watches_files: watching.is_some_and(|watching| watching.dynamic_registration == Some(true)),
            has_settings: workspace.and_then(|workspace| workspace.configuration) == Some(true),
            snippets: completed.and_then(|item| item.snippet_support) == Some(true),
        }
    }

    pub fn encoding_kind(self) -> PositionEncodingKind {
        match self.unit {
            ColumnUnit::Utf8 => PositionEncodingKind::UTF8,
            ColumnUnit::Utf16 => PositionEncodingKind::UTF16,
            ColumnUnit::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}

fn costs_less(kind: &PositionEncodingKind) -> Option<ColumnUnit> {
    match *kind {
        PositionEncodingKind::UTF8 => Some(ColumnUnit::Utf8),
        PositionEncodingKind::UTF32 => Some(ColumnUnit::Utf32),
        _ => None,
    }
}
