//! The publisher: waits for the client's pipe, so that the owner never does.

use std::collections::HashMap;

use tokio::sync::mpsc;
use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{Diagnostic, Uri};

/// The diagnostics of one version of a document.
#[derive(Debug)]
pub(super) struct Publication {
    pub uri: Uri,
    /// Absent when the document was closed.
    pub version: Option<i32>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Starts the publisher; it ends when the owner does.
pub(super) fn start(client: Client) -> mpsc::UnboundedSender<Publication> {
    let (sender, mut publications) = mpsc::unbounded_channel::<Publication>();
    tokio::spawn(async move {
        while let Some(first) = publications.recv().await {
            // While the pipe was full, newer ones may have come: only the latest of each document is sent.
            let mut latest = HashMap::from([(first.uri.0.clone(), first)]);
            while let Ok(next) = publications.try_recv() {
                latest.insert(next.uri.0.clone(), next);
            }
            for publication in latest.into_values() {
                client
                    .publish_diagnostics(publication.uri, publication.diagnostics, publication.version)
                    .await;
            }
        }
    });
    sender
}
