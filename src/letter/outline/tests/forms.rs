//! The forms of the years, and other kinds of letters.

use super::*;

/// Role, item and text of each block.
fn blocks_of(text: &str) -> (Option<&'static str>, Vec<String>) {
    let letters = parse(&Document::new(text));
    assert_eq!(letters.len(), 1, "{text}");
    let blocks = letters[0].blocks.iter().map(|block| {
        let item = block.item.map_or("-".to_owned(), |item| item.to_string());
        format!("{} {item} {}", block.role.name(), block.content.text().replace('\n', " "))
    });
    (letters[0].profile.map(|profile| profile.name.as_str()), blocks.collect())
}

const NOTICE: &str = "MAXIMUS FEDERAL SERVICES, INC.
Notice of Independent Medical Review Determination
Dated: 9/26/2013

Date of Injury: 1/5/2010
MAXIMUS Case Number: CM13-0001234

1) MAXIMUS Federal Services, Inc. has determined the request for a home traction device is notmedically
necessary and appropriate.

2) MAXIMUS Federal Services, Inc. has determined the request for six visits of acupuncture is medically
necessary and appropriate.

INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE

An application for Independent Medical Review was filed on 8/1/2013 disputing the Utilization Review Denial
dated 7/20/2013. A Notice of Assignment and Request for Information was provided to the above parties on
8/9/2013. A decision has been made for each of the treatment and/or services that were in dispute:

Medical Qualifications of the Expert Reviewer:
The independent Medical Doctor who made the decision has no affiliation with the employer, employee, providers
or the claims administrator. The physician is certified in Pain Management.

Case Summary:
Disclaimer: The following case summary was taken directly from the utilization review denial/modification dated
July 20, 2013.

The worker fell from a truck and has had neck pain since then.

Documents Reviewed for Determination:
The records of the treating physician were reviewed.

1) Regarding the request for a home traction device:

Medical Treatment Guideline(s) Relied Upon by the Expert Reviewer to Make His/Her Decision
The Neck and Upper Back Complaints chapter of the MTUS was used.

Rationale for the Decision:
The chapter names no lasting benefit of traction. The request is not medically necessary.

2) Regarding the request for six visits of acupuncture:

Medical Treatment Guideline(s) Relied Upon by the Expert Reviewer to Make His/Her Decision
The Acupuncture Medical Treatment Guidelines were used.

Rationale for the Decision:
Six visits are within the trial that the guideline allows. The request is medically necessary.
";

#[test]
fn the_notice_of_2013() {
    let (profile, blocks) = blocks_of(NOTICE);
    assert_eq!(profile, Some("ca-imr-2013"));
    let starts = |role: &str| blocks.iter().filter(|block| block.starts_with(role)).count();
    assert_eq!(starts("result - "), 2, "{blocks:#?}");
    assert_eq!(starts("item-heading "), 2, "{blocks:#?}");
    assert_eq!(starts("boilerplate - The independent Medical Doctor"), 1, "{blocks:#?}");
    assert_eq!(starts("boilerplate - An application"), 1, "{blocks:#?}");
    assert_eq!(starts("boilerplate - Disclaimer"), 1, "{blocks:#?}");
    assert_eq!(starts("summary - The worker fell"), 1, "{blocks:#?}");
    assert_eq!(starts("documents - The records"), 1, "{blocks:#?}");
    assert_eq!(starts("rationale 1 Rationale for the Decision: Six visits"), 1, "{blocks:#?}");
    let requests: Vec<_> =
        items_of(NOTICE).into_iter().map(|(request, decision, _)| (request, decision)).collect();
    assert_eq!(
        requests,
        [
            (Some("a home traction device".to_owned()), Some(Decision::Upheld)),
            (Some("six visits of acupuncture".to_owned()), Some(Decision::Overturned)),
        ]
    );
    let (_, blocks) = blocks_of(&NOTICE.replace("Case Summary:", "Expert Reviewer Case Summary:"));
    assert!(blocks.iter().any(|block| block.starts_with("summary - The worker fell")), "{blocks:#?}");
    let letters = parse(&Document::new(NOTICE));
    assert_eq!(letters[0].header_value(HeaderField::DecisionDate), Some("9/26/2013"));
    assert_eq!(letters[0].header_value(HeaderField::InjuryDate), Some("1/5/2010"));
    assert!(letters[0].is_complete());
}

#[test]
fn the_form_with_documents_reviewed() {
    let text = format!(
        "MAXIMUS FEDERAL SERVICES, INC.\nIndependent Medical Review\nCase Number: CM15-0000001\nUR Denial Date:  01/02/2015\n\
         HOW THE IMR FINAL DETERMINATION WAS MADE\nMAXIMUS Federal Services sent the complete case file to an expert reviewer.\n\
         DOCUMENTS REVIEWED\nThe application, the utilization review and the notes of the treating physician.\n\
         CLINICAL CASE SUMMARY\nThe patient has knee pain.\nIMR DECISION(S) AND RATIONALE(S)\nBrace: Upheld\n{FIELDS}"
    );
    let (profile, blocks) = blocks_of(&text);
    assert_eq!(profile, Some("ca-imr-2015"));
    assert!(blocks[0].starts_with("boilerplate - MAXIMUS FEDERAL"), "{blocks:#?}");
    assert!(blocks.iter().any(|block| block.starts_with("documents - The application")), "{blocks:#?}");
    assert_eq!(items_of(&text).len(), 1);
}

#[test]
fn the_form_whose_items_are_sentences() {
    let item = |heading: &str, conclusion: &str| {
        format!(
            "{heading}\n\nThe Claims Administrator based its decision on the MTUS.\n\n\
             The Physician Reviewer did not base his/her decision on the MTUS.\n\
             The Physician Reviewer based his/her decision on the ODG, Knee Chapter, Braces.\n\n\
             The Physician Reviewer's decision rationale: The knee gives way.\n\n{conclusion}\n\n"
        )
    };
    let text = format!(
        "Case Number: CM13-0000001\nDated: 12/20/2013\nUR Denial Date: 08/02/2013\n\nCLINICAL CASE SUMMARY\n\nThe patient has knee pain.\n\n\
         IMR DECISION(S) AND RATIONALE(S)\n\n{}{}",
        item(
            "1. The request for a knee brace, one, is medically necessary and appropriate.",
            "The brace is medically necessary."
        ),
        item(
            "2. Twelve visits of therapy are not\nmedically necessary and appropriate.",
            "The visits are not medically necessary."
        ),
    );
    let (profile, blocks) = blocks_of(&text);
    assert_eq!(profile, Some("ca-imr-2013-final"));
    let items = items_of(&text);
    let read: Vec<_> = items.iter().map(|(request, decision, _)| (request.as_deref(), *decision)).collect();
    assert_eq!(
        read,
        [
            (Some("a knee brace, one"), Some(Decision::Overturned)),
            (Some("Twelve visits of therapy"), Some(Decision::Upheld)),
        ],
        "a conclusion in a paragraph of its own begins no item: {blocks:#?}"
    );
    let reviewers = blocks.iter().filter(|block| block.starts_with("reviewer-guideline 0 The Physician"));
    assert_eq!(reviewers.count(), 2, "both sentences are its basis: {blocks:#?}");
    let letters = parse(&Document::new(&text));
    assert_eq!(letters[0].header_value(HeaderField::DecisionDate), Some("12/20/2013"));
}

#[test]
fn the_medical_professional_review() {
    let text = "MEDICAL PROFESSIONAL REVIEW\n\nISSUE AT DISPUTE:\nTwelve visits of aquatic therapy\n\nCASE SUMMARY:\nThe worker is a \
                50-year-old man with hip pain.\n\nDOCUMENTS REVIEWED FOR DETERMINATION:\nNotes of 01/02/2013.\n\n\
                MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL\nREVIEWER AND WHY:\nThe MTUS, because it names aquatic therapy.\n\n\
                RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS NOT\nMEDICALLY NECESSARY:\nNothing speaks against exercise on land.\n\n\
                MEDICAL REVIEWER QUALIFICATIONS:\nA physician in physical medicine.\n";
    let (profile, blocks) = blocks_of(text);
    assert_eq!(profile, Some("ca-mpr"));
    assert_eq!(
        items_of(text),
        [(Some("Twelve visits of aquatic therapy".to_owned()), Some(Decision::Upheld), None)],
        "{blocks:#?}"
    );
    assert!(blocks.iter().any(|block| block.starts_with("summary - The worker")), "{blocks:#?}");
    assert!(blocks.iter().any(|block| block.starts_with("reviewer-guideline 0 ")), "{blocks:#?}");
    assert!(blocks.iter().any(|block| block.starts_with("boilerplate - A physician")), "{blocks:#?}");
    let letters = parse(&Document::new(text));
    assert!(letters[0].is_complete());
    assert_eq!(letters[0].sections().map(|(section, _)| section).next(), Some(Section::Issues));
}

#[test]
fn utilization_review() {
    let text = "UTILIZATION REVIEW DETERMINATION\nDate RFA Received: 02/03/2016\nDate of Decision: 02/08/2016\nClaim Number: 77-1\n\n\
                Medical Records Reviewed\nNotes of the treating physician.\n\n\
                Treatment Requested: MRI of the left wrist\nDetermination: Certified\nGuidelines Used: The MTUS.\n\
                Clinical Reasons: Pain has lasted since the fall. The request is certified.\n\n\
                Treatment Requested: Wrist brace\nDetermination: Non-certified\nGuidelines Used: The MTUS.\n\
                Clinical Reasons: No brace is needed.\n";
    let (profile, blocks) = blocks_of(text);
    assert_eq!(profile, Some("ur"), "{blocks:#?}");
    assert_eq!(
        items_of(text),
        [
            (Some("MRI of the left wrist".to_owned()), Some(Decision::Overturned), None),
            (Some("Wrist brace".to_owned()), Some(Decision::Upheld), None),
        ]
    );
    let letters = parse(&Document::new(text));
    assert_eq!(letters[0].header_value(HeaderField::RequestReceived), Some("02/03/2016"));
    assert_eq!(letters[0].header_value(HeaderField::ClaimNumber), Some("77-1"));
}

#[test]
fn requests_with_their_determinations() {
    let text = "UTILIZATION REVIEW DETERMINATION\nDate of Decision: 02/08/2016\nRFA Received: 02/03/2016\n\n\
                TREATMENT REQUESTED AND DETERMINATION\n\n1. MRI of the left wrist: APPROVED\nGuideline: The MTUS.\n\
                Clinical reasons: Pain has lasted since the fall, and the request is approved.\n\n\
                2. Therapy, 24 visits: MODIFIED to 6 visits\nGuideline: The MTUS.\nClinical reasons: Six visits are a trial.\n";
    assert_eq!(
        items_of(text),
        [
            (Some("MRI of the left wrist".to_owned()), Some(Decision::Overturned), None),
            (Some("Therapy, 24 visits".to_owned()), Some(Decision::Partial), None),
        ]
    );
}

#[test]
fn federal_external_review() {
    let text = "Notice of Final External Review Decision\nDate of Notice: 03/04/2016\nName of Patient: Jane Roe\nClaim #: 4711\n\
                Description of Service: Infusion at home\n\nBackground Information\nThe appeal was filed on 02/01/2016.\n\n\
                Final External Review Decision\nThe denial is overturned. All documents of the plan were reviewed.\n\n\
                Findings\nThe infusion keeps the patient out of the hospital.\n\n\
                Important Information about Your Appeal Rights\nYou may ask a court.\n";
    let (profile, blocks) = blocks_of(text);
    assert_eq!(profile, Some("fed-external"), "{blocks:#?}");
    assert_eq!(items_of(text), [(None, Some(Decision::Overturned), None)], "{blocks:#?}");
    assert!(blocks.iter().any(|block| block.starts_with("rationale 0 Findings The infusion")), "{blocks:#?}");
    let letters = parse(&Document::new(text));
    assert_eq!(letters[0].header_value(HeaderField::Patient), Some("Jane Roe"));
    assert_eq!(letters[0].header_value(HeaderField::Service), Some("Infusion at home"));
    assert!(letters[0].is_complete());
}

#[test]
fn two_decisions_in_one_federal_dispute() {
    let text = "Notice of Final External Review Decision\nDate of Notice: 03/04/2016\nName of Patient: Jane Roe\nClaim #: 4711\n\
                Description of Service: Infusion and pump\n\nBackground Information\nThe appeal was filed on 02/01/2016.\n\n\
                Final External Review Decision\nInfusion at home: Overturned\nInfusion pump: Upheld\n\n\
                All documents of the plan were reviewed.\n\n\
                Findings\nInfusion at home: It keeps the patient out of the hospital.\n\n\
                Infusion pump: Gravity will do.\n\nThe tubing is part of it.\n\n\
                Important Information about Your Appeal Rights\nYou may ask a court.\n";
    assert_eq!(
        items_of(text),
        [
            (Some("Infusion at home".to_owned()), Some(Decision::Overturned), None),
            (Some("Infusion pump".to_owned()), Some(Decision::Upheld), None)
        ]
    );
    // Where the reasons do not say of which they are, neither decision is taken.
    let untold = text.replace("Infusion at home: It", "It").replace("Infusion pump: Gravity", "Gravity");
    assert_eq!(items_of(&untold), [(None, None, None)]);
}

#[test]
fn other_kinds_of_letters() {
    let cases = [
        (
            "ca-dmhc",
            "DEPARTMENT OF MANAGED HEALTH CARE\nReference Number: X-1\n\nDocuments Reviewed\nNotes of the plan.\n\n\
             Case Summary:\nThe enrollee asked for an infusion.\n\nFindings:\nThe infusion is standard care.\n\n\
             Final Result: Overturned Decision of Health Plan\n",
        ),
        (
            "naic",
            "EXTERNAL REVIEW DECISION\nDate of Decision: 03/04/2016\n\nReason for the Request for External Review\nAn infusion was denied.\n\n\
             Evidence or Documentation Considered\nNotes of the plan.\n\nPrincipal Reasons for the Decision\nThe denial is overturned.\n\n\
             Rationale for the Decision\nThe infusion is standard care.\n",
        ),
        (
            "il-iro",
            "IRO NOTICE OF DECISION\nRE: IRO Case #: 4711\n\nReviewer Specialty\nInternal medicine.\n\n\
             Conflict of Interest Certification\nThere is none.\n\nDecision\nOverturned\n\nRationale\nThe infusion is standard care.\n",
        ),
        (
            "partd-ire",
            "NOTICE OF RECONSIDERATION\n\nOur Decision\nThe decision is fully favorable.\n\n\
             Specific Reasons for the Decision\nThe drug is used for an accepted indication.\n\nYour Appeal Rights\nThe plan may ask a judge.\n",
        ),
    ];
    for (name, text) in cases {
        let (profile, blocks) = blocks_of(text);
        assert_eq!(profile, Some(name));
        assert_eq!(items_of(text), [(None, Some(Decision::Overturned), None)], "{name}: {blocks:#?}");
        assert!(blocks.iter().any(|block| block.starts_with("rationale 0 ")), "{name}: {blocks:#?}");
    }
}

#[test]
fn general_headings_need_a_title() {
    let text = "Decision\nThe board met.\n\nRationale\nIt had to.\n\nRecords Reviewed\nNone.\n\nYour Appeal Rights\nNone.\n";
    assert!(recognise(&Document::new(text)).is_none());
}

#[test]
fn a_review_of_another_writers_form() {
    let text = "PEER REVIEW REPORT\n\nReferral Number: 4-117\nDate of Injury: 02/11/2018\nReviewer: Hand surgeon, board certified\n\
                Patient: Male, 46 years old\n\n\
                REQUESTS AND RECOMMENDATIONS\n\nA. Thumb brace: Certified\nB. Hand therapy, 12 visits: Modified, 6 visits certified\n\n\
                DESCRIPTION OF THE RECORDS RECEIVED\n\nNotes of 2018.\n\nC. CLINICAL SUMMARY\n\nHe has pain at the thumb.\n\n\
                RATIONALE\n\nA. Thumb brace: Certified\n\nGuideline: ODG (2018), Hand Chapter, Splints.\n\n\
                The joint is loose. The brace is medically necessary.\n\n\
                B. Hand therapy, 12 visits: Modified, 6 visits certified\n\nGuideline: ODG (2018), Hand Chapter, Therapy.\n\n\
                Six visits are a trial.\n\nPEER-TO-PEER CONTACT\n\nThe surgeon was called.\n\n\
                INDEPENDENT MEDICAL REVIEW\n\nYou may ask for one.\n";
    let (profile, blocks) = blocks_of(text);
    assert_eq!(profile, Some("ur"), "{blocks:#?}");
    assert_eq!(
        items_of(text),
        [
            (Some("Thumb brace".to_owned()), Some(Decision::Overturned), None),
            (Some("Hand therapy, 12 visits".to_owned()), Some(Decision::Partial), None),
        ]
    );
    let letter = &parse(&Document::new(text))[0];
    assert_eq!(letter.sex().map(|stated| stated.value), Some(crate::letter::facts::Sex::Male));
    let role = |words: &str| {
        let block = letter.blocks.iter().find(|block| block.content.text().contains(words));
        block.map(|block| (block.role.name(), block.item))
    };
    assert_eq!(role("The joint is loose"), Some(("rationale", Some(0))), "reasons need no label");
    assert_eq!(role("Six visits are a trial"), Some(("rationale", Some(1))));
    assert_eq!(role("You may ask"), Some(("boilerplate", None)), "the rights end the last reasons");
    assert_eq!(role("Notes of 2018"), Some(("documents", None)), "a heading is told by its words");
    assert_eq!(role("He has pain"), Some(("summary", None)), "a letter before a heading");
    assert_eq!(role("Hand surgeon"), Some(("header", None)), "a label of the header is no section");
}

#[test]
fn a_ticked_box_decides() {
    let text = "NOTICE OF INDEPENDENT REVIEW DECISION\n\nIRO CASE NUMBER: 4711\n\nDESCRIPTION OF THE SERVICE OR SERVICES IN DISPUTE:\n\
                Thumb brace\n\nREVIEW OUTCOME:\n[X] Overturned (Disagree)\n[ ] Upheld (Agree)\n[ ] Partially Overturned\n\n\
                PATIENT CLINICAL HISTORY [SUMMARY]:\nHis thumb hurts.\n\n\
                ANALYSIS AND EXPLANATION OF THE DECISION:\nThe joint is loose.\n";
    assert_eq!(items_of(text), [(Some("Thumb brace".to_owned()), Some(Decision::Overturned), None)]);
}

#[test]
fn labels_within_a_free_form_begin_no_other_letter() {
    let text = "NOTICE OF EXTERNAL REVIEW\n\nService under review: thumb brace\nReason for denial: not necessary\n\nBACKGROUND\n\n\
                Date appeal filed: 09/12/2022\nDate assigned: 09/19/2022\nDate of decision: 10/21/2022\n\nHISTORY\n\nHis thumb hurts.\n\n\
                RATIONALE\n\nThe joint is loose.\n";
    assert_eq!(parse(&Document::new(text)).len(), 1);
    assert_eq!(items_of(text), [(Some("thumb brace".to_owned()), None, None)]);
}

#[test]
fn a_request_among_the_labels_of_a_header() {
    let text = "NOTICE OF EXTERNAL REVIEW\n\nReference Number: 4711\nService in Dispute: thumb brace\n\
                Date of Final Adverse Determination: 06/24/2024\nDate sent to the file room: 07/01/2024\n\
                Date Assigned: 08/19/2024\nDate of Determination: 09/12/2024\nDetermination: OVERTURNED\n\n\
                A. THE REVIEWER\n\nA hand surgeon.\n\nB. CASE SUMMARY\n\nHis thumb hurts.\n\nC. RATIONALE\n\nThe joint is loose.\n";
    let letter = &parse(&Document::new(text))[0];
    assert_eq!(items_of(text), [(Some("thumb brace".to_owned()), Some(Decision::Overturned), None)]);
    let fields = [HeaderField::ReviewDate, HeaderField::DateAssigned, HeaderField::DecisionDate];
    let dates = fields.map(|field| letter.header_value(field));
    assert_eq!(
        dates,
        [Some("06/24/2024"), Some("08/19/2024"), Some("09/12/2024")],
        "the part with most labels"
    );
}

#[test]
fn findings_are_known_by_their_own_heading() {
    let text = "Reference ID: MN24-00000\nDetermination: Overturned Decision of Health Plan\nType: Medical Necessity\n\
                Patient Gender: Male\n\nNature of Statutory Criteria/Case Summary: A patient has requested coverage for a thumb brace.\n\n\
                Findings: The joint is loose.\n\nFinal Result: The Health Plan's denial should be upheld.\n";
    assert_eq!(blocks_of(text).0, Some("external-review"));
    assert_eq!(
        blocks_of(&text.replace("Nature of Statutory Criteria/", "")).0,
        None,
        "any report has the others"
    );
    assert_eq!(items_of(text), [(Some("a thumb brace".to_owned()), Some(Decision::Overturned), None)]);
    let letter = &parse(&Document::new(text))[0];
    assert_eq!(letter.sex().map(|stated| stated.value), Some(crate::letter::facts::Sex::Male));
    let decided = letter.blocks.iter().find(|block| block.content.text().contains("Overturned Decision"));
    assert!(
        decided.is_some_and(|block| !block.content.text().contains("Type")),
        "a decision ends before the next label"
    );
}

#[test]
fn answers_are_the_reasons_for_the_services_of_one_label() {
    let text = "NOTICE OF EXTERNAL REVIEW\n\nCase Number: 4711\nServices in Dispute: (1) Thumb brace; (2) Hand therapy, 12 visits\n\
                Decision: (1) Thumb brace: Overturned. (2) Hand therapy: Upheld.\n\nDear Ms. Doe:\n\nThis letter gives our decision.\n\n\
                HISTORY\n\nHer thumb hurts.\n\nQUESTIONS AND ANSWERS\n\n1. Is the thumb brace medically necessary?\n\n\
                Yes. The joint is loose. The thumb brace is medically necessary.\n\n\
                2. Is the hand therapy medically necessary?\n\nNo. It is too late. The hand therapy is not medically necessary.\n";
    let item = |request: &str, decision| (Some(request.to_owned()), Some(decision), None);
    assert_eq!(
        items_of(text),
        [item("Thumb brace", Decision::Overturned), item("Hand therapy, 12 visits", Decision::Upheld)]
    );
    let letter = &parse(&Document::new(text))[0];
    let role = |words: &str| {
        let block = letter.blocks.iter().find(|block| block.content.text().contains(words));
        block.map(|block| (block.role.name(), block.item))
    };
    assert_eq!(role("The joint is loose"), Some(("rationale", Some(0))));
    assert_eq!(role("It is too late"), Some(("rationale", Some(1))));
    assert_eq!(role("gives our decision"), Some(("prose", None)), "the decision ends with its paragraph");
}
