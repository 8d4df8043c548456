//! Configuration from outside: `detlint.toml`, the baseline, a house's own lints.

use std::fs;
use std::path::Path;

use detlint::config::{ConfigFile, Resolver, TEMPLATE};
use serde_json::Value;
use tempfile::TempDir;

#[path = "support/command.rs"]
mod command;

use command::{detlint, folder, status, stderr, stdout};

/// One finding each of patient, punctuation and spelling.
const SLIPS: &str = "CLINICAL CASE SUMMARY\n\nThe patient is a 42-year-old female \
                     who was hurt on 03/04/2014 when she fell. The diagnosis is a lumbar strain. Treatment has included ibuprofen, with pain in her slower back.\n\n\
                     His lumbar flexion is limited..\n\nIMR ISSUES, DECISIONS AND RATIONALES\n";

fn lints_of(output: &std::process::Output) -> Vec<String> {
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings =
        report["files"].as_array().unwrap().iter().flat_map(|file| file["findings"].as_array().unwrap());
    findings.map(|finding| finding["lint"].as_str().unwrap().to_owned()).collect()
}

fn check(folder: &Path, path: &str) -> Vec<String> {
    lints_of(&detlint(folder, &["--check", path, "--output-format", "json"]))
}

fn with_config(config: &str) -> TempDir {
    folder(&[("detlint.toml", config.as_bytes()), ("letters/a.txt", SLIPS.as_bytes())])
}

#[test]
fn where_nothing_applies_a_letters_own_folder_counts_whichever_was_looked_at_before() {
    let root = folder(&[("a.txt", SLIPS.as_bytes()), ("inner/b.txt", SLIPS.as_bytes())]);
    let (outer, inner) = (root.path().to_owned(), root.path().join("inner"));
    let resolver = Resolver::default();
    for _ in 0..2 {
        assert_eq!(resolver.of(&outer.join("a.txt")).unwrap().folder, outer);
        assert_eq!(resolver.of(&inner.join("b.txt")).unwrap().folder, inner);
    }
}

#[test]
fn the_nearest_configuration_above_a_letter_applies() {
    let root = with_config("[lints]\npunctuation = \"off\"\n");
    assert_eq!(check(root.path(), "letters"), ["confused-word", "gender-mismatch"]);
    fs::write(root.path().join("letters/detlint.toml"), "[lints]\npatient = \"off\"\n").unwrap();
    assert_eq!(check(root.path(), "letters"), ["confused-word", "double-period"]);
    assert_eq!(check(root.path(), "letters/a.txt"), ["confused-word", "double-period"]);
}

#[test]
fn a_configuration_above_a_repository_is_somebody_elses() {
    let root = folder(&[
        ("detlint.toml", b"[lints]\npatient = \"off\"\n"),
        ("repo/.git/HEAD", b""),
        ("repo/a.txt", SLIPS.as_bytes()),
    ]);
    assert_eq!(check(root.path(), "repo"), ["confused-word", "gender-mismatch", "double-period"]);
}

#[test]
fn what_extends_wins_over_what_it_extends() {
    let root = with_config("extend = \"house/base.toml\"\n[lints]\npatient = \"warning\"\n");
    fs::create_dir(root.path().join("house")).unwrap();
    fs::write(
        root.path().join("house/base.toml"),
        "words-files = [\"words.txt\"]\n[lints]\npatient = \"off\"\npunctuation = \"off\"\n",
    )
    .unwrap();
    fs::write(root.path().join("house/words.txt"), "# ours\r\nSlower\r\n").unwrap();
    assert_eq!(check(root.path(), "letters"), ["gender-mismatch"]);
}

#[test]
fn a_lints_own_name_wins_over_its_familys() {
    let root =
        with_config("[lints]\npunctuation = \"off\"\ndouble-period = \"error\"\nspelling = \"info\"\n");
    let output = detlint(root.path(), &["--check", "letters", "--output-format", "concise"]);
    assert!(stdout(&output).contains("error[double-period]"), "{}", stdout(&output));
    assert!(stdout(&output).contains("info[confused-word]"));
}

#[test]
fn overrides_are_for_the_files_that_they_name() {
    let root = with_config("[[overrides]]\nfiles = [\"archive/**\"]\nlints = { patient = \"off\" }\n");
    fs::create_dir(root.path().join("archive")).unwrap();
    fs::write(root.path().join("archive/b.txt"), SLIPS).unwrap();
    assert_eq!(check(root.path(), "archive"), ["confused-word", "double-period"]);
    assert_eq!(check(root.path(), "letters").len(), 3);
}

#[test]
fn include_and_exclude_choose_among_the_files_of_a_folder() {
    let root = with_config("include = [\"**/*.imr\", \"letters/*.txt\"]\nexclude = [\"letters/old*\"]\n");
    fs::write(root.path().join("letters/old.txt"), SLIPS).unwrap();
    fs::write(root.path().join("b.imr"), SLIPS).unwrap();
    fs::write(root.path().join("c.txt"), SLIPS).unwrap();
    let output = detlint(root.path(), &["--check", ".", "--output-format", "concise"]);
    assert!(stdout(&output).contains("2 letters"), "{}", stdout(&output));
    assert_eq!(check(root.path(), "c.txt").len(), 3, "a file that is named is checked");
}

#[test]
fn the_command_line_wins_over_the_configuration() {
    let root = with_config("[lints]\npatient = \"off\"\n");
    fs::write(root.path().join("other.toml"), "[lints]\nspelling = \"off\"\n").unwrap();
    let of = |args: &[&str]| {
        lints_of(&detlint(root.path(), &[&["--check", "letters", "--output-format", "json"], args].concat()))
    };
    assert_eq!(of(&["--ignore", "spelling"]), ["double-period"]);
    assert_eq!(of(&["--config", "other.toml"]), ["gender-mismatch", "double-period"]);
}

#[test]
fn a_configured_encoding_is_read_and_written_back() {
    let root = with_config("encoding = \"windows-1252\"\n");
    let letter = b"CLINICAL CASE SUMMARY\n\nFlexion is 90\xb0..\n\nIMR ISSUES, DECISIONS AND RATIONALES\n";
    fs::write(root.path().join("letters/a.txt"), letter).unwrap();
    assert_eq!(status(&detlint(root.path(), &["--check", "letters", "--fix"])), 0);
    let fixed = fs::read(root.path().join("letters/a.txt")).unwrap();
    assert!(fixed.windows(3).any(|bytes| bytes == b"0\xb0."));
    assert_eq!(fixed.len(), letter.len() - 1);
}

#[test]
fn a_configuration_that_cannot_be_used_says_file_line_and_remedy() {
    for (config, complaint) in [
        ("[lint]\n", "detlint.toml:1:2: no key is called “lint”; did you mean “lints”?"),
        (
            "[lints]\n\ndouble-perod = \"off\"\n",
            "detlint.toml:3:1: no lint or family is called “double-perod”; did you mean “double-period”?",
        ),
        ("[lints]\npatient = \"of\"\n", "detlint.toml:2:11: no value is called “of”; did you mean “off”?"),
        ("exclude = [\"a[\"]\n", "detlint.toml:1:12: not a glob"),
        ("encoding = \"klingon\"\n", "detlint.toml:1:12: no encoding is called “klingon”"),
        ("extend = \"detlint.toml\"\n", "detlint.toml:1:10: this configuration builds on itself"),
        ("extend = \"none.toml\"\n", "detlint.toml:1:10: there is no file"),
        ("words-files = [\"none.txt\"]\n", "detlint.toml:1:16: "),
        ("house-lints = [\"none\"]\n", "detlint.toml:1:16: there is no folder"),
    ] {
        let root = with_config(config);
        let output = detlint(root.path(), &["--check", "letters"]);
        assert_eq!(status(&output), 2, "{config}");
        assert!(stderr(&output).contains(complaint), "{config}: {}", stderr(&output));
    }
}

#[test]
fn a_broken_configuration_leaves_the_letters_of_others_checked() {
    let root = with_config("[lint]\n");
    fs::create_dir(root.path().join("letters/fine")).unwrap();
    fs::write(root.path().join("letters/fine/detlint.toml"), "").unwrap();
    fs::write(root.path().join("letters/fine/b.txt"), SLIPS).unwrap();
    fs::write(root.path().join("letters/c.txt"), SLIPS).unwrap();
    let output = detlint(root.path(), &["--check", "letters", "--output-format", "concise"]);
    assert_eq!(status(&output), 2);
    assert!(stdout(&output).contains("b.txt:5:1: error[gender-mismatch]"), "{}", stdout(&output));
    assert!(!stdout(&output).contains("a.txt"), "nothing is checked by defaults that nobody chose");
    assert_eq!(stderr(&output).matches("no key is called").count(), 1, "each fault is told once");
}

#[test]
fn a_baseline_accepts_what_was_there_and_no_more() {
    let root = with_config("");
    let output = detlint(root.path(), &["--check", "letters", "--write-baseline"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let baseline = fs::read_to_string(root.path().join("detlint-baseline.json")).unwrap();
    assert!(baseline.contains("\"letters/a.txt\""));
    for readable in ["His", "slower", "gender", "female"] {
        assert!(!baseline.contains(readable), "nothing of the letter is readable");
    }
    assert_eq!(status(&detlint(root.path(), &["--check", "letters"])), 0);
    assert_eq!(status(&detlint(root.path(), &["--check", "letters", "--fix"])), 0);
    let letter = root.path().join("letters/a.txt");
    assert_eq!(fs::read_to_string(&letter).unwrap(), SLIPS, "what is accepted is not fixed");

    let more = SLIPS.replace("\n\nIMR", "\n\nHis lumbar flexion is limited..\n\nIMR");
    fs::write(&letter, &more).unwrap();
    assert_eq!(
        check(root.path(), "letters"),
        ["gender-mismatch", "double-period"],
        "the same slip twice is two"
    );

    fs::write(&letter, SLIPS.replace("slower", "lower")).unwrap();
    let output = detlint(root.path(), &["--check", "letters"]);
    assert_eq!(status(&output), 0);
    assert!(stderr(&output).contains("accepted findings that are gone: 1"), "{}", stderr(&output));
    detlint(root.path(), &["--check", "letters", "--write-baseline"]);
    assert_eq!(stderr(&detlint(root.path(), &["--check", "letters"])), "");
    fs::remove_file(&letter).unwrap();
    fs::write(root.path().join("letters/b.txt"), SLIPS).unwrap();
    detlint(root.path(), &["--check", "letters", "--write-baseline"]);
    let pruned = fs::read_to_string(root.path().join("detlint-baseline.json")).unwrap();
    assert!(!pruned.contains("a.txt") && pruned.contains("b.txt"));
}

#[test]
fn a_baseline_that_cannot_be_read_is_no_reason_to_pass() {
    let root = with_config("");
    fs::write(root.path().join("detlint-baseline.json"), "{").unwrap();
    let output = detlint(root.path(), &["--check", "letters"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("detlint-baseline.json:1:"), "{}", stderr(&output));
}

const HOUSE_LINT: &str = r#"name = "claimant"
family = "house"
level = "info"
fix = "unsafe"
kind = "block"
default = "on"
roles = ["summary"]
message = "our letters say “{wanted}”"

[[frame]]
pattern = "the «claimant»"
replace = ["injured worker"]

[doc]
what = "“Claimant” where our letters say “injured worker”."
why = "One word for one thing."
source = "House rule."
limits = "Looks at the summary only."

[[bad]]
text = "Pain troubles the «claimant»."
fixed = "Pain troubles the injured worker."
[[good]]
text = "A claimant is named."
because = "another article"
"#;

#[test]
fn a_house_has_lints_of_its_own() {
    let root = with_config("house-lints = [\"house\"]\n[lints]\nhouse = \"warning\"\n");
    fs::create_dir(root.path().join("house")).unwrap();
    let file = root.path().join("house/claimant.toml");
    fs::write(&file, HOUSE_LINT.replace('\n', "\r\n")).unwrap();
    fs::write(
        root.path().join("letters/a.txt"),
        "CLINICAL CASE SUMMARY\n\nPain troubles the claimant.\n\nIMR ISSUES, DECISIONS AND RATIONALES\n",
    )
    .unwrap();
    let output = detlint(root.path(), &["--check", "letters", "--output-format", "concise"]);
    assert!(
        stdout(&output).contains("warning[claimant] our letters say “injured worker”"),
        "{}{}",
        stdout(&output),
        stderr(&output)
    );
    assert_eq!(status(&detlint(root.path(), &["test-lints"])), 0);

    fs::write(&file, HOUSE_LINT.replace("Pain troubles the injured", "Pain bothers the injured")).unwrap();
    let output = detlint(root.path(), &["test-lints", "house"]);
    assert_eq!(status(&output), 1);
    assert!(
        stdout(&output).contains("fixed it reads “Pain troubles the injured worker.”"),
        "{}",
        stdout(&output)
    );

    fs::write(&file, HOUSE_LINT.replace("family = \"house\"", "familie = \"house\"")).unwrap();
    for args in [&["test-lints"][..], &["--check", "letters"]] {
        let output = detlint(root.path(), args);
        assert_eq!(status(&output), 2);
        assert!(stderr(&output).contains("claimant.toml:2:"), "{}", stderr(&output));
    }
    fs::write(&file, HOUSE_LINT.replace("«claimant»\"", "claimant\"")).unwrap();
    assert!(stderr(&detlint(root.path(), &["test-lints"])).contains("put «…» around what is wrong"));
    fs::write(&file, HOUSE_LINT.replace("\"claimant\"", "\"double-period\"")).unwrap();
    assert!(stderr(&detlint(root.path(), &["test-lints"])).contains("two lints called “double-period”"));
}

/// A letter of a form that the product does not know.
const HOUSE_LETTER: &str = "Clinical summary\n\nThe patient is a 42-year-old female with neck pain.\n\n\
    Determination\n\nMRI of the cervical spine: Denied\n\nCriteria used:\n\n\
    Reasons: His neck was stable and no surgery is planned. The request is not medically necessary.\n";
const HOUSE_PROFILE: &str = r#"
[profiles.house]
decisions = { upheld = ["Denied"], overturned = ["Approved"], partial = ["Modified"] }
[[profiles.house.section]]
section = "summary"
headings = ["Clinical summary"]
[[profiles.house.section]]
section = "issues"
headings = ["Determination"]
[[profiles.house.field]]
field = "reviewer-guideline"
labels = ["Criteria used:"]
[[profiles.house.field]]
field = "rationale"
labels = ["Reasons:"]
"#;

#[test]
fn a_house_has_letters_of_its_own_form() {
    let root = folder(&[("letters/a.txt", HOUSE_LETTER.as_bytes())]);
    let output = detlint(root.path(), &["--check", "letters"]);
    assert_eq!(status(&output), 2, "no letter is known without the profile: {}", stdout(&output));
    fs::write(root.path().join("detlint.toml"), HOUSE_PROFILE).unwrap();
    let found = check(root.path(), "letters");
    assert!(found.contains(&"missing-citation".to_owned()), "{found:?}");
    assert!(found.contains(&"gender-mismatch".to_owned()), "{found:?}");
    let outline = detlint(root.path(), &["outline", "letters/a.txt", "--format", "json"]);
    let letters: Value = serde_json::from_slice(&outline.stdout).unwrap();
    assert_eq!(letters[0]["profile"], "house", "{letters}");
    assert_eq!(letters[0]["items"][0]["decision"]["value"], "upheld", "{letters}");
}

#[test]
fn a_profile_that_cannot_be_used_says_file_line_and_remedy() {
    for (config, expected) in [
        (
            "profile = \"ca-imr-2106\"\n",
            "detlint.toml:1:11: no profile is called “ca-imr-2106”; did you mean “ca-imr-2016”?",
        ),
        (
            "[profiles.house]\ntitles = [\"X\"]\n",
            "detlint.toml:1:11: the profile “house” cannot be used: it has no decision words",
        ),
        ("[profiles.house]\nextends = \"mine\"\n", "there is no profile “mine” to extend"),
        ("[profiles.ur]\nextends = \"ca-imr-2014\"\n", "there is a profile of this name already"),
        ("scope = \"part\"\n", "no value is called “part”"),
    ] {
        let output = detlint(with_config(config).path(), &["--check", "letters"]);
        assert_eq!(status(&output), 2, "{config}");
        assert!(stderr(&output).contains(expected), "{config}: {}", stderr(&output));
    }
}

#[test]
fn config_shows_what_applies_and_from_where() {
    let root = with_config("words = [\"Kinesio\"]\n[lints]\npunctuation = \"info\"\n");
    let output = detlint(root.path(), &["config", "letters/a.txt"]);
    assert_eq!(status(&output), 0);
    let shown = stdout(&output);
    let line =
        |name: &str| shown.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{shown}"));
    assert!(line("double-period").contains("info") && line("double-period").ends_with("detlint.toml:3"));
    assert!(line("gender-mismatch").ends_with("default"));
    assert!(line("configuration").ends_with("detlint.toml"));
}

#[test]
fn init_writes_a_commented_file_and_overwrites_none() {
    let root = folder(&[]);
    assert_eq!(status(&detlint(root.path(), &["init"])), 0);
    assert_eq!(fs::read_to_string(root.path().join("detlint.toml")).unwrap(), TEMPLATE);
    let output = detlint(root.path(), &["init"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("there already"));
}

/// Every setting that the template shows is one, and fits the schema.
#[test]
fn the_template_and_the_schema_agree() {
    let schema: Value = serde_json::from_str(&ConfigFile::schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let settings: String = TEMPLATE
        .lines()
        .map(|line| {
            line.strip_prefix("# ")
                .filter(|line| line.contains(" = ") || line.starts_with("["))
                .unwrap_or(line)
        })
        .filter(|line| !line.starts_with('#'))
        .map(|line| format!("{line}\n"))
        .collect();
    let value: toml::Value = toml::from_str(&settings).unwrap_or_else(|error| panic!("{error}\n{settings}"));
    let value = serde_json::to_value(value).unwrap();
    assert!(validator.is_valid(&value), "{:?}", validator.iter_errors(&value).collect::<Vec<_>>());
    let known: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    let shown: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(known, shown, "the template shows every setting");
    assert!(!validator.is_valid(&serde_json::json!({"wrods": []})));
    assert!(!validator.is_valid(&serde_json::json!({"lints": {"patient": "of"}})));
}

/// `UPDATE=1 cargo test --test config` rewrites it.
#[test]
fn the_schema_is_shipped() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/config/detlint.schema.json");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, ConfigFile::schema()).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), ConfigFile::schema());
}
