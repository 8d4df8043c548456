use proptest::prelude::*;

use super::*;
use crate::letter::{Decision, Located, Place, parse, recognise};
use crate::text::{Document, Span};

mod dispute;
mod forms;
mod headings;
mod several;

/// A letter as its paragraphs, to be set in every layout.
const PARAGRAPHS: &[&str] = &[
    "HOW THE IMR FINAL DETERMINATION WAS MADE",
    "MAXIMUS Federal Services sent the complete case file to an expert reviewer. He/she has no affiliation with the employer.",
    "CLINICAL CASE SUMMARY",
    "The expert reviewer developed the following clinical case summary based on a review of the case file, including all medical records:",
    "The patient is a 51-year-old male who hurt his right shoulder on 03/04/2014 when a shelf gave way. He was seen by Dr. Roe at 3 p.m. on 05/06/2015, and the pain was rated 6/10. An MRI showed a full-thickness tear of the supraspinatus tendon with retraction to the level of the humeral head.",
    "IMR ISSUES, DECISIONS AND RATIONALES",
    "The Final Determination was based on decisions for the disputed items/services set forth below:",
    "Right shoulder arthroscopy with rotator cuff repair, subacromial decompression and distal clavicle resection, as an outpatient: Overturned",
    "Claims Administrator guideline: The Claims Administrator did not cite any medical evidence for its decision.",
    "MAXIMUS guideline: Decision based on MTUS Shoulder Complaints 2004, Section(s): Surgical Considerations.",
    "Decision rationale: The MTUS supports repair of a full-thickness tear after conservative care. The record shows three months of therapy without relief. Therefore, the request is medically necessary.",
    "Cold therapy unit, QTY: 1: Upheld",
    "Claims Administrator guideline: Decision based on Non-MTUS Citation ODG.",
    "MAXIMUS guideline: Decision based on Non-MTUS Citation Official Disability Guidelines (ODG) Shoulder, Continuous-flow cryotherapy.",
    "Decision rationale: Seven days of use are recommended after surgery; the request names no duration and reads like a purchase. As such, the cold therapy unit is not medically necessary.",
];

/// Breaks a paragraph at a margin.
fn wrapped(paragraph: &str, margin: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in paragraph.split(' ') {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= margin => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The same letter in every layout in which letters come.
fn layouts() -> Vec<(&'static str, String)> {
    let lines = |margin: usize| PARAGRAPHS.iter().map(move |paragraph| wrapped(paragraph, margin));
    let double_spaced: String = lines(95)
        .map(|lines| lines.iter().map(|line| format!("{line} \n\n")).collect::<String>())
        .collect::<Vec<_>>()
        .join(" \n\n");
    let packed = lines(100).map(|lines| lines.join("\n")).collect::<Vec<_>>().join("\n");
    let form_feeds = packed
        .replace("\nAn MRI", "\n\u{c}An MRI")
        .replace("\nMAXIMUS guideline", "\n\u{c}MAXIMUS guideline")
        + "\n\u{c}";
    let typed = lines(78).map(|lines| lines.join("\n")).collect::<Vec<_>>().join("\n\n");
    vec![
        ("double-spaced", double_spaced),
        ("packed, with form feeds", form_feeds),
        ("packed", packed),
        ("typed, CR LF", typed.replace('\n', "\r\n")),
        ("typed", typed),
        ("one line a paragraph", PARAGRAPHS.join("\n\n")),
        ("one line a paragraph, dense", PARAGRAPHS.join("\n")),
    ]
}

/// The outline in words: roles with their sentences, and items.
fn outline(text: &str) -> Vec<String> {
    let letters = parse(&Document::new(text));
    let mut lines = Vec::new();
    for letter in &letters {
        for block in &letter.blocks {
            for sentence in &block.content.sentences {
                let text = block.content.text()[sentence.span.clone()].replace('\n', " ");
                lines.push(format!("{} {:?}: {text}", block.role.name(), block.item));
            }
        }
        for item in &letter.items {
            let request = item.heading.map(|heading| {
                letter.blocks[heading].content.text()[item.request.clone()].replace('\n', " ")
            });
            let decision = item.decision.as_ref().map(|(decision, _)| *decision);
            lines.push(format!("{request:?} {decision:?} {:?}", item.citation.state));
        }
    }
    lines
}

#[test]
fn every_layout_gives_the_same_outline() {
    let expected = outline(&PARAGRAPHS.join("\n\n"));
    assert!(
        expected.iter().any(|line| line.contains("Cold therapy unit, QTY: 1\") Some(Upheld) Present")),
        "{expected:#?}"
    );
    assert!(
        expected.iter().any(|line| line.starts_with("summary None: He was seen by Dr. Roe at 3 p.m. on")),
        "{expected:#?}"
    );
    for (name, text) in layouts() {
        assert_eq!(outline(&text), expected, "{name}");
    }
}

fn decision_of(item: &Item) -> Option<Decision> {
    item.decision.as_ref().map(|(decision, _)| *decision)
}

fn items_of(text: &str) -> Vec<(Option<String>, Option<Decision>, Option<usize>)> {
    let letters = parse(&Document::new(text));
    letters[0]
        .items
        .iter()
        .map(|item| {
            let request = item.heading.map(|heading| {
                letters[0].blocks[heading].content.text()[item.request.clone()].replace('\n', " ")
            });
            (request, decision_of(item), item.main_item)
        })
        .collect()
}

const CONCLUSION: &str = "Therefore, the request is not medically necessary.";
const FIELDS: &str = "Claims Administrator guideline: ODG.\nMAXIMUS guideline: Decision based on MTUS Knee Complaints 2004.\n\
                      Decision rationale: The chapter supports this treatment when conservative care has failed for at\n\
                      least three months. Therefore, the request is not medically necessary.\n";

fn packed_issues(headings: &[&str]) -> String {
    let items: String = headings.iter().map(|heading| format!("{heading}\n{FIELDS}")).collect();
    format!(
        "CLINICAL CASE SUMMARY\nThe patient has knee pain.\nIMR ISSUES, DECISIONS AND RATIONALES\n{items}"
    )
}

#[test]
fn headings_of_many_lines() {
    let heading = "Right knee arthroscopy with partial medial meniscectomy, chondroplasty of the patellofemoral\n\
                   joint, and removal of loose bodies, to be performed as an outpatient at a surgery center\nof the provider's choice is:\nOverturned";
    let items = items_of(&packed_issues(&["MRI: Upheld", heading, "Pre-op labs: CBC: QTY: 2: Upheld"]));
    assert_eq!(items.len(), 3);
    assert!(items[1].0.as_ref().unwrap().starts_with("Right knee arthroscopy"), "{items:?}");
    assert!(items[1].0.as_ref().unwrap().ends_with("provider's choice"), "{items:?}");
    assert_eq!(items[1].1, Some(Decision::Overturned));
    assert_eq!(items[2].0.as_deref(), Some("Pre-op labs: CBC: QTY: 2"));
}

#[test]
fn associated_services_know_their_main_item() {
    let ancillary = "Claims Administrator guideline: The Claims Administrator did not cite any medical evidence for its\ndecision.\n\
                     MAXIMUS guideline: The Expert Reviewer did not cite any medical evidence for its decision.\n\
                     Decision rationale: As the surgery is not medically necessary, this service is not\nmedically necessary either.\n";
    let text = packed_issues(&["Knee arthroscopy: Upheld"])
        + "Assistant surgeon: Upheld\n"
        + ancillary
        + "Associated surgical service: Crutches: Upheld\n"
        + ancillary;
    let mains: Vec<Option<usize>> = items_of(&text).into_iter().map(|(.., main)| main).collect();
    assert_eq!(mains, [None, Some(0), Some(0)]);
}

#[test]
fn an_item_without_its_decision_is_an_item() {
    let text = format!(
        "{}\nHeating pad\n\n{FIELDS}",
        packed_issues(&["MRI: Upheld"]).replace("\nClaims", "\n\nClaims")
    );
    let items = items_of(&text);
    assert_eq!(items[1], (Some("Heating pad".to_owned()), None, None));
}

#[test]
fn a_field_that_recurs_opens_the_next_item() {
    let text = packed_issues(&["MRI: Upheld"]) + FIELDS;
    let items = items_of(&text);
    assert_eq!(items.len(), 2);
    assert_eq!(items[1], (None, None, None));
}

#[test]
fn drafts_that_are_not_finished() {
    let text = packed_issues(&["MRI: Upheld"]) + "Heating pad: Upheld\nClaims Administrator guideline: ODG.";
    let letters = parse(&Document::new(&text));
    let drafted: Vec<bool> = letters[0].items.iter().map(|item| item.is_drafted).collect();
    assert_eq!(drafted, [true, false]);
}

#[test]
fn the_header_in_a_letter() {
    let text = "Case Number: CM16-0123456 Date Assigned: 06/07/2016\nSex: F\nDate of Injury: 01/02/2012\n\nCLINICAL CASE SUMMARY\n\nHer knee hurts.\n";
    let letters = parse(&Document::new(text));
    assert_eq!(letters[0].header_value(HeaderField::InjuryDate), Some("01/02/2012"));
    assert_eq!(letters[0].header_value(HeaderField::Sex), Some("F"));
}

/// Pieces from which texts are made that look like letters.
fn letterlike() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(PARAGRAPHS).prop_map(str::to_owned),
        prop::sample::select(vec![
            "\n",
            "\n\n",
            " \n\n",
            "\r\n",
            "\r",
            "\u{c}",
            "  ",
            ": Upheld",
            "Overturned.",
            "Case Number: ",
            "Sex: F",
            "1) ",
            "MAXIMUS guideline:",
            "\u{2028}",
            "4-\n",
            "..",
            "His ",
            "by Dr. , ",
            "\u{201c}",
            "\"",
            "😀",
            "e\u{301}",
            "\u{a0}",
            "CM16-0123456\n",
            "\nPage 3 of 6\n",
            "\n2\n\u{c}",
            "\u{c}Review of Jane Roe\n",
            "1) Regarding the request for ",
            "ISSUE AT DISPUTE:",
            "RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS NOT MEDICALLY NECESSARY:",
            "1) MAXIMUS Federal Services, Inc. has determined the request for ",
            "NOTICE OF EXTERNAL REVIEW DECISION\n",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,12}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// What stands between two lines where a page ends.
const PAGE_ENDS: [&str; 6] = [
    "\u{c}",
    "\n\u{c}",
    "Page 3 of 6\n\u{c}",
    "Page 3 of 6\n",
    "CM16-0123456 3\n",
    "CM16-0123456 3\n\n\u{c}",
];

/// The letter set to a margin, in one of the styles in which paragraphs stand apart, with pages that end after some lines.
fn paged(margin: usize, style: usize, page_ends: &[(prop::sample::Index, usize)]) -> String {
    let (after_line, between) = [("\n", ""), ("\n", "\n"), (" \n\n", " \n\n"), ("\r\n", "")][style];
    let mut lines: Vec<String> = Vec::new();
    for paragraph in PARAGRAPHS {
        lines.extend(wrapped(paragraph, margin).into_iter().map(|line| line + after_line));
        lines.last_mut().expect("a paragraph has a line").push_str(between);
    }
    let mut ended: Vec<usize> = Vec::new();
    for (at, kind) in page_ends {
        let line = at.index(lines.len());
        if line > 0 && !ended.contains(&line) {
            lines[line].insert_str(0, PAGE_ENDS[*kind]);
            ended.push(line);
        }
    }
    lines.concat()
}

proptest! {
    #[test]
    fn pages_end_anywhere(
        margin in 64usize..110,
        style in 0usize..4,
        page_ends in prop::collection::vec((any::<prop::sample::Index>(), 0usize..6), 0..4),
    ) {
        let text = paged(margin, style, &page_ends);
        prop_assert_eq!(outline(&text), outline(&PARAGRAPHS.join("\n\n")), "{}", text);
    }

    #[test]
    fn no_text_is_lost_or_read_twice(text in prop_oneof![4 => letterlike(), 1 => any::<String>()]) {
        let document = Document::new(&text);
        let mut end = 0;
        let letters = parse(&document);
        let furniture: Vec<Span> = letters.iter().flat_map(|letter| letter.furniture.clone()).collect();
        prop_assert!(furniture.is_sorted_by(|one, next| one.end <= next.start), "furniture overlaps");
        // What a span holds beside blanks and furniture.
        let said = |span: Span| -> String {
            let visible = |at: usize| !furniture.iter().any(|piece| piece.contains(&at));
            let chars = text[span.clone()].char_indices();
            chars.filter(|(at, c)| !c.is_whitespace() && visible(span.start + at)).map(|(_, c)| c).collect()
        };
        for letter in &letters {
            for (index, block) in letter.blocks.iter().enumerate() {
                let whole = 0..block.content.text().len();
                let span = letter.to_document(&Place { block: index, span: whole });
                prop_assert!(span.start >= end, "blocks overlap");
                prop_assert_eq!(said(end..span.start), "", "lost before a block");
                let logical: String = block.content.text().chars().filter(|c| !c.is_whitespace()).collect();
                prop_assert_eq!(said(span.clone()), logical);
                end = span.end;
            }
        }
        prop_assert_eq!(said(end..text.len()), "", "lost at the end");
        let _ = recognise(&document);
    }
}
