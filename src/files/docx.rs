//! The text of a Word document: a line a paragraph, in the order of the document, as it reads with its tracked changes
//! accepted.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::parts::{Part, Parts};

/// More than this, unpacked, is no letter: a small archive can hold a file that fills the memory.
const MOST_BYTES: u64 = 64 << 20;

const BODY: &str = "word/document.xml";

type Archive = ZipArchive<Cursor<Vec<u8>>>;

/// Reads the text of a Word document: what stands above its pages, its paragraphs, what stands below.
///
/// # Errors
/// Why it cannot be read, for people.
pub(super) fn read(bytes: Vec<u8>) -> Result<(String, Parts), String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let mut names: Vec<String> =
        archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    names.sort();
    if !names.iter().any(|name| name == BODY) {
        return Err("this archive is no Word document; save the letter as .docx or as plain text".to_owned());
    }
    let body = paragraphs(&unpack(&mut archive, BODY)?)?;
    let headers = margins(&mut archive, &names, "word/header")?;
    let footers = margins(&mut archive, &names, "word/footer")?;
    let headers = headers.into_iter().map(|lines| (Part::Header, lines));
    let body = body.into_iter().enumerate().map(|(index, line)| (Part::Paragraph(index + 1), line));
    let footers = footers.into_iter().map(|lines| (Part::Footer, lines));
    let (mut text, mut parts) = (String::new(), Parts::default());
    for (part, lines) in headers.chain(body).chain(footers) {
        parts.push(text.len(), part);
        text.push_str(&lines);
        text.push('\n');
    }
    Ok((text, parts))
}

/// What stands above or below the pages; first, odd and even pages often have the same.
fn margins(archive: &mut Archive, names: &[String], prefix: &str) -> Result<Vec<String>, String> {
    let mut margins: Vec<String> = Vec::new();
    for name in names.iter().filter(|name| name.starts_with(prefix) && name.ends_with(".xml")) {
        let lines = paragraphs(&unpack(archive, name)?)?.join("\n");
        if !lines.trim().is_empty() && !margins.contains(&lines) {
            margins.push(lines);
        }
    }
    Ok(margins)
}

fn broken() -> String {
    "this Word document is damaged; open it in Word and save it anew, or as plain text".to_owned()
}

fn unpack(archive: &mut Archive, name: &str) -> Result<String, String> {
    let file = archive.by_name(name).map_err(|_| broken())?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|_| broken())?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err("this Word document is too large for a letter".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| broken())
}

/// The paragraphs of one part of the document. One inside another (a text box) comes before that which holds it.
fn paragraphs(xml: &str) -> Result<Vec<String>, String> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    let mut done = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut in_text = false;
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(tag) => match tag.local_name().into_inner() {
                "p" => open.push(String::new()),
                "t" => in_text = true,
                // Tab stops; what was moved away; the older form of what is there already.
                "pPr" | "moveFrom" | "Fallback" => {
                    reader.read_to_end(tag.name()).map_err(|_| broken())?;
                }
                _ => {}
            },
            Event::Empty(tag) => {
                let name = tag.local_name().into_inner();
                if name == "p" {
                    done.push(String::new());
                } else if let (Some(line), Some(mark)) = (open.last_mut(), mark(name)) {
                    line.push_str(mark);
                }
            }
            Event::End(tag) => match tag.local_name().into_inner() {
                "p" => done.extend(open.pop()),
                "t" => in_text = false,
                _ => {}
            },
            Event::Text(content) if in_text => {
                if let Some(line) = open.last_mut() {
                    line.push_str(&content.xml10_content());
                }
            }
            Event::GeneralRef(reference) if in_text => {
                let named = || quick_xml::escape::resolve_predefined_entity(&reference);
                let character = reference.resolve_char_ref().map_err(|_| broken())?.map(String::from);
                let content = character.or_else(|| named().map(str::to_owned));
                if let (Some(line), Some(content)) = (open.last_mut(), content) {
                    line.push_str(&content);
                }
            }
            Event::Eof if open.is_empty() => return Ok(done),
            Event::Eof => return Err(broken()),
            _ => {}
        }
    }
}

/// An element that stands for a character.
fn mark(name: &str) -> Option<&'static str> {
    match name {
        "tab" => Some("\t"),
        "br" | "cr" => Some("\n"),
        "noBreakHyphen" => Some("-"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read_as_it_reads_with_its_changes_accepted() {
        let xml = r#"<w:document xmlns:w="w" xmlns:mc="mc"><w:body>
            <w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>back</w:t></w:r><w:r><w:t> &amp; kn&#101;e</w:t></w:r></w:p>
            <w:p/>
            <w:p><w:del><w:r><w:delText>her</w:delText></w:r></w:del><w:ins><w:r><w:t>his</w:t></w:r></w:ins></w:p>
            <w:p><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:r><w:t>30</w:t><w:noBreakHyphen/><w:t>day</w:t><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>
            <w:p><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent><w:r><w:t>after</w:t></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            </w:body></w:document>"#;
        let expected = ["back & knee", "", "his", "30-day\ta\nb", "box", "after", "cell"];
        assert_eq!(paragraphs(xml).unwrap(), expected);
    }

    #[test]
    fn what_is_no_document_is_an_error() {
        assert!(paragraphs("<w:p><w:t>").is_err());
        assert!(paragraphs("<w:p></w:x>").is_err());
        assert!(read(b"PK\x03\x04 and nothing else".to_vec()).is_err());
    }
}
