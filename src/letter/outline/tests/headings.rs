//! Item headings, from a table.

use super::*;

#[test]
fn headings_give_request_dispute_and_decision() {
    let mut faults = Vec::new();
    for case in include_str!("../cases/headings.tsv").lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = case.split('\t').collect();
        let [before, heading, request, disputed, decision] = columns[..] else { panic!("{case}") };
        let text =
            packed_issues(&["MRI of the hip: Upheld"]).replace(CONCLUSION, before) + heading + "\n" + FIELDS;
        let text = text.replace("\\n", "\n").replace("\\f", "\u{c}");
        let letters = parse(&Document::new(&text));
        let items = &letters[0].items;
        let Some(item) = items.get(1).filter(|_| items.len() == 2) else {
            faults.push(format!("{heading}: {} items", items.len()));
            continue;
        };
        let said = item.heading.map_or("", |heading| letters[0].blocks[heading].content.text());
        let seen = |span: &Span| said[span.clone()].replace('\n', " ");
        let disputed = if disputed.is_empty() { request } else { disputed };
        let found = (seen(&item.request), seen(&item.disputed), format!("{:?}", decision_of(item)));
        let expected = (request.to_owned(), disputed.to_owned(), format!("Some({decision})"));
        if found != expected {
            faults.push(format!("{heading}:\n    {found:?}\n  not\n    {expected:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_last_sentence_of_a_letter_is_no_heading() {
    for ending in [
        "Therefore, the denial\nis upheld.",
        "The prior decision was\noverturned.",
        "It was Upheld on appeal.",
    ] {
        let text = packed_issues(&["MRI: Upheld"]).replace(CONCLUSION, ending);
        assert_eq!(items_of(&text).len(), 1, "{ending}");
    }
}

#[test]
fn a_decision_word_inside_an_item_begins_none() {
    let text = packed_issues(&["MRI: Upheld", "Brace: Upheld"]).replace(
        "Claims Administrator guideline: ODG.",
        "Claims Administrator guideline: The denial of the year before, in which the first request was likewise\nUpheld",
    );
    assert_eq!(items_of(&text).len(), 2);
    let text = packed_issues(&["MRI: Upheld"]).replace("Claims Administrator guideline: ODG.\n", "");
    assert_eq!(items_of(&text)[0].0.as_deref(), Some("MRI"), "an item without its first field");
}

#[test]
fn numbers_of_headings() {
    let headings = ["1. MRI: Upheld", "3) Brace: Upheld", "10. Cane: Upheld", "2.5 mg of x: Upheld"];
    let letters = parse(&Document::new(&packed_issues(&headings)));
    let numbers: Vec<_> =
        letters[0].items.iter().map(|item| item.number.as_ref().map(|number| number.value)).collect();
    assert_eq!(numbers, [Some(1), Some(3), Some(10), None]);
    assert_eq!(letters[0].items[2].number.as_ref().map(|number| number.span.clone()), Some(0..2));
}

fn main_items(text: &str) -> Vec<Option<usize>> {
    parse(&Document::new(text))[0].items.iter().map(|item| item.main_item).collect()
}

/// An item that cites nothing, with a rationale.
fn ancillary(heading: &str, rationale: &str) -> String {
    format!(
        "{heading}\nClaims Administrator guideline: The Claims Administrator did not cite any medical evidence for its\n\
         decision.\nMAXIMUS guideline: The Expert Reviewer did not cite any medical evidence for its decision.\n\
         Decision rationale: {rationale}\n"
    )
}

#[test]
fn ancillary_services_rest_on_their_main_item() {
    for rationale in [
        "Since the primary procedure is not medically necessary, none of the associated services are\nmedically necessary.",
        "As the surgery is not medically necessary, this service is not either.",
        "Because the requested arthroscopy was not found to be medically necessary, crutches are not\nneeded.",
        "The helper was wanted for an operation that will not take place.",
        "Given that the fusion is not supported, the stay is not medically necessary.",
    ] {
        let text = packed_issues(&["Knee arthroscopy: Upheld"]) + &ancillary("Crutches: Upheld", rationale);
        assert_eq!(main_items(&text), [None, Some(0)], "{rationale}");
    }
    let own = "The records show no trouble with walking. The patient walks without any aid, so crutches are not\nmedically necessary.";
    let text = packed_issues(&["Knee arthroscopy: Upheld"]) + &ancillary("Crutches: Upheld", own);
    assert_eq!(main_items(&text), [None, None], "a rationale of its own");
    let text = packed_issues(&["Knee arthroscopy: Upheld", "Brace: Upheld"])
        + &ancillary("Associated surgical service: Crutches: Upheld", own);
    assert_eq!(main_items(&text), [None, None, Some(1)], "the form's prefix");
}
