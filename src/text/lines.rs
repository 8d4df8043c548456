//! The lines of a text.

use memchr::memchr2;

/// Every line without its break, and the byte at which it starts. Lines end at LF, CR LF or CR, as in the Language
/// Server Protocol (a form feed ends none). The text after the last break is a line, even when it is empty.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let rest = &text[start..];
        let Some(end) = memchr2(b'\n', b'\r', rest.as_bytes()) else {
            next = None;
            return Some((start, rest));
        };
        next = Some(start + end + if rest[end..].starts_with("\r\n") { 2 } else { 1 });
        Some((start, &rest[..end]))
    })
}

/// Every line with its break, as [`lines`] finds them; no text after the last break is no line here.
#[must_use]
pub fn lines_with_breaks(text: &str) -> Vec<&str> {
    let starts: Vec<usize> = lines(text).map(|(start, _)| start).chain([text.len()]).collect();
    starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_the_protocol_says_and_nowhere_else() {
        let found: Vec<_> = lines("a\nb\r\nc\rd\u{c}e\u{2028}f\n").collect();
        assert_eq!(found, [(0, "a"), (2, "b"), (5, "c"), (7, "d\u{c}e\u{2028}f"), (15, "")]);
        assert_eq!(lines("").collect::<Vec<_>>(), [(0, "")]);
    }

    #[test]
    fn lines_keep_their_breaks() {
        assert_eq!(lines_with_breaks("a\nb\r\n\rc"), ["a\n", "b\r\n", "\r", "c"]);
        assert_eq!(lines_with_breaks("a\n"), ["a\n"]);
        assert_eq!(lines_with_breaks(""), [""; 0]);
    }
}
