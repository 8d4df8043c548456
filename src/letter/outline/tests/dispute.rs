//! One dispute about several services.

use super::*;

/// Request and decision of each item.
fn services(text: &str) -> Vec<(String, Option<Decision>)> {
    let items = items_of(text).into_iter();
    items.map(|(request, decision, _)| (request.unwrap_or_default(), decision)).collect()
}

fn texas(requests: &str, outcome: &str, reasons: &str) -> String {
    format!(
        "NOTICE OF INDEPENDENT REVIEW DECISION\n\nDESCRIPTION OF THE SERVICES IN DISPUTE\n\n{requests}\n\n\
         PATIENT CLINICAL HISTORY\n\nThe claimant is a 40-year-old male roofer who fell from a ladder and twisted the\n\
         right knee, which has given way ever since that day, mostly on the stairs at home.\n\n\
         REVIEW OUTCOME\n\n{outcome}\n\nANALYSIS AND EXPLANATION OF THE DECISION\n\n{reasons}\n"
    )
}

const BRACE: &str = "Custom knee brace";
const VISITS: &str = "Aquatic therapy, 8 visits";

#[test]
fn labels_tell_the_services_apart() {
    let expected =
        [(BRACE.to_owned(), Some(Decision::Overturned)), (VISITS.to_owned(), Some(Decision::Upheld))];
    for (requests, outcome, reasons) in [
        (
            "1. Custom knee brace\n2. Aquatic therapy, 8 visits",
            "1: Overturned. 2: Upheld.",
            "1. The ligament is torn. The brace is medically necessary.\n\n2. Land therapy has not been tried. The visits are not medically necessary.",
        ),
        (
            "A) Custom knee brace\nB) Aquatic therapy, 8 visits",
            "The determination is partially overturned. Service A is Overturned; Service B is Upheld.",
            "Service A: The ligament is torn and the knee gives way on the stairs.\n\nService B: Exercise on land has not been tried in this case.",
        ),
        (
            "1. Custom knee brace 2. Aquatic therapy, 8 visits",
            "The brace is Overturned. The aquatic therapy is Upheld.",
            "As to the first request, the ligament is torn and the knee gives way on the stairs.\n\nAs to the second request, exercise on land has not been tried in this case.",
        ),
        (
            "The services are listed.",
            "The denial should be overturned as to the brace, and upheld as to the therapy.",
            "Request #1: Custom knee brace. The ligament is torn.\n\nRequest #2: Aquatic therapy, 8 visits. Land therapy has not been tried.",
        ),
        (
            "The services are listed.",
            "Custom knee brace: Overturned\nAquatic therapy, 8 visits: Upheld",
            "Custom knee brace: the ligament is torn.\n\nAquatic therapy, 8 visits: land therapy has not been tried.",
        ),
        (
            "The services are listed.",
            "See each of them.",
            "1. Custom knee brace. The ligament is torn, and the brace is medically necessary. The denial is overturned.\n\n\
             2. Aquatic therapy, 8 visits. Land therapy has not been tried, and water is not medically necessary. The denial is upheld.",
        ),
    ] {
        assert_eq!(services(&texas(requests, outcome, reasons)), expected, "{reasons}");
    }
}

#[test]
fn each_services_reasons_are_its_own() {
    let text = texas(
        "1. Custom knee brace\n2. Aquatic therapy, 8 visits",
        "1: Overturned. 2: Upheld.",
        "1. The ligament is torn.\nThe brace is medically necessary.\n\n2. Land therapy has not been tried.\n\nA pool is far away.",
    );
    let letters = parse(&Document::new(&text));
    let reasons = |item: usize| -> Vec<&str> {
        let blocks = letters[0].blocks.iter();
        let own =
            blocks.filter(|block| block.item == Some(item) && block.role == Role::Field(Field::Rationale));
        own.map(|block| block.content.text()).collect()
    };
    assert_eq!(reasons(0), ["1. The ligament is torn.\nThe brace is medically necessary."]);
    assert_eq!(reasons(1), ["2. Land therapy has not been tried.", "A pool is far away."]);
}

#[test]
fn the_points_of_an_argument_are_no_services() {
    let text = texas(
        "Custom knee brace",
        "Upheld",
        "The guideline has two criteria.\n\n1. The ligament is torn.\n\n2. A simple brace was tried. None was.\n\nThe brace is not medically necessary.",
    );
    assert_eq!(services(&text), [(BRACE.to_owned(), Some(Decision::Upheld))]);
}

#[test]
fn repeated_fields_are_of_one_service_each() {
    let text = "EXTERNAL REVIEW REPORT\n\nQUALIFICATIONS\nBoard certified.\n\nRECORDS\nNotes.\n\nHISTORY\nThe member fell.\n\n\
                SERVICE: Custom knee brace\nDETERMINATION: OVERTURNED\nRATIONALE: The ligament is torn.\n\n\
                SERVICE: Aquatic therapy, 8 visits\nDETERMINATION: UPHELD\nRATIONALE: Land therapy has not been tried.\n";
    assert_eq!(
        services(text),
        [(BRACE.to_owned(), Some(Decision::Overturned)), (VISITS.to_owned(), Some(Decision::Upheld))]
    );
}

#[test]
fn two_differing_decisions_without_a_service_decide_none() {
    let text = texas("Custom knee brace", "Overturned in June.\n\nUpheld", "The ligament is torn.");
    assert_eq!(services(&text), [(BRACE.to_owned(), None)]);
}
