//! Bytes to text and back: UTF-8 with or without a byte order mark, UTF-16 with one, else the encoding that a
//! configuration names. PDFs and Word documents are told by how they begin, and are read only.

use std::path::Path;
use std::{fs, io};

use thiserror::Error;

use super::parts::Parts;
use super::{docx, pdf};

/// How a file's text is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 behind a byte order mark.
    Utf8Bom,
    /// UTF-16, least significant byte first, behind a byte order mark.
    Utf16Le,
    /// UTF-16, most significant byte first, behind a byte order mark.
    Utf16Be,
    /// Another one, of one byte a character.
    Other(Fallback),
}

/// The encoding of text that is not Unicode: one byte a character, so that it comes back as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fallback(&'static encoding_rs::Encoding);

impl Fallback {
    /// The encoding of that name ("windows-1252", "latin1"), if it is one of one byte a character.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        encoding_rs::Encoding::for_label(name.as_bytes())
            .filter(|encoding| encoding.is_single_byte())
            .map(Self)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

/// What a text was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// Plain text, which can be written back.
    Text(Encoding),
    /// A PDF.
    Pdf,
    /// A Word document.
    Word,
}

/// A decoded text, without its byte order mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The text.
    pub text: String,
    /// How it was stored.
    pub storage: Storage,
    /// Its pages or paragraphs; plain text has none.
    pub parts: Parts,
}

impl Storage {
    /// What people call it; plain text has no name.
    #[must_use]
    pub fn kind(self) -> Option<&'static str> {
        match self {
            Self::Text(_) => None,
            Self::Pdf => Some("a PDF"),
            Self::Word => Some("a Word document"),
        }
    }
}

impl Source {
    /// Plain text.
    #[must_use]
    pub fn plain(text: String, encoding: Encoding) -> Self {
        Self { text, storage: Storage::Text(encoding), parts: Parts::default() }
    }
}

/// Why bytes are no text.
#[derive(Debug, Clone, Error, PartialEq, Eq)]
pub enum DecodeError {
    /// A NUL byte: a binary file, or UTF-16 without its mark.
    #[error("line {line}: not text (it holds a NUL byte); save the letter as plain text")]
    NotText {
        /// Line, from 1.
        line: usize,
    },
    /// A byte sequence that UTF-8 does not have.
    #[error("line {line}: not UTF-8; save the letter as UTF-8, or name its encoding in detlint.toml")]
    NotUtf8 {
        /// Line, from 1.
        line: usize,
    },
    /// Half a character.
    #[error("not UTF-16, though it begins like it; save the letter as UTF-8")]
    NotUtf16,
    /// Word's own format of old, which also wraps a new document that has a password.
    #[error("a Word document of the old kind, or one with a password; save it as .docx without a password")]
    OldWord,
    /// A PDF or a Word document of which the text cannot be had, with the reason.
    #[error("{0}")]
    NoText(String),
}

/// Decodes a file's bytes; what is not Unicode is read in the fallback.
///
/// # Errors
/// When they are no text in a known encoding.
pub fn decode(bytes: Vec<u8>, fallback: Option<Fallback>) -> Result<Source, DecodeError> {
    if bytes.starts_with(b"%PDF-") {
        let (text, parts) = pdf::read(bytes).map_err(DecodeError::NoText)?;
        return Ok(Source { text, storage: Storage::Pdf, parts });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        let (text, parts) = docx::read(bytes).map_err(DecodeError::NoText)?;
        return Ok(Source { text, storage: Storage::Word, parts });
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(DecodeError::OldWord);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return utf16(rest, u16::from_le_bytes, Encoding::Utf16Le);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return utf16(rest, u16::from_be_bytes, Encoding::Utf16Be);
    }
    let line_of = |at: usize| 1 + memchr::memchr_iter(b'\n', &bytes[..at]).count();
    if let Some(at) = memchr::memchr(0, &bytes) {
        return Err(DecodeError::NotText { line: line_of(at) });
    }
    if let Err(error) = std::str::from_utf8(&bytes) {
        let not_utf8 = DecodeError::NotUtf8 { line: line_of(error.valid_up_to()) };
        let fallback = fallback.ok_or_else(|| not_utf8.clone())?;
        let text = fallback.0.decode_without_bom_handling_and_without_replacement(&bytes).ok_or(not_utf8)?;
        return Ok(Source::plain(text.into_owned(), Encoding::Other(fallback)));
    }
    let text = String::from_utf8(bytes).expect("it was just checked");
    match text.strip_prefix('\u{feff}') {
        Some(rest) => Ok(Source::plain(rest.to_owned(), Encoding::Utf8Bom)),
        None => Ok(Source::plain(text, Encoding::Utf8)),
    }
}

/// Reads and decodes a file.
///
/// # Errors
/// Why it cannot be read, for people.
pub fn read(path: &Path, fallback: Option<Fallback>) -> Result<Source, String> {
    let bytes = fs::read(path).map_err(|error| told(&error))?;
    decode(bytes, fallback).map_err(|error| error.to_string())
}

/// Why a file cannot be read or written, for people.
#[must_use]
pub fn told(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        // Only the system's own refusal has no words for people.
        io::ErrorKind::PermissionDenied if error.raw_os_error().is_some() => {
            "permission is denied".to_owned()
        }
        _ => error.to_string(),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, encoding: Encoding) -> Result<Source, DecodeError> {
    if !bytes.len().is_multiple_of(2) {
        return Err(DecodeError::NotUtf16);
    }
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text = char::decode_utf16(units).collect::<Result<String, _>>().map_err(|_| DecodeError::NotUtf16)?;
    match text.find('\0') {
        Some(at) => Err(DecodeError::NotText { line: 1 + text[..at].matches('\n').count() }),
        None => Ok(Source::plain(text, encoding)),
    }
}

impl Encoding {
    /// A text as it is stored; none where the encoding lacks one of its characters.
    #[must_use]
    pub fn encode(self, text: &str) -> Option<Vec<u8>> {
        Some(match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf8Bom => ["\u{feff}", text].concat().into_bytes(),
            Self::Utf16Le => {
                [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
            }
            Self::Utf16Be => {
                [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
            }
            Self::Other(Fallback(encoding)) => {
                let (bytes, _, lacks_one) = encoding.encode(text);
                return (!lacks_one).then(|| bytes.into_owned());
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_comes_back_as_it_was() {
        for encoding in [Encoding::Utf8, Encoding::Utf8Bom, Encoding::Utf16Le, Encoding::Utf16Be] {
            let bytes = encoding.encode("90° 😀\r\nfine").unwrap();
            let source = decode(bytes.clone(), None).unwrap();
            assert_eq!(source, Source::plain("90° 😀\r\nfine".to_owned(), encoding));
            assert_eq!(encoding.encode(&source.text), Some(bytes));
        }
    }

    #[test]
    fn a_configured_encoding_is_for_what_is_not_unicode() {
        let fallback = Fallback::named("windows-1252");
        let source = decode(b"90\xb0 \x93x\x94".to_vec(), fallback).unwrap();
        let encoding = Encoding::Other(fallback.unwrap());
        assert_eq!(source, Source::plain("90° “x”".to_owned(), encoding));
        assert_eq!(encoding.encode("91° “x”"), Some(b"91\xb0 \x93x\x94".to_vec()));
        assert_eq!(encoding.encode("😀"), None);
        assert_eq!(decode("90°".into(), fallback).unwrap().storage, Storage::Text(Encoding::Utf8));
        assert_eq!(Fallback::named("utf-16"), None);
    }

    #[test]
    fn what_is_no_text_says_where() {
        assert_eq!(decode(b"a\nb\0".to_vec(), None), Err(DecodeError::NotText { line: 2 }));
        assert_eq!(decode(b"a\nb\n90\xb0".to_vec(), None), Err(DecodeError::NotUtf8 { line: 3 }));
        assert_eq!(decode(b"\xff\xfea".to_vec(), None), Err(DecodeError::NotUtf16));
        assert_eq!(decode(b"\xff\xfe\x00\xd8".to_vec(), None), Err(DecodeError::NotUtf16));
    }
}
