//! The engine with lints made for the purpose.

use super::*;
use crate::text::Document;

const HEAD: &str = "family = \"test\"\nlevel = \"error\"\nkind = \"block\"\n";
const DOC: &str = "\n[doc]\nwhat = \"w\"\nwhy = \"w\"\nsource = \"s\"\nlimits = \"l\"\n";

/// The text of a lint's file.
fn file(name: &str, rest: &str) -> Source {
    Source::Text(format!("name = \"{name}\"\n{HEAD}{rest}{DOC}").into())
}

fn pattern_lint(name: &str, fix: &str, more: &str, pattern: &str, replace: &str) -> Entry {
    let rest = format!(
        "fix = \"{fix}\"\ndefault = \"on\"\nmessage = \"“{{found}}”\"\n{more}\n[[frame]]\npattern = \"{pattern}\"\nreplace = [\"{replace}\"]\n"
    );
    Entry { source: file(name, &rest), built: None, check: Check::Patterns }
}

fn check(entries: &[Entry], text: &str) -> (Catalogue, Outcome) {
    let catalogue = Catalogue::load(entries).unwrap();
    let outcome = check_document(&catalogue, &Settings::defaults(&catalogue), &Document::new(text));
    (catalogue, outcome)
}

fn names(catalogue: &Catalogue, outcome: &Outcome) -> Vec<String> {
    outcome.findings.iter().map(|finding| catalogue.get(finding.lint).name.clone()).collect()
}

#[test]
fn a_lint_yields_to_another_on_the_same_text() {
    let loud = pattern_lint("loud", "none", "", "«red fox»", "");
    let polite = pattern_lint("polite", "none", "yields_to = [\"loud\"]", "«fox»", "");
    let (catalogue, outcome) = check(&[polite, loud], "A red fox and a grey fox.");
    assert_eq!(names(&catalogue, &outcome), ["loud", "polite"]);
    assert_eq!(outcome.findings[1].span, 21..24);
}

#[test]
fn the_longer_of_two_findings_of_one_lint_speaks() {
    let rest = "fix = \"none\"\ndefault = \"on\"\nmessage = \"m\"\n[[frame]]\npattern = \"«fox»\"\n[[frame]]\npattern = \"«red fox»\"\n[[frame]]\npattern = \"a «red fox»\"\n";
    let (_, outcome) =
        check(&[Entry { source: file("fox", rest), built: None, check: Check::Patterns }], "See a red fox.");
    assert_eq!((outcome.findings.len(), outcome.findings[0].span.clone()), (1, 6..13));
}

#[test]
fn a_fix_that_touches_a_fact_is_a_persons_to_apply() {
    let lint = pattern_lint("denial", "safe", "", "«now» necessary", "not");
    let (_, outcome) = check(&[lint], "It is now necessary.");
    assert_eq!(outcome.findings[0].fixes[0].applicability, Applicability::Manual);
}

#[test]
fn a_fix_that_brings_a_new_finding_is_a_persons_to_apply() {
    let first = pattern_lint("first", "unsafe", "", "«cat» food", "dog");
    let (_, alone) = check(std::slice::from_ref(&first), "The cat food.");
    assert_eq!(alone.findings[0].fixes[0].applicability, Applicability::Unsafe);
    let second = pattern_lint("second", "none", "", "«dog» food", "");
    let (_, both) = check(&[first, second], "The cat food.");
    assert_eq!(both.findings[0].fixes[0].applicability, Applicability::Manual);
}

#[test]
fn a_fix_over_a_wrap_is_not_offered() {
    let lint = pattern_lint("phrase", "unsafe", "", "«cat food»", "fish");
    let (_, outcome) = check(&[lint], "The animals of the house are fed with cat\nfood and water.");
    assert_eq!((outcome.findings.len(), outcome.findings[0].fixes.len()), (1, 0));
}

#[test]
fn a_replacement_has_the_case_of_what_it_replaces() {
    let lint = pattern_lint("pet", "unsafe", "", "«cat» food", "dog");
    for (text, expected) in
        [("Cat food.", "Dog food."), ("CAT food.", "DOG food."), ("cat food.", "dog food.")]
    {
        let catalogue = Catalogue::load(std::slice::from_ref(&lint)).unwrap();
        let fixed = apply_fixes(&catalogue, &Settings::defaults(&catalogue), text, Applicability::Unsafe);
        assert_eq!((fixed.text.as_str(), fixed.applied), (expected, 1));
    }
}

fn panics(_: &BlockContext<'_>, _: &mut Sink) {
    panic!("a fault of the lint");
}

fn capped(context: &BlockContext<'_>, sink: &mut Sink) {
    sink.push(Draft::new(context.place(0..1), "message").cap(Level::Info));
}

#[test]
fn a_panic_in_one_lint_leaves_the_others() {
    let rest = "fix = \"none\"\ndefault = \"on\"\nmessage = \"m\"\n";
    let broken = Entry { source: file("broken", rest), built: None, check: Check::Block(panics) };
    let fine = Entry { source: file("fine", rest), built: None, check: Check::Block(capped) };
    let (catalogue, outcome) = check(&[broken, fine], "Text.");
    assert_eq!(names(&catalogue, &outcome), ["fine"]);
    assert_eq!(outcome.crashed, [catalogue.find("broken").unwrap().0]);
}

#[test]
fn a_cap_lowers_the_level() {
    let rest = "fix = \"none\"\ndefault = \"on\"\nmessage = \"m\"\n";
    let (_, outcome) =
        check(&[Entry { source: file("capped", rest), built: None, check: Check::Block(capped) }], "Text.");
    assert_eq!(outcome.findings[0].level, Level::Info);
}

#[test]
fn a_lint_that_is_off_is_switched_on_by_its_own_name_only() {
    let rest = "fix = \"none\"\ndefault = \"off\"\nmessage = \"m\"\n";
    let catalogue =
        Catalogue::load(&[Entry { source: file("quiet", rest), built: None, check: Check::Block(capped) }])
            .unwrap();
    let (id, _) = catalogue.find("quiet").unwrap();
    let selected = |name: &str| {
        let mut settings = Settings::defaults(&catalogue);
        settings.select(&catalogue, &[name.to_owned()]).unwrap();
        settings.level(id)
    };
    assert_eq!(selected("test"), None);
    assert_eq!(selected("quiet"), Some(Level::Error));
}

#[test]
fn fingerprints_do_not_depend_on_the_place() {
    let lint = pattern_lint("pet", "none", "", "«cat» food", "");
    let (_, here) = check(std::slice::from_ref(&lint), "The cat food is here.");
    let (_, there) =
        check(std::slice::from_ref(&lint), "Much text before.  The cat\nfood is here. And after.");
    let (_, other) = check(&[lint], "The cat food is there.");
    assert_eq!(here.findings[0].fingerprint, there.findings[0].fingerprint);
    assert_ne!(here.findings[0].fingerprint, other.findings[0].fingerprint);
}

#[test]
fn faults_of_a_lints_file_are_named() {
    let load = |source: Source, check: Check| {
        Catalogue::load(&[Entry { source, built: None, check }]).unwrap_err().to_string()
    };
    let rest = "fix = \"none\"\ndefault = \"on\"\nmessage = \"m\"\n";
    assert!(load(file("bare", rest), Check::Patterns).contains("neither code nor patterns"));
    assert!(
        load(
            file("role", "fix = \"none\"\ndefault = \"on\"\nmessage = \"m\"\nroles = [\"sumary\"]\n"),
            Check::Block(capped)
        )
        .contains("no role is called “sumary”")
    );
    assert!(
        load(Source::Text("name = \"x\"\ncolour = 1\n".into()), Check::Patterns)
            .starts_with("line 2: unknown field `colour`")
    );
}

#[test]
fn examples_that_do_not_hold_are_told() {
    let source = format!(
        "name = \"pet\"\n{HEAD}fix = \"unsafe\"\ndefault = \"on\"\nmessage = \"m\"\n[[frame]]\npattern = \"«cat» food\"\nreplace = [\"dog\"]\n{DOC}\
         [[bad]]\ntext = \"The «cat» food.\"\nfixed = \"The cow food.\"\n[[bad]]\ntext = \"The «cow» food.\"\n[[good]]\ntext = \"A cat food.\"\nbecause = \"b\"\n"
    );
    let catalogue = Catalogue::load(&[Entry {
        source: Source::Text(source.into()),
        built: None,
        check: Check::Patterns,
    }])
    .unwrap();
    let failures = check_examples(&catalogue, catalogue.find("pet").unwrap().0);
    let reasons: Vec<&str> = failures.iter().map(|failure| failure.reason.as_str()).collect();
    assert_eq!(
        reasons,
        ["fixed it reads “The dog food.”", "it flags nothing", "it flags “cat” (good because: b)"]
    );
}

#[test]
fn the_same_slip_in_two_paragraphs_is_two_findings() {
    let lint = pattern_lint("pet", "none", "", "«cat»", "");
    let (_, outcome) = check(&[lint], "A cat.\n\nA cat.");
    assert_eq!(outcome.findings.len(), 2);
}

#[test]
fn accepted_findings_and_words_are_left_out() {
    let lint = pattern_lint("pet", "none", "", "«cat» food", "");
    let catalogue = Catalogue::load(&[lint]).unwrap();
    let check = |settings: &Settings| {
        check_document(&catalogue, settings, &Document::new("The cat food.\n\nThe cat food.\n\nA cat food."))
    };
    let mut settings = Settings::defaults(&catalogue);
    let all = check(&settings).findings;
    assert_eq!(all.len(), 3);
    assert_eq!(all[0].fingerprint, all[1].fingerprint);
    settings.accepted.insert(all[0].fingerprint.clone(), 1);
    let outcome = check(&settings);
    assert_eq!(outcome.findings, all[1..], "the same slip twice is two");
    assert_eq!(outcome.accepted, settings.accepted);
    settings.words.insert("cat".to_owned());
    assert_eq!(check(&settings).findings.len(), 2, "words are the spelling lints' affair");
}
