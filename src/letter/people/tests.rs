use super::*;
use crate::letter::sentence::sentences;
use crate::text::tokens;

fn resolved(text: &str) -> Vec<Mention> {
    let tokens = tokens(text);
    let sentences = sentences(text, &tokens);
    let statements = statements(text, &tokens, &sentences);
    mentions(text, &tokens, &sentences, &statements)
}

/// What is wrong with a row of the table; nothing when it holds.
fn complaint(row: &str) -> Option<String> {
    let [marked, who, reason] = row.split('\t').collect::<Vec<_>>()[..] else {
        return Some("three columns".to_owned());
    };
    let (before, rest) = marked.split_once('«')?;
    let (word, after) = rest.split_once('»')?;
    let span = before.len()..before.len() + word.len();
    let mentions = resolved(&format!("{before}{word}{after}"));
    let Some(found) = mentions.iter().find(|mention| mention.span == span) else {
        return Some("no mention".to_owned());
    };
    let holds = Some(found.who) == Who::from_name(who) && found.reason.text().starts_with(reason);
    (!holds || reason.is_empty()).then(|| format!("{:?}: {}", found.who, found.reason.text()))
}

#[test]
fn whom_words_mean() {
    let rows = include_str!("cases.tsv").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (mut count, mut failures) = (0, Vec::new());
    for row in rows {
        count += 1;
        assert!(row.matches('«').count() == 1 && row.matches('»').count() == 1, "one word is marked: {row}");
        if let Some(complaint) = complaint(row) {
            failures.push(format!("{row}\n    {complaint}"));
        }
    }
    assert!(failures.is_empty(), "{} of {count} rows fail\n{}", failures.len(), failures.join("\n"));
}
