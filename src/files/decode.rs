//! Bytes to text and back: UTF-8 with or without a byte order mark, UTF-16 with one.

use thiserror::Error;

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
}

/// A decoded text, without its byte order mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The text.
    pub text: String,
    /// How it was stored.
    pub encoding: Encoding,
}

/// Why bytes are no text.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum DecodeError {
    /// A NUL byte: a binary file, or UTF-16 without its mark.
    #[error("line {line}: not text (it holds a NUL byte); save the letter as plain text")]
    NotText {
        /// Line, from 1.
        line: usize,
    },
    /// A byte sequence that UTF-8 does not have.
    #[error("line {line}: not UTF-8; save the letter as UTF-8")]
    NotUtf8 {
        /// Line, from 1.
        line: usize,
    },
    /// Half a character.
    #[error("not UTF-16, though it begins like it; save the letter as UTF-8")]
    NotUtf16,
}

/// Decodes a file's bytes.
///
/// # Errors
/// When they are no text in a known encoding.
pub fn decode(bytes: Vec<u8>) -> Result<Source, DecodeError> {
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
        return Err(DecodeError::NotUtf8 { line: line_of(error.valid_up_to()) });
    }
    let text = String::from_utf8(bytes).expect("it was just checked");
    match text.strip_prefix('\u{feff}') {
        Some(rest) => Ok(Source { text: rest.to_owned(), encoding: Encoding::Utf8Bom }),
        None => Ok(Source { text, encoding: Encoding::Utf8 }),
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
        None => Ok(Source { text, encoding }),
    }
}

impl Encoding {
    /// A text as it is stored.
    #[must_use]
    pub fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf8Bom => ["\u{feff}", text].concat().into_bytes(),
            Self::Utf16Le => {
                [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
            }
            Self::Utf16Be => {
                [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_comes_back_as_it_was() {
        for encoding in [Encoding::Utf8, Encoding::Utf8Bom, Encoding::Utf16Le, Encoding::Utf16Be] {
            let bytes = encoding.encode("90° 😀\r\nfine");
            let source = decode(bytes.clone()).unwrap();
            assert_eq!(source, Source { text: "90° 😀\r\nfine".to_owned(), encoding });
            assert_eq!(source.encoding.encode(&source.text), bytes);
        }
    }

    #[test]
    fn what_is_no_text_says_where() {
        assert_eq!(decode(b"a\nb\0".to_vec()), Err(DecodeError::NotText { line: 2 }));
        assert_eq!(decode(b"a\nb\n90\xb0".to_vec()), Err(DecodeError::NotUtf8 { line: 3 }));
        assert_eq!(decode(b"\xff\xfea".to_vec()), Err(DecodeError::NotUtf16));
        assert_eq!(decode(b"\xff\xfe\x00\xd8".to_vec()), Err(DecodeError::NotUtf16));
    }
}
