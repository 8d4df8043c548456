//! Several letters in one document, unfinished letters, page furniture.

use super::*;

const HEADER: &str = "Case Number: CM16-0000001\nDate Assigned: 01/02/2016\nDate of Injury: 03/04/2012\nDecision Date: 02/01/2016\nUR Denial Date: 12/20/2015\n";

fn letters(text: &str) -> Vec<Located> {
    parse(&Document::new(text))
}

#[test]
fn a_new_letter_begins_where_marks_recur() {
    let one = format!("{HEADER}{}", packed_issues(&["MRI: Upheld", "Brace: Upheld"]));
    let two = one.replace("0000001", "0000002");
    let text = format!("{one}{two}");
    for text in [text.clone(), text.replace("Case Number", "\u{c}Case Number")] {
        let letters = letters(&text);
        assert_eq!(letters.len(), 2);
        assert_eq!(letters[1].header_value(HeaderField::CaseNumber), Some("CM16-0000002"));
        assert_eq!(letters[1].items.len(), 2);
        assert!(letters.iter().all(|letter| letter.is_complete()));
    }
}

#[test]
fn a_new_letter_begins_in_every_layout() {
    for (name, text) in layouts() {
        let twice = format!("{}\n\u{c}{text}", text.trim_end_matches('\u{c}'));
        let expected = [outline(&text), outline(&text)].concat();
        assert_eq!(letters(&twice).len(), 2, "{name}");
        assert_eq!(outline(&twice), expected, "{name}");
    }
}

#[test]
fn without_a_header_it_begins_at_its_heading() {
    let one = packed_issues(&["MRI: Upheld"]);
    let text = format!("{one}HOW THE IMR FINAL DETERMINATION WAS MADE\nAn expert was asked.\n{one}");
    let letters = letters(&text);
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[1].blocks[0].role, Role::Heading(Section::Method));
}

#[test]
fn a_header_alone_begins_a_draft() {
    let text = format!("{HEADER}{}{}", packed_issues(&["MRI: Upheld"]), HEADER.replace("0000001", "0000002"));
    let letters = letters(&text);
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[1].header_value(HeaderField::CaseNumber), Some("CM16-0000002"));
    assert!(!letters[1].is_complete());
}

#[test]
fn values_before_their_labels_belong_to_the_new_letter() {
    let header = "CM16-0000002\nCase Number:\n01/02/2016\nDate Assigned:\n";
    let text =
        format!("{HEADER}{}{header}{}", packed_issues(&["MRI: Upheld"]), packed_issues(&["Brace: Upheld"]));
    let letters = letters(&text);
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[1].header_value(HeaderField::CaseNumber), Some("CM16-0000002"));
    assert_eq!(letters[1].header_value(HeaderField::DateAssigned), Some("01/02/2016"));
}

#[test]
fn what_begins_no_letter() {
    let issues = packed_issues(&["MRI: Upheld", "Brace: Upheld"]);
    let out_of_order = issues.replace(
        "IMR ISSUES, DECISIONS AND RATIONALES\n",
        "IMR ISSUES, DECISIONS AND RATIONALES\nHOW THE IMR FINAL DETERMINATION WAS MADE\nAn expert was asked.\n",
    );
    let label_in_text =
        issues.replace("three months.", "three months.\nDate of Injury: 03/04/2012 is named there.");
    for text in [out_of_order, label_in_text] {
        assert_eq!(letters(&format!("{HEADER}{text}")).len(), 1, "{text}");
    }
}

#[test]
fn a_letter_is_complete_when_its_first_and_last_marks_stand() {
    let finished = format!("{HEADER}{}", packed_issues(&["MRI: Upheld"]));
    let complete = |text: &str| letters(text)[0].is_complete();
    assert!(complete(&finished));
    let (to_summary, _) = finished.split_once("IMR ISSUES").unwrap();
    assert!(!complete(to_summary), "the reviewer is at the summary");
    let (to_guideline, _) = finished.split_once("Decision rationale").unwrap();
    assert!(!complete(to_guideline), "the reviewer is at the citation");
    assert!(!complete(&packed_issues(&["MRI: Upheld"])), "an extract without its header");
}

#[test]
fn the_last_item_may_be_unfinished() {
    let finished = packed_issues(&["MRI: Upheld", "Brace: Upheld"]);
    let unfinished =
        |text: &str| -> Vec<bool> { letters(text)[0].items.iter().map(|item| item.is_unfinished).collect() };
    assert_eq!(unfinished(&finished), [false, false]);
    let (begun, _) = finished.rsplit_once("Therefore, ").unwrap();
    let (begun, _) = begun.rsplit_once(" care").unwrap();
    assert_eq!(unfinished(begun), [false, true], "in mid-sentence");
    let (heading_only, _) = finished.rsplit_once("Claims Administrator guideline").unwrap();
    assert_eq!(unfinished(heading_only), [false, true]);
}

#[test]
fn furniture_stands_in_no_block_and_ends_no_sentence() {
    let plain = format!("{HEADER}{}", packed_issues(&["MRI: Upheld", "Brace: Upheld"]));
    let expected = outline(&plain);
    let broken = plain
        .replace("when conservative care", "when conservative care\nPage 2 of 3\n\u{c}Review of Jane Roe\n")
        .replace("not medically necessary", "not medically\nCM16-0000001 3\nnecessary")
        .replace("Brace: Upheld", "Review of Jane Roe\n\u{c}Review of Jane Roe\nBrace: Upheld");
    assert_eq!(outline(&broken), expected);
    let letters = letters(&broken);
    assert!(letters[0].furniture.len() > 4);
    assert!(letters[0].furniture.iter().all(|span| !broken[span.clone()].contains('\n')));
}

#[test]
fn furniture_of_a_double_spaced_letter() {
    let plain = layouts().swap_remove(0).1;
    let (page_end, rest) = plain.split_once("arthroscopy").unwrap();
    let broken = format!("{page_end}arthroscopy \n\n \n\n\n\n\nPage 1 of 2 \n\n\u{c}{}", rest.trim_start());
    let rejoined = format!("{page_end}arthroscopy \n\n{}", rest.trim_start());
    assert_eq!(outline(&broken), outline(&rejoined));
}

#[test]
fn form_feeds_are_glued_to_the_next_line() {
    let plain = format!("{HEADER}{}", packed_issues(&["MRI of the\nleft knee: Upheld", "Brace: Upheld"]));
    let expected = outline(&plain);
    let broken = plain
        .replace("\nDate Assigned", "\n\u{c}Date Assigned")
        .replace("\nCLINICAL", "\n\u{c}CLINICAL")
        .replace("\nMAXIMUS guideline", "\n\n\u{c}MAXIMUS guideline")
        .replace("\nleft knee", "\n\u{c}left knee")
        .replace("\nleast three", "\n\u{c}least three")
        + "\u{c}";
    assert_eq!(outline(&broken), expected);
}

#[test]
fn lines_past_the_margin_are_known_to_the_block() {
    let glued = "for atleast three months, as the letter of the treating physician of 10-052016 and the records show. Therefore,";
    let text = packed_issues(&["MRI: Upheld", "Brace: Upheld", "Cane: Upheld"]).replacen(
        "for at\nleast three months. Therefore,",
        glued,
        1,
    );
    let letters = letters(&text);
    let rationale =
        letters[0].blocks.iter().find(|block| block.role == Role::Field(Field::Rationale)).unwrap();
    let past = |word: &str| {
        let content = &rationale.content;
        content.logical.runs_past_margin(content.text().find(word).unwrap())
    };
    assert!(past("atleast") && past("10-052016"));
    assert!(!letters[0].blocks.iter().any(|block| {
        block.role == Role::Field(Field::ClaimsGuideline) && block.content.logical.runs_past_margin(0)
    }));
}

#[test]
fn in_a_free_form_only_a_title_begins_another_letter() {
    let one = "NEW YORK STATE EXTERNAL APPEAL\n\nRECORDS\nNotes.\n\nHISTORY\nThe member is a 40-year-old male.\n\n\
               DECISION\nOverturned\n\nANALYSIS\nThe brace is medically necessary.\n";
    let twice_told = format!("{one}\nDECISION\nOverturned\n\nHISTORY\nHe fell.\n");
    assert_eq!(letters(&twice_told).len(), 1, "headings in any order, and again");
    assert_eq!(letters(&format!("{one}\n{one}")).len(), 2);
}
