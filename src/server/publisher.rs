//! The publisher: waits for the client's pipe, so that the owner never does.

use std::collections::HashMap;

use tokio::sync::mpsc;
use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{Diagnostic, MessageType, Uri};

use super::agreed::Agreed;

/// What the client is told without having asked.
#[derive(Debug)]
pub(super) enum Outgoing {
    Publish(Publication),
    /// What is found may have changed in every document: the client shall ask again.
    Refresh(Agreed),
    /// Words for the person at the client.
    Warn(String),
}

/// The diagnostics of one version of a document.
#[derive(Debug)]
pub(super) struct Publication {
    pub uri: Uri,
    /// Absent when the document is not open.
    pub version: Option<i32>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Starts the publisher; it ends when the owner does.
pub(super) fn start(client: Client) -> mpsc::UnboundedSender<Outgoing> {
    let (sender, mut queue) = mpsc::unbounded_channel::<Outgoing>();
    tokio::spawn(async move {
        while let Some(first) = queue.recv().await {
            // While the pipe was full, newer ones may have come: only the latest of each document is sent.
            let mut latest = HashMap::new();
            let mut refresh = None;
            let mut warnings = Vec::new();
            let mut next = Some(first);
            while let Some(outgoing) = next {
                match outgoing {
                    Outgoing::Publish(publication) => {
                        latest.insert(publication.uri.0.clone(), publication);
                    }
                    Outgoing::Refresh(agreed) => refresh = Some(agreed),
                    Outgoing::Warn(words) => warnings.push(words),
                }
                next = queue.try_recv().ok();
            }
            for publication in latest.into_values() {
                client
                    .publish_diagnostics(publication.uri, publication.diagnostics, publication.version)
                    .await;
            }
            for words in warnings {
                client.show_message(MessageType::Warning, words).await;
            }
            if let Some(agreed) = refresh {
                // The client answers when it likes, and may refuse.
                tokio::spawn(ask_again(client.clone(), agreed));
            }
        }
    });
    sender
}

async fn ask_again(client: Client, agreed: Agreed) {
    if agreed.pulls {
        let _ = client.workspace_diagnostic_refresh().await;
    }
    if agreed.refreshes_lenses {
        let _ = client.code_lens_refresh().await;
    }
    if agreed.refreshes_hints {
        let _ = client.inlay_hint_refresh().await;
    }
}
