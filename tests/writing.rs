//! Fixing letters in place: whatever happens, a letter is the old one or the new one.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

#[path = "support/command.rs"]
mod command;

use command::{detlint, folder, status, stderr};

const OLD: &str = "The pain is mild.. The gait is normal..\n";
const NEW: &str = "The pain is mild. The gait is normal.\n";

#[test]
fn killed_at_any_point_a_letter_is_the_old_or_the_new_one() {
    let names: Vec<String> = (0..120).map(|number| format!("{number:03}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), OLD.as_bytes())).collect();
    for delay in [0, 5, 10, 20, 40, 80, 160] {
        let folder = folder(&files);
        let mut child = Command::new(env!("CARGO_BIN_EXE_detlint"))
            .args(["--check", "--fix", "--jobs", "2"])
            .args(&names)
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(delay));
        // It may be done already.
        let _ = child.kill();
        child.wait().unwrap();
        for name in &names {
            let text = fs::read_to_string(folder.path().join(name)).unwrap();
            assert!(text == OLD || text == NEW, "{name} after {delay} ms: {text}");
        }
        // What a kill leaves behind is hidden and no letter: the next run does the rest.
        let output = detlint(folder.path(), &["--check", ".", "--fix"]);
        assert_eq!(status(&output), 2, "plain sentences are no letters: {}", stderr(&output));
        let args: Vec<&str> =
            ["--check", "--fix"].into_iter().chain(names.iter().map(String::as_str)).collect();
        assert_eq!(status(&detlint(folder.path(), &args)), 0);
        assert!(names.iter().all(|name| fs::read_to_string(folder.path().join(name)).unwrap() == NEW));
    }
}

#[cfg(unix)]
#[test]
fn permissions_and_links_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("kept/letter.txt", OLD.as_bytes())]);
    let (letter, link) = (folder.path().join("kept/letter.txt"), folder.path().join("link.txt"));
    fs::set_permissions(&letter, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("kept/letter.txt", &link).unwrap();
    assert_eq!(status(&detlint(folder.path(), &["--check", "link.txt", "--fix"])), 0);
    assert_eq!(fs::read_to_string(&letter).unwrap(), NEW);
    assert_eq!(fs::read_link(&link).unwrap(), Path::new("kept/letter.txt"));
    assert_eq!(fs::metadata(&letter).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.path().join("kept")).unwrap().count(), 1, "nothing is left behind");
}

#[test]
fn marks_line_ends_and_encodings_are_kept() {
    let utf16 = |text: &str| -> Vec<u8> {
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    let text =
        |stops: &str| format!("Flexion is 90°{stops}\r\nThe gait is normal{stops}\rIt is fine{stops}\nEnd");
    let latin =
        |text: &str| -> Vec<u8> { text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect() };
    type Encode<'a> = &'a dyn Fn(&str) -> Vec<u8>;
    let encodings: [(&str, Encode<'_>); 4] = [
        ("utf-8.txt", &|text| text.as_bytes().to_vec()),
        ("mark.txt", &|text| ["\u{feff}", text].concat().into_bytes()),
        ("utf-16.txt", &utf16),
        ("latin.txt", &latin),
    ];
    let folder = folder(&[("detlint.toml", b"encoding = \"windows-1252\"\n")]);
    for (name, encode) in encodings {
        fs::write(folder.path().join(name), encode(&text(".."))).unwrap();
        let output = detlint(folder.path(), &["--check", name, "--fix"]);
        assert_eq!(status(&output), 0, "{name}: {}", stderr(&output));
        assert_eq!(fs::read(folder.path().join(name)).unwrap(), encode(&text(".")), "{name}");
    }
}

#[test]
fn a_letter_that_is_gone_stays_gone() {
    let folder = folder(&[("here.txt", OLD.as_bytes())]);
    let output = detlint(folder.path(), &["--check", "gone.txt", "here.txt", "--fix"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("gone.txt: there is no such file"), "{}", stderr(&output));
    assert!(!folder.path().join("gone.txt").exists());
    assert_eq!(fs::read_to_string(folder.path().join("here.txt")).unwrap(), NEW, "the others are fixed");
}
