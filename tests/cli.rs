//! The command line from outside: exit status, what is written where, and what is left alone.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

#[path = "support/command.rs"]
mod command;

use command::{detlint, folder, status, stderr, stdout, with_input};

const SLIP: &str = "CLINICAL CASE SUMMARY \n\nThe patient is a 42-year-old female \
                    who hurt her back on 03/04/2014 when she fell. The diagnosis is a lumbar strain. Treatment has included ibuprofen. \n\nHis lumbar flexion is limited.. \n\n\
                    IMR ISSUES, DECISIONS AND RATIONALES\n";
const CLEAN: &str = "CLINICAL CASE SUMMARY\n\nThe patient is a 42-year-old female who hurt her back on 03/04/2014 when she fell. The diagnosis is a lumbar strain. Treatment has included ibuprofen. There is lumbar tenderness.\n\nIMR ISSUES, DECISIONS AND RATIONALES\n";

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn findings_exit_1_and_a_clean_letter_0() {
    let folder = folder(&[("bad.txt", SLIP.as_bytes()), ("good.txt", CLEAN.as_bytes())]);
    assert_eq!(status(&detlint(folder.path(), &["--check", "."])), 1);
    assert_eq!(status(&detlint(folder.path(), &["--check", "good.txt"])), 0);
    assert_eq!(status(&detlint(folder.path(), &["--check", ".", "--exit-zero"])), 0);
    assert_eq!(
        status(&detlint(folder.path(), &["--check", ".", "--select", "double-period", "--fail-on", "error"])),
        0
    );
    assert_eq!(
        status(&detlint(folder.path(), &["--check", ".", "--select", "punctuation", "--fail-on", "info"])),
        1
    );
    assert_eq!(status(&detlint(folder.path(), &["--check", ".", "--ignore", "patient,double-period"])), 0);
}

#[test]
fn without_arguments_it_prints_help_and_exits_2() {
    let folder = folder(&[]);
    let output = detlint(folder.path(), &[]);
    assert_eq!(status(&output), 2);
    assert!(stdout(&output).contains("--check"));
    assert_eq!(status(&detlint(folder.path(), &["--no-such-option"])), 2);
}

#[test]
fn options_and_paths_follow_check_in_any_order() {
    let folder = folder(&[
        ("bad.txt", SLIP.as_bytes()),
        ("good.txt", CLEAN.as_bytes()),
        ("lints/bad.txt", SLIP.as_bytes()),
        ("-bad.txt", SLIP.as_bytes()),
    ]);
    for args in [
        &["--check", "--fail-on", "info", "bad.txt"][..],
        &["--check", "good.txt", "--select", "double-period", "bad.txt"],
        &["--fail-on", "info", "--check", "bad.txt"],
        &["bad.txt", "--check"],
        // A path may be called like a command, or begin like an option.
        &["--check", "lints"],
        &["--check", "--", "-bad.txt"],
    ] {
        let output = detlint(folder.path(), args);
        assert_eq!(status(&output), 1, "{args:?}: {}", stderr(&output));
    }
    assert_eq!(status(&detlint(folder.path(), &["--check"])), 2);
    let output = detlint(folder.path(), &["bad.txt"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("detlint --check bad.txt"), "{}", stderr(&output));
}

#[test]
fn a_gate_does_not_pass_because_it_looked_in_the_wrong_place() {
    let folder = folder(&[
        ("empty/README.md", b"# Notes\n"),
        ("other/notes.txt", b"Buy milk.\n"),
        ("good.txt", CLEAN.as_bytes()),
    ]);
    for path in ["empty", "other", "missing.txt"] {
        let output = detlint(folder.path(), &["--check", path, "good.txt"]);
        assert_eq!(status(&output), 2, "{path}");
        assert!(stderr(&output).contains(path), "{path}: {}", stderr(&output));
        assert!(stdout(&output).contains("1 letter"), "the others are checked all the same");
    }
}

#[test]
fn what_cannot_be_read_is_said_with_line_and_remedy() {
    let folder = folder(&[
        ("bad.txt", SLIP.as_bytes()),
        ("latin.txt", b"fine\n90\xb0\n"),
        ("binary.txt", b"fine\nfine\n\0"),
        ("README.md", b"# Read me\n"),
    ]);
    let output = detlint(folder.path(), &["--check", ".", "--output-format", "json"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("latin.txt: line 2: not UTF-8"), "{}", stderr(&output));
    assert!(stderr(&output).contains("binary.txt: line 3: not text"), "{}", stderr(&output));
    let report = json(&output);
    assert_eq!(report["summary"]["unreadable"], 2);
    assert_eq!(report["summary"]["errors"], 1, "the readable letter is checked");
    assert!(
        report["files"]
            .as_array()
            .unwrap()
            .iter()
            .all(|file| !file["path"].as_str().unwrap().contains("README"))
    );
}

#[test]
fn a_file_that_is_named_is_checked_whatever_it_is() {
    let folder = folder(&[("notes.md", b"The pain is mild..\n"), ("empty.txt", b"")]);
    assert_eq!(status(&detlint(folder.path(), &["--check", "notes.md"])), 1);
    assert_eq!(status(&detlint(folder.path(), &["--check", "empty.txt"])), 0);
}

#[test]
fn an_unknown_lint_is_named_with_the_nearest() {
    let folder = folder(&[("good.txt", CLEAN.as_bytes())]);
    let output = detlint(folder.path(), &["--check", "good.txt", "--select", "gender-missmatch"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("did you mean “gender-mismatch”?"), "{}", stderr(&output));
    assert_eq!(status(&detlint(folder.path(), &["explain", "gender"])), 2);
}

#[test]
fn guidelines_are_searched_by_title_year_and_section() {
    let folder = folder(&[]);
    let shown = |query: &[&str]| detlint(folder.path(), &[&["guidelines"], query].concat());
    let output = shown(&["low", "back", "complaints"]);
    assert_eq!(status(&output), 0);
    for part in [
        "Low Back Complaints 2004",
        "chapter 12",
        "8 CCR 9792.23.5",
        "from 2007-06-15 to 2017-11-30",
        "287-326 (reported, not checked)",
        "read in the source",
    ] {
        assert!(stdout(&output).contains(part), "{part}: {}", stdout(&output));
    }
    let editions = stdout(&shown(&["low back disorders"]));
    assert!(
        editions.contains("from 2019-08-11 to 2021-11-22") && editions.contains("no end is known"),
        "{editions}"
    );
    let sections = stdout(&shown(&["chronic pain medical treatment guidelines 2009"]));
    assert!(
        sections.contains("Physical medicine, 98-99")
            && sections.lines().all(|line| line.chars().count() < 110)
    );
    assert!(
        stdout(&shown(&["weaning"])).contains("section of Chronic Pain Medical Treatment Guidelines 2009")
    );
    let all = stdout(&shown(&[]));
    assert!(all.contains("Knee & leg (acute & chronic)") && !all.contains("Weaning of medications"));
    let unknown = shown(&["zebra"]);
    assert_eq!(status(&unknown), 2);
    assert!(stdout(&unknown).is_empty() && stderr(&unknown).contains("zebra"), "{}", stderr(&unknown));
}

#[test]
fn a_page_shows_what_is_flagged_in_a_letter() {
    let folder = folder(&[]);
    let page = stdout(&detlint(folder.path(), &["explain", "incomplete-citation"]));
    assert!(page.contains("MAXIMUS guideline: Decision based on «MTUS Low Back Complaints 2004»."), "{page}");
    assert!(page.contains("8 CCR 9792.21.1(d)") && page.contains("not\nchecked"), "{page}");
    assert!(page.contains("  a page stands for the section"), "{page}");
}

#[test]
fn fix_changes_only_what_is_safe_and_twice_is_once() {
    let text = SLIP.replace('\n', "\r\n");
    let bytes = ["\u{feff}", &text].concat();
    let folder = folder(&[("bad.txt", bytes.as_bytes())]);
    let path = folder.path().join("bad.txt");
    let output = detlint(folder.path(), &["--check", "bad.txt", "--fix"]);
    assert_eq!(status(&output), 1, "what remains counts");
    assert!(stdout(&output).contains("1 fixed"), "{}", stdout(&output));
    let fixed = fs::read(&path).unwrap();
    assert_eq!(String::from_utf8(fixed.clone()).unwrap(), bytes.replace("..", "."));
    let written = fs::metadata(&path).unwrap().modified().unwrap();
    detlint(folder.path(), &["--check", "bad.txt", "--fix"]);
    assert_eq!(fs::read(&path).unwrap(), fixed);
    assert_eq!(
        fs::metadata(&path).unwrap().modified().unwrap(),
        written,
        "a file without fixes is not written"
    );
}

#[test]
fn unsafe_fixes_are_asked_for() {
    let folder = folder(&[("bad.txt", b"The patient has pain in the slower back.\n")]);
    detlint(folder.path(), &["--check", "bad.txt", "--fix"]);
    assert!(fs::read_to_string(folder.path().join("bad.txt")).unwrap().contains("slower"));
    let output = detlint(folder.path(), &["--check", "bad.txt", "--unsafe-fixes"]);
    assert_eq!(status(&output), 0, "{}", stdout(&output));
    assert!(fs::read_to_string(folder.path().join("bad.txt")).unwrap().contains("lower back"));
}

#[test]
fn diff_writes_nothing() {
    let folder = folder(&[("bad.txt", SLIP.as_bytes()), ("good.txt", CLEAN.as_bytes())]);
    let output = detlint(folder.path(), &["--check", ".", "--diff"]);
    assert_eq!(status(&output), 1);
    assert!(
        stdout(&output).contains("-His lumbar flexion is limited.. \n+His lumbar flexion is limited. \n"),
        "{}",
        stdout(&output)
    );
    assert!(!stdout(&output).contains("good.txt"));
    assert_eq!(fs::read_to_string(folder.path().join("bad.txt")).unwrap(), SLIP);
    let output = detlint(folder.path(), &["--check", "good.txt", "--diff"]);
    assert_eq!((status(&output), stdout(&output).as_str()), (0, ""));
}

#[test]
fn a_read_only_letter_is_left_alone() {
    let folder = folder(&[("bad.txt", SLIP.as_bytes())]);
    let path = folder.path().join("bad.txt");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let output = detlint(folder.path(), &["--check", "bad.txt", "--fix"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("read-only"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&path).unwrap(), SLIP);
}

#[test]
fn standard_input() {
    let folder = folder(&[]);
    let output = with_input(
        folder.path(),
        &["--check", "-", "--stdin-filename", "draft.txt", "--output-format", "concise"],
        SLIP.as_bytes(),
    );
    assert_eq!(status(&output), 1);
    assert!(stdout(&output).starts_with("draft.txt:5:1: error[gender-mismatch] “His” for a female patient; line 3: the patient is female\n"), "{}", stdout(&output));
    let marked = ["\u{feff}", SLIP].concat();
    let output = with_input(folder.path(), &["--check", "-", "--fix"], marked.as_bytes());
    assert_eq!(stdout(&output), marked.replace("..", "."), "the fixed text goes to standard output");
    assert!(stderr(&output).contains("gender-mismatch"), "the report goes to standard error");
}

#[test]
fn the_report_goes_to_a_file() {
    let folder = folder(&[("bad.txt", SLIP.as_bytes())]);
    let file = folder.path().join("report");
    for format in ["full", "sarif"] {
        let args = ["--check", "bad.txt", "--output-format", format];
        let expected = detlint(folder.path(), &args);
        let output = detlint(folder.path(), &[&args[..], &["--output-file", "report"]].concat());
        assert_eq!((status(&output), stdout(&output).as_str(), stderr(&output).as_str()), (1, "", ""));
        assert_eq!(fs::read_to_string(&file).unwrap(), stdout(&expected), "{format}");
    }
    // A run that cannot be carried out leaves the report of the one before.
    let before = fs::read(&file).unwrap();
    let args = ["--check", "bad.txt", "--output-file", "report", "--select", "no-such-lint"];
    assert_eq!(status(&detlint(folder.path(), &args)), 2);
    assert_eq!(fs::read(&file).unwrap(), before);
    for path in [".", "no/such/folder"] {
        let output = detlint(folder.path(), &["--check", "bad.txt", "--output-file", path]);
        assert_eq!(status(&output), 2);
        assert!(stderr(&output).contains(&format!("{path}: it cannot be written")), "{}", stderr(&output));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing else is left behind");

    let args = ["--check", "-", "--fix", "--output-file", "report", "--output-format", "concise"];
    let output = with_input(folder.path(), &args, SLIP.as_bytes());
    assert_eq!((stdout(&output), stderr(&output)), (SLIP.replace("..", "."), String::new()));
    assert!(fs::read_to_string(&file).unwrap().contains("gender-mismatch"));
}

#[test]
fn several_reports_at_once() {
    let folder = folder(&[("bad.txt", SLIP.as_bytes())]);
    let check = ["--check", "bad.txt"];
    let alone =
        |format: &str| stdout(&detlint(folder.path(), &[&check[..], &["--output-format", format]].concat()));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let more =
        ["--output-format", "concise", "--output-format", "sarif=a.sarif", "--output-format", "junit=a.xml"];
    let output = detlint(folder.path(), &[&check[..], &more].concat());
    assert_eq!((status(&output), stdout(&output)), (1, alone("concise")));
    assert_eq!((read("a.sarif"), read("a.xml")), (alone("sarif"), alone("junit")));
    assert!(
        !read("a.sarif").contains("“His”") && stdout(&output).contains("“His”"),
        "each with its own terms"
    );

    let more = ["--output-format", "json", "--output-file", "a.json", "--output-format", "gitlab=b.json"];
    let output = detlint(folder.path(), &[&check[..], &more].concat());
    assert_eq!((status(&output), stdout(&output).as_str()), (1, ""));
    assert_eq!((read("a.json"), read("b.json")), (alone("json"), alone("gitlab")));

    let only_a_file = detlint(folder.path(), &[&check[..], &["--output-format", "json=c.json"]].concat());
    assert_eq!((status(&only_a_file), stdout(&only_a_file).as_str()), (1, ""));

    for (refused, told) in [
        (&["--output-format", "json", "--output-format", "sarif"][..], "two formats cannot go to one place"),
        (&["--output-format", "json=d", "--output-format", "sarif=d"], "two reports cannot go to one file"),
        (&["--output-format", "json=d", "--output-file", "e"], "has its file already"),
        (&["--output-format", "json="], "names no file"),
        (&["--output-format", "jason=d"], "jason"),
        (&["--output-file", "./bad.txt"], "would be overwritten"),
    ] {
        let output = detlint(folder.path(), &[&check[..], refused].concat());
        assert_eq!((status(&output), stdout(&output).as_str()), (2, ""), "{refused:?}");
        assert!(stderr(&output).contains(told), "{refused:?}: {}", stderr(&output));
    }
    assert_eq!(read("bad.txt"), SLIP);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 6);
}

#[test]
fn what_was_not_checked_is_said() {
    let one = "CLINICAL CASE SUMMARY\n\nThe patient hurt a knee.\n\nIMR ISSUES, DECISIONS AND RATIONALES\n";
    let two = [SLIP, CLEAN].concat();
    let folder = folder(&[("one.txt", one.as_bytes()), ("two.txt", two.as_bytes()), ("empty.txt", b"")]);
    let shown = |args: &[&str]| stdout(&detlint(folder.path(), &[&["--check"], args].concat()));
    let told = shown(&["one.txt", "--no-source"]);
    let line = told
        .lines()
        .find(|line| line.starts_with("one.txt: not checked: "))
        .unwrap_or_else(|| panic!("{told}"));
    assert!(line.contains("no sex is stated, so pronouns are not checked") && line.contains("; "), "{line}");
    let told = shown(&["two.txt"]);
    assert!(
        told.contains("two.txt: letter 1: not checked: ")
            && told.contains("two.txt: letter 2: not checked: ")
    );
    let fixed = shown(&["one.txt", "--fix"]);
    assert!(fixed.contains("one.txt: not checked: "), "{fixed}");
    assert!(!shown(&["empty.txt"]).contains("not checked"));
    for format in ["concise", "grouped", "json", "github"] {
        assert!(!shown(&["one.txt", "--output-format", format]).contains("not checked"), "{format}");
    }
    let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/letters/imr-2017-clean.txt");
    let told = stdout(&detlint(folder.path(), &["--check", whole.to_str().unwrap()]));
    assert!(!told.contains("not checked"), "{told}");
}

#[test]
fn what_git_ignores_is_left_out_of_a_folder() {
    let folder = folder(&[
        (".git/HEAD", b"ref: refs/heads/main\n"),
        (".gitignore", b"drafts/\n*.old.txt\n"),
        (".hidden.txt", SLIP.as_bytes()),
        ("bad.txt", SLIP.as_bytes()),
        ("bad.old.txt", SLIP.as_bytes()),
        ("drafts/bad.txt", SLIP.as_bytes()),
    ]);
    let checked = |paths: &[&str]| {
        let args = [&["--check"], paths, &["--output-format", "json"]].concat();
        let report = json(&detlint(folder.path(), &args));
        let files = report["files"].as_array().unwrap();
        files.iter().map(|file| file["path"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(checked(&["."]), ["./bad.txt"]);
    assert_eq!(checked(&[".", "bad.old.txt"]), ["./bad.txt", "bad.old.txt"], "what is named is checked");
    assert_eq!(checked(&["drafts"]), ["drafts/bad.txt"]);
    assert_eq!(
        checked(&["bad.txt", ".", "./bad.txt"]),
        ["bad.txt", "./bad.txt"],
        "each is checked once by its name"
    );
}

#[test]
fn hints_are_shown_when_asked_for() {
    let folder = folder(&[
        ("bad.txt", b"The pain is mild..\n"),
        ("detlint.toml", b"[lints]\ndouble-period = \"hint\"\n"),
    ]);
    let shows = |args: &[&str]| {
        let output = detlint(folder.path(), &[&["--check", "bad.txt", "--fail-on", "info"], args].concat());
        assert_eq!(status(&output), 0, "a hint fails no run");
        stdout(&output).contains("double-period")
    };
    for format in ["full", "concise", "grouped", "sarif", "github", "gitlab", "junit", "rdjson"] {
        assert!(!shows(&["--output-format", format]), "{format}");
        assert!(shows(&["--output-format", format, "--show-hints"]), "{format}");
    }
    assert!(!shows(&["--statistics"]) && shows(&["--statistics", "--show-hints"]));
    for format in ["json", "jsonl"] {
        assert!(shows(&["--output-format", format]), "{format}");
    }
}

#[test]
fn statistics_count_by_lint() {
    let folder = folder(&[
        ("a.txt", SLIP.as_bytes()),
        ("b.txt", b"The pain is mild.. It is in the slower back..\n"),
        ("good.txt", CLEAN.as_bytes()),
    ]);
    let args = ["--check", "a.txt", "b.txt", "good.txt", "--statistics"];
    let output = detlint(folder.path(), &args);
    assert_eq!(status(&output), 1);
    let expected = "findings  letters  fixable  lint\n       \
                    3        2        3  double-period\n       \
                    1        1        1  confused-word\n       \
                    1        1        0  gender-mismatch\n\
                    3 letters: 2 errors, 3 warnings; 4 fixable (--fix, --unsafe-fixes)\n";
    assert_eq!(stdout(&output), expected);
    let output = detlint(folder.path(), &["--check", "good.txt", "--statistics"]);
    assert_eq!((status(&output), stdout(&output).as_str()), (0, "1 letter: nothing found\n"));
    let refused = detlint(folder.path(), &[&args[..], &["--output-format", "json"]].concat());
    assert_eq!(status(&refused), 2);
}

#[test]
fn json_lines() {
    let folder = folder(&[]);
    let input = "{\"path\": \"a\", \"text\": \"The pain is mild..\"}\n\n{\"path\": 3}\n{\"path\": \"b\", \"text\": \"Fine.\", \"more\": 1}\n";
    let output = with_input(
        folder.path(),
        &["--check", "-", "--input-format", "jsonl", "--output-format", "json"],
        input.as_bytes(),
    );
    assert_eq!(status(&output), 2);
    let report = json(&output);
    assert_eq!(report["summary"]["files"], 2);
    assert_eq!(report["summary"]["warnings"], 1);
    assert!(stderr(&output).contains("line 3"), "{}", stderr(&output));
    let output =
        with_input(folder.path(), &["--check", "-", "--input-format", "jsonl", "--fix"], input.as_bytes());
    assert_eq!(status(&output), 2);

    // From a file, behind a byte order mark; a line that is not UTF-8 is told and the next is checked.
    let records =
        [b"\xef\xbb\xbf".as_slice(), input.as_bytes(), b"{\"path\": \"\xb0\"}\n", input.as_bytes()].concat();
    fs::write(folder.path().join("a.jsonl"), records).unwrap();
    let args = ["--check", "a.jsonl", "b.jsonl", "--input-format", "jsonl", "--output-format", "json"];
    let output = detlint(folder.path(), &args);
    assert_eq!((status(&output), &json(&output)["summary"]["files"]), (2, &4.into()));
    for told in ["a.jsonl: line 3,", "a.jsonl: line 5,", "a.jsonl: line 8,", "b.jsonl: there is no such file"]
    {
        assert!(stderr(&output).contains(told), "{told}: {}", stderr(&output));
    }
}

#[test]
fn the_json_report_keeps_its_schema() {
    let schema: Value = serde_json::from_str(include_str!("../src/check/report/json.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = folder(&[("latin.txt", b"\xb0")]);
    let latin = folder.path().join("latin.txt").display().to_string();
    for source in ["--source", "--no-source"] {
        let output = detlint(root, &["--check", "tests/letters", &latin, "--output-format", "json", source]);
        let report = json(&output);
        let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
        assert!(report["summary"]["errors"].as_u64().unwrap() > 10);
    }
}

#[test]
fn positions_count_characters_and_bytes() {
    let folder = folder(&[("a.txt", "90° \u{1f600} pain is mild..\r\n".as_bytes())]);
    let report = json(&detlint(folder.path(), &["--check", "a.txt", "--output-format", "json"]));
    let range = &report["files"][0]["findings"][0]["range"];
    assert_eq!(range["start"], serde_json::json!({"line": 1, "column": 19, "byte": 22}));
    assert_eq!(range["end"], serde_json::json!({"line": 1, "column": 21, "byte": 24}));
}

#[test]
fn no_source_shows_nothing_of_the_letter() {
    let text = "CLINICAL CASE SUMMARY\n\nZebra is a 42-year-old female. Quagga and his knee okapi.. Then, per the slower back gnu.\n\n\
                IMR ISSUES, DECISIONS AND RATIONALES\n\nMAXIMUS guideline: See above.\n\nDecision rationale: ODG tapir.\n";
    let folder = folder(&[("a.txt", text.as_bytes())]);
    for format in ["full", "concise", "json"] {
        let output = detlint(folder.path(), &["--check", "a.txt", "--output-format", format, "--no-source"]);
        assert_eq!(status(&output), 1);
        for word in ["Zebra", "Quagga", "okapi", "gnu", "tapir", "slower", "See above"] {
            assert!(!stdout(&output).contains(word), "{format} shows “{word}”: {}", stdout(&output));
        }
    }
    assert!(stdout(&detlint(folder.path(), &["--check", "a.txt"])).contains("okapi"));
}

#[test]
fn order_is_stable_whatever_the_number_of_threads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let one = detlint(root, &["--check", "tests/letters", "--jobs", "1", "--output-format", "concise"]);
    let many = detlint(root, &["--check", "tests/letters", "--jobs", "8", "--output-format", "concise"]);
    assert_eq!(stdout(&one), stdout(&many));
    assert!(stdout(&one).lines().count() > 20);
}

#[test]
fn pages_of_the_lints() {
    let folder = folder(&[]);
    let list = detlint(folder.path(), &["lints"]);
    assert_eq!(status(&list), 0);
    for line in stdout(&list).lines() {
        let name = line.split_whitespace().next().unwrap();
        let page = detlint(folder.path(), &["explain", name]);
        assert_eq!(status(&page), 0, "{name}");
        assert!(stdout(&page).contains("Why: ") && stdout(&page).contains("Flagged:"), "{name}");
    }
}

#[test]
fn the_version_is_told() {
    let folder = folder(&[]);
    let output = detlint(folder.path(), &["--version"]);
    assert_eq!(status(&output), 0);
    assert_eq!(stdout(&output), concat!("detlint ", env!("CARGO_PKG_VERSION"), "\n"));
}

/// The options and commands that `--help` names.
fn named_in_help(folder: &Path) -> Vec<String> {
    let help = stdout(&detlint(folder, &["-h"]));
    let names: Vec<String> = help
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter_map(|line| {
            let first = line.split_whitespace().find(|word| !word.starts_with("-h,"))?;
            let is_command = !line.starts_with(' ') && first.starts_with(|c: char| c.is_ascii_lowercase());
            (is_command && first != "help" || first.starts_with("--")).then(|| first.to_owned())
        })
        .collect();
    assert!(names.len() > 25, "{names:?}");
    names
}

#[test]
fn the_manual_names_every_option_and_command() {
    let folder = folder(&[]);
    let output = detlint(folder.path(), &["man"]);
    assert_eq!(status(&output), 0);
    let manual = stdout(&output).replace("\\-", "-");
    assert!(manual.contains(".TH detlint 1"), "{manual}");
    for section in ["NAME", "SYNOPSIS", "OPTIONS", "OUTPUT", "COMMANDS", "EXIT STATUS", "VERSION"] {
        assert!(
            manual.lines().any(|line| line.trim_start_matches(".SH ").trim_matches('"') == section),
            "{section}"
        );
    }
    for name in named_in_help(folder.path()) {
        assert!(manual.contains(&format!("\\fB{name}\\fR")), "{name}");
    }
}

#[test]
fn completions_know_every_option_and_command() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = detlint(folder.path(), &["completions", shell]);
        assert_eq!(status(&output), 0, "{shell}");
        let script = stdout(&output);
        for name in named_in_help(folder.path()) {
            assert!(script.contains(name.trim_start_matches('-')), "{shell}: {name}");
        }
    }
    assert_eq!(status(&detlint(folder.path(), &["completions", "no-such-shell"])), 2);
}

#[cfg(unix)]
#[test]
fn bash_completes_a_format() {
    let folder = folder(&[]);
    let script = stdout(&detlint(folder.path(), &["completions", "bash"]));
    let asked = "COMP_WORDS=(detlint --check --output-format s); COMP_CWORD=3; \
                 _detlint detlint s --output-format; echo \"${COMPREPLY[@]}\"";
    let output =
        std::process::Command::new("bash").arg("-c").arg(format!("{script}\n{asked}")).output().unwrap();
    assert_eq!(stdout(&output), "sarif\n", "{}", stderr(&output));
}
