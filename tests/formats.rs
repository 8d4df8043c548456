//! The output formats: each is read as its consumer reads it, and shows the letter's text only where it may.

use std::collections::HashSet;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

#[path = "support/command.rs"]
mod command;

use command::{detlint, folder, status, stdout};

/// Two slips in one sentence; characters of more than one byte before them; a second letter with one of them again.
const SLIPS: &str = "CLINICAL CASE SUMMARY\n\nThe patient is a 42-year-old female.\n\n\
                     At 90° his flexion is mild.. and his knee < okapi & gnu.\n\n\
                     IMR ISSUES, DECISIONS AND RATIONALES\n";
const PLAIN: &str = "The pain is mild..\n";

fn letters() -> TempDir {
    folder(&[
        ("letters/a, b: 100%.txt", SLIPS.as_bytes()),
        ("letters/plain.txt", PLAIN.as_bytes()),
        ("letters/fine.txt", b"The pain is mild.\n"),
        ("letters/latin.txt", b"fine\n90\xb0\n"),
    ])
}

const PATHS: [&str; 4] =
    ["./letters/a, b: 100%.txt", "letters/plain.txt", "letters/fine.txt", "letters/latin.txt"];
const LINTS: &str = "gender-mismatch,double-period";

fn report(folder: &Path, format: &str, more: &[&str]) -> String {
    let args = [&["--check"], &PATHS[..], &["--select", LINTS, "--output-format", format], more].concat();
    let output = detlint(folder, &args);
    assert_eq!(status(&output), 2, "one letter cannot be read");
    stdout(&output)
}

fn json_report(folder: &Path, format: &str, more: &[&str]) -> Value {
    serde_json::from_str(&report(folder, format, more)).unwrap()
}

/// What a schema says against a report; reports of the repository's own letters hold every kind of finding.
fn keeps_schema(format: &str, schema: &Value) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let check = |report: &Value| {
        let errors: Vec<String> = validator.iter_errors(report).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    };
    let letters = letters();
    check(&json_report(letters.path(), format, &[]));
    check(&json_report(letters.path(), format, &["--source"]));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let args = ["--check", "tests/letters", "--output-format", format, "--show-hints", "--source"];
    check(&serde_json::from_slice(&detlint(root, &args).stdout).unwrap());
    assert!(!validator.is_valid(&json!({ "anything": 1 })), "the schema refuses something");
}

#[test]
fn sarif_keeps_the_standards_schema() {
    // A pattern for languages has a stray bracket, which not every dialect of regular expressions takes.
    let schema = include_str!("schemas/sarif-2.1.0.json").replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    keeps_schema("sarif", &schema);
}

#[test]
fn gitlab_keeps_its_schema() {
    keeps_schema("gitlab", &serde_json::from_str(include_str!("schemas/gitlab.json")).unwrap());
}

#[test]
fn rdjson_keeps_its_schema() {
    keeps_schema("rdjson", &serde_json::from_str(include_str!("schemas/rdjson.json")).unwrap());
}

#[test]
fn sarif_names_lints_places_and_what_could_not_be_read() {
    let letters = letters();
    let report = json_report(letters.path(), "sarif", &[]);
    let run = &report["runs"][0];
    let results = run["results"].as_array().unwrap();
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!((results.len(), rules.len()), (4, 2));
    for result in results {
        let place = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[place]["id"], result["ruleId"]);
        assert!(rules[place]["help"]["text"].as_str().unwrap().len() > 40);
    }
    let first = &results[0];
    assert_eq!(first["level"], "error");
    let place = &first["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "letters/a%2C%20b%3A%20100%25.txt");
    assert_eq!(place["region"], json!({ "startLine": 5, "startColumn": 8, "endLine": 5, "endColumn": 11 }));
    assert_eq!(first["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 3);
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"].as_array().unwrap().len(), 1);

    let shown = json_report(letters.path(), "sarif", &["--source"]);
    let first = &shown["runs"][0]["results"][0];
    assert_eq!(first["locations"][0]["physicalLocation"]["region"]["snippet"]["text"], "his");
    let replacement = &first["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "her");
}

#[test]
fn gitlab_tells_the_same_slip_in_two_places_apart() {
    let letters = letters();
    let report = json_report(letters.path(), "gitlab", &[]);
    let issues = report.as_array().unwrap();
    let fingerprints: HashSet<&str> =
        issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!((issues.len(), fingerprints.len()), (5, 5));
    assert_eq!(issues[0]["location"]["path"], "letters/a, b: 100%.txt");
    assert_eq!(issues[4]["severity"], "blocker");
    assert_eq!(report, json_report(letters.path(), "gitlab", &[]), "they stay from run to run");
}

#[test]
fn rdjson_counts_bytes_and_suggests_where_text_is_shown() {
    let letters = letters();
    let report = json_report(letters.path(), "rdjson", &["--source"]);
    let first = &report["diagnostics"][0];
    let his = json!({ "start": { "line": 5, "column": 9 }, "end": { "line": 5, "column": 12 } });
    assert_eq!(first["location"]["range"], his);
    assert_eq!(first["suggestions"], json!([{ "range": his, "text": "her" }]));
    let report = json_report(letters.path(), "rdjson", &[]);
    assert_eq!(report["diagnostics"].as_array().unwrap().len(), 5);
    assert!(report["diagnostics"][0].get("suggestions").is_none());
}

/// A workflow command.
struct WorkflowCommand {
    name: String,
    properties: Vec<(String, String)>,
    message: String,
}

/// A line of the log as GitHub's runner reads it.
fn workflow_command(line: &str) -> Option<WorkflowCommand> {
    let unescaped = |text: &str| {
        let text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",");
        text.replace("%25", "%")
    };
    let (head, message) = line.strip_prefix("::")?.split_once("::")?;
    let (name, properties) = head.split_once(' ')?;
    let properties = properties
        .split(',')
        .map(|property| property.split_once('=').map(|(key, value)| (key.to_owned(), unescaped(value))))
        .collect::<Option<Vec<_>>>()?;
    Some(WorkflowCommand { name: name.to_owned(), properties, message: unescaped(message) })
}

#[test]
fn github_writes_workflow_commands() {
    let letters = letters();
    let report = report(letters.path(), "github", &[]);
    let mut lines: Vec<&str> = report.lines().collect();
    assert!(lines.pop().unwrap().starts_with("3 letters: 2 errors, 2 warnings"), "{report}");
    let commands: Vec<_> = lines.iter().map(|line| workflow_command(line).unwrap()).collect();
    let names: Vec<&str> = commands.iter().map(|command| command.name.as_str()).collect();
    assert_eq!(names, ["error", "warning", "error", "warning", "error"]);
    let WorkflowCommand { properties, message, .. } = &commands[0];
    let expected = [
        ("file", "letters/a, b: 100%.txt"),
        ("line", "5"),
        ("endLine", "5"),
        ("col", "8"),
        ("endColumn", "11"),
        ("title", "detlint: gender-mismatch"),
    ];
    assert_eq!(properties, &expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    assert_eq!(message, "“…” for a female patient; line 3: the patient is female");
}

#[test]
fn junit_counts_what_it_holds() {
    let letters = letters();
    for more in [&[][..], &["--source"], &["--fail-on", "error"]] {
        let report = report(letters.path(), "junit", more);
        let document = roxmltree::Document::parse(&report).unwrap();
        let root = document.root_element();
        assert_eq!(root.tag_name().name(), "testsuites");
        let suites: Vec<_> = root.children().filter(roxmltree::Node::is_element).collect();
        assert_eq!(suites.len(), 4, "a suite a letter");
        let (mut all_failures, mut all_errors) = (0, 0);
        for suite in suites {
            assert_eq!(suite.tag_name().name(), "testsuite");
            let count = |name: &str| suite.descendants().filter(|node| node.has_tag_name(name)).count();
            let told = |name: &str| suite.attribute(name).unwrap().parse::<usize>().unwrap();
            assert_eq!(told("tests"), count("testcase"));
            assert_eq!(told("failures"), count("failure"));
            assert_eq!(told("errors"), count("error"));
            assert!(told("tests") > 0);
            assert!(suite.children().filter(roxmltree::Node::is_element).all(|test| {
                test.has_tag_name("testcase")
                    && test.attribute("name").is_some()
                    && test.attribute("classname") == suite.attribute("name")
            }));
            all_failures += told("failures");
            all_errors += told("errors");
        }
        let failures = if more.contains(&"error") { 2 } else { 4 };
        assert_eq!((all_failures, all_errors), (failures, 1), "warnings pass where only errors fail");
    }
}

#[test]
fn jsonl_is_a_finding_of_json_a_line() {
    let schema: Value = serde_json::from_str(include_str!("../src/check/report/json.schema.json")).unwrap();
    let finding = json!({ "$ref": "#/$defs/finding", "$defs": schema["$defs"] });
    let validator = jsonschema::validator_for(&finding).unwrap();
    let letters = letters();
    let report = report(letters.path(), "jsonl", &[]);
    let mut lines: Vec<Value> = report.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let unreadable = lines.pop().unwrap();
    assert_eq!(unreadable["path"], "letters/latin.txt");
    assert!(unreadable["error"].as_str().unwrap().contains("line 2"));
    assert_eq!(lines.len(), 4);
    for mut line in lines {
        assert!(line.as_object_mut().unwrap().remove("path").unwrap().is_string());
        let errors: Vec<String> = validator.iter_errors(&line).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
}

#[test]
fn grouped_names_each_letter_once() {
    let letters = letters();
    let report = report(letters.path(), "grouped", &[]);
    let first: Vec<&str> = report.lines().take(3).collect();
    let expected = [
        "./letters/a, b: 100%.txt",
        "   5:8  error    gender-mismatch  “his” for a female patient; line 3: the patient is female",
        "  5:27  warning  double-period    two stops where one belongs",
    ];
    assert_eq!(first, expected);
    assert!(report.contains("\n\nletters/plain.txt\n  1:17  warning  double-period  two stops"), "{report}");
    assert!(!report.contains("fine.txt"), "{report}");
}

#[test]
fn ci_formats_show_nothing_of_a_letter_unless_told_to() {
    let text = "CLINICAL CASE SUMMARY\n\nZebra is a 42-year-old female. Quagga and his knee okapi.. Then, per the slower back gnu.\n\n\
                IMR ISSUES, DECISIONS AND RATIONALES\n\nMAXIMUS guideline: See above.\n\nDecision rationale: ODG tapir.\n";
    let folder = folder(&[("a.txt", text.as_bytes())]);
    for format in ["sarif", "github", "gitlab", "junit", "rdjson"] {
        let shown = |more: &[&str]| {
            let args = [&["--check", "a.txt", "--show-hints", "--output-format", format], more].concat();
            stdout(&detlint(folder.path(), &args))
        };
        let masked = shown(&[]);
        // A rule's help holds its own examples; the results and the other formats hold none.
        let masked = masked.split("\"tool\"").next().unwrap();
        for word in ["Zebra", "Quagga", "okapi", "gnu", "tapir", "slower", "See above"] {
            assert!(!masked.contains(word), "{format} shows “{word}”: {masked}");
        }
        assert!(shown(&["--source"]).contains("“his” for a female"), "{format}");
        assert_eq!(shown(&["--source", "--no-source"]), shown(&[]), "the last one counts");
    }
}
