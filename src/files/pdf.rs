//! The text of a PDF: page by page, in the order in which its producer set it, with its lines.

use std::thread;

use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc_page};

use super::parts::{Part, Parts};

/// The thread on which a PDF is read. The library panics on broken files: such a panic is an error of the file, and no
/// fault of the program that is worth telling.
pub const PDF_THREAD: &str = "pdf";
/// Broken files nest deeply, and an overflow of the stack cannot be caught.
const STACK: usize = 64 << 20;

/// Two glyphs stand on one line when their heights differ by less than this, in sizes of the font.
const SAME_LINE: f64 = 0.5;
/// A gap that is a blank, in sizes of the font.
const BLANK: f64 = 0.15;
/// A gap between lines that ends a paragraph, in gaps of that page's usual lines.
const PARAGRAPH: f64 = 1.3;

/// Reads the text of a PDF. Pages are set apart by a form feed, paragraphs by an empty line.
///
/// # Errors
/// Why it cannot be read, for people.
pub(super) fn read(bytes: Vec<u8>) -> Result<(String, Parts), String> {
    let reader = thread::Builder::new().name(PDF_THREAD.to_owned()).stack_size(STACK);
    let reader = reader.spawn(move || pages(&bytes)).map_err(|error| error.to_string())?;
    let pages = reader.join().unwrap_or_else(|_| Err(broken()))?;
    if pages.iter().all(|page| page.trim().is_empty()) {
        return Err("this PDF holds no text: it may be a scan; recognise its text (OCR) first".to_owned());
    }
    let (mut text, mut parts) = (String::new(), Parts::default());
    for (index, page) in pages.iter().enumerate() {
        if index > 0 {
            text.push('\u{c}');
        }
        parts.push(text.len(), Part::Page(index + 1));
        text.push_str(page);
    }
    Ok((text, parts))
}

fn broken() -> String {
    "this PDF is damaged, or of a kind that cannot be read; save it anew, or as plain text".to_owned()
}

fn pages(bytes: &[u8]) -> Result<Vec<String>, String> {
    let locked = || "this PDF is protected by a password; save it without one".to_owned();
    let mut document = Document::load_mem(bytes).map_err(|error| match error {
        pdf_extract::Error::InvalidPassword | pdf_extract::Error::Decryption(_) => locked(),
        _ => broken(),
    })?;
    if document.is_encrypted() {
        document.decrypt("").map_err(|_| locked())?;
    }
    let read = |number: u32| {
        let mut page = Page::default();
        output_doc_page(&document, &mut page, number).map_err(|_| broken())?;
        Ok(page.text())
    };
    document.get_pages().into_keys().map(read).collect()
}

/// A page as its glyphs come.
#[derive(Default)]
struct Page {
    lines: Vec<Line>,
}

struct Line {
    text: String,
    /// Height of the base line above the page's foot, in points.
    y: f64,
    /// Where its last glyph ends, in points from the left.
    end: f64,
}

impl OutputDev for Page {
    fn begin_page(
        &mut self,
        _: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        glyph: &str,
    ) -> Result<(), OutputError> {
        let (x, y) = (place.m31, place.m32);
        let size = (place.m22 * font_size).abs().max(1.0);
        let end = x + width * (place.m11 * font_size).abs();
        match self.lines.last_mut() {
            Some(line) if (line.y - y).abs() < SAME_LINE * size && x > line.end - size => {
                if x > line.end + BLANK * size && !line.text.ends_with(' ') && !glyph.starts_with(' ') {
                    line.text.push(' ');
                }
                push_glyph(&mut line.text, glyph);
                line.end = end;
            }
            _ => {
                let mut text = String::new();
                push_glyph(&mut text, glyph);
                self.lines.push(Line { text, y, end });
            }
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// Ligatures are letters; what is no text is left out.
fn push_glyph(text: &mut String, glyph: &str) {
    for character in glyph.chars() {
        match character {
            '\u{fb00}' => text.push_str("ff"),
            '\u{fb01}' => text.push_str("fi"),
            '\u{fb02}' => text.push_str("fl"),
            '\u{fb03}' => text.push_str("ffi"),
            '\u{fb04}' => text.push_str("ffl"),
            '\t' | '\n' | '\r' => text.push(' '),
            _ if character.is_control() => {}
            _ => text.push(character),
        }
    }
}

impl Page {
    fn text(&self) -> String {
        let usual = self.usual_gap();
        let mut text = String::new();
        let mut above: Option<f64> = None;
        for line in self.lines.iter().filter(|line| !line.text.trim().is_empty()) {
            if above.is_some_and(|above| above - line.y > PARAGRAPH * usual) {
                text.push('\n');
            }
            text.push_str(line.text.trim_end());
            text.push('\n');
            above = Some(line.y);
        }
        text
    }

    /// From one line to the next, in points: the middle one of all.
    fn usual_gap(&self) -> f64 {
        let lines: Vec<&Line> = self.lines.iter().filter(|line| !line.text.trim().is_empty()).collect();
        let mut gaps: Vec<f64> =
            lines.windows(2).map(|pair| pair[0].y - pair[1].y).filter(|gap| *gap > 0.0).collect();
        gaps.sort_by(f64::total_cmp);
        gaps.get(gaps.len() / 2).copied().unwrap_or(f64::INFINITY)
    }
}
