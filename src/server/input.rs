//! What comes from the client, before the framework reads it: there, a message that cannot be read ends the server.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::{
    AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, Result, duplex,
};
use tower_lsp::jsonrpc::{Request, Response};

/// The method under which the framework gets to see a message that is not JSON.
pub(super) const MALFORMED: &str = "detlint/malformed";
/// The same for JSON that is no message.
pub(super) const INVALID: &str = "detlint/invalid";

/// Bytes that may wait between here and the framework.
const PIPE: usize = 1 << 16;
/// Longer messages are not taken.
const LONGEST: u64 = 1 << 28;

/// Passes the client's messages on, each that cannot be read as a request that is answered with the reason. Notes when
/// the client says `exit` before `shutdown`.
pub(super) fn readable(
    input: impl AsyncRead + Unpin + Send + 'static,
    is_abrupt: Arc<AtomicBool>,
) -> DuplexStream {
    let (inside, outside) = duplex(PIPE);
    tokio::spawn(async move {
        // The pipe's end is the end of the talk, whatever was the cause.
        let _ = pass_on(input, inside, &is_abrupt).await;
    });
    outside
}

async fn pass_on(
    input: impl AsyncRead + Unpin,
    mut output: DuplexStream,
    is_abrupt: &AtomicBool,
) -> Result<()> {
    let mut input = BufReader::new(input);
    let mut is_shut_down = false;
    while let Some(length) = next_length(&mut input).await? {
        let mut body = Vec::new();
        (&mut input).take(length).read_to_end(&mut body).await?;
        if body.len() as u64 != length {
            break;
        }
        let body = match method(&body) {
            Ok(method) => {
                is_shut_down |= method == "shutdown";
                is_abrupt.store(method == "exit" && !is_shut_down, Ordering::Relaxed);
                body
            }
            Err(fault) => format!(r#"{{"jsonrpc":"2.0","id":null,"method":"{fault}"}}"#).into_bytes(),
        };
        output.write_all(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes()).await?;
        output.write_all(&body).await?;
    }
    Ok(())
}

/// The length of the next message; none at the end. Lines that are no header are passed over.
async fn next_length(input: &mut (impl AsyncBufReadExt + Unpin)) -> Result<Option<u64>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.take(LONGEST).read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        match line.trim().split_once(':') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().ok().filter(|length| *length <= LONGEST);
            }
            None if line.trim().is_empty() && length.is_some() => return Ok(length),
            _ => {}
        }
    }
}

/// The method of a message; empty for an answer. Of what is no message, what is wrong, as a method.
fn method(body: &[u8]) -> std::result::Result<String, &'static str> {
    if let Ok(request) = serde_json::from_slice::<Request>(body) {
        return Ok(request.method().to_owned());
    }
    if serde_json::from_slice::<Response>(body).is_ok() {
        return Ok(String::new());
    }
    let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok();
    Err(if is_json { INVALID } else { MALFORMED })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(text: &str) -> String {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut output = Vec::new();
            let input = std::io::Cursor::new(text.to_owned());
            readable(input, Arc::default()).read_to_end(&mut output).await.unwrap();
            String::from_utf8(output).unwrap()
        })
    }

    fn message(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn messages_pass_and_others_are_named() {
        let good = message(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        let answer = message(r#"{"jsonrpc":"2.0","id":1,"result":null}"#);
        assert_eq!(passed(&format!("{good}{answer}")), format!("{good}{answer}"));
        let named = |method: &str| message(&format!(r#"{{"jsonrpc":"2.0","id":null,"method":"{method}"}}"#));
        assert_eq!(passed(&format!("{}{good}", message("{ no"))), format!("{}{good}", named(MALFORMED)));
        assert_eq!(passed(&format!("{}{good}", message("[1]"))), format!("{}{good}", named(INVALID)));
        assert_eq!(passed(&format!("noise\r\n\r\nX: 1\r\ncontent-length: x\r\n{good}")), good);
        assert_eq!(passed("Content-Length: 99\r\n\r\n{}"), "", "cut short");
        assert_eq!(passed(&format!("Content-Length: 99999999999999\r\n\r\n{good}")), good);
    }
}
