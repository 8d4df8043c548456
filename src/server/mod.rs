//! The language server: the only room that names protocol types.
//!
//! One owner thread holds all state. Every handler's first statement is a synchronous send into its queue, so that edits
//! and reads are worked on in the order in which the client sent them, whatever the framework does after an `.await`.

mod agreed;
mod capabilities;
mod commands;
mod configuration;
mod convert;
mod document;
mod features;
mod folder;
mod handlers;
mod input;
mod owner;
mod publisher;
mod pull;
mod scan;
mod settings;
mod uri;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};
use tower_lsp::{LspService, Server};

use handlers::Handlers;

/// Handlers that may wait at once. At the framework's default of four, handlers that await the client and a queue of edits
/// block each other.
const CONCURRENCY: usize = 256;

/// Serves one client on standard input and output until it says `exit` or closes the pipe. Fails, as the protocol wants it,
/// where `exit` was said before `shutdown`.
///
/// # Errors
/// When the runtime cannot be started.
pub fn run() -> Result<ExitCode> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().context("starting the server")?;
    let is_abrupt = Arc::new(AtomicBool::new(false));
    runtime.block_on(async {
        let (service, socket) = LspService::build(Handlers::start)
            .custom_method("window/workDoneProgress/cancel", Handlers::stop_progress)
            .custom_method(input::MALFORMED, Handlers::refuse_malformed)
            .custom_method(input::INVALID, Handlers::refuse_invalid)
            .finish();
        Server::new(input::readable(tokio::io::stdin(), is_abrupt.clone()), tokio::io::stdout(), socket)
            .concurrency_level(CONCURRENCY)
            .serve(service)
            .await;
    });
    // A read of standard input that is still under way must not keep the process.
    runtime.shutdown_background();
    Ok(if is_abrupt.load(Ordering::Relaxed) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
