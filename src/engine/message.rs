//! Messages: a template of the lint's file and its arguments. Never a position: the renderer adds that.

use std::sync::Arc;

/// A message with its arguments, so that the letter's text in it can be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    template: Arc<str>,
    args: Vec<(&'static str, Arg)>,
}

/// What fills a slot of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Text of the letter: patient data, masked where output must not show it.
    Letter(String),
    /// A word of the product's own.
    Term(String),
}

impl Arg {
    /// Text of the letter, on one line.
    #[must_use]
    pub fn letter(text: &str) -> Self {
        Self::Letter(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// A word of the product's own.
    #[must_use]
    pub fn term(text: impl Into<String>) -> Self {
        Self::Term(text.into())
    }
}

impl Message {
    /// Joins a template ("“{found}” for a {sex} patient") and its arguments.
    #[must_use]
    pub fn new(template: Arc<str>, args: Vec<(&'static str, Arg)>) -> Self {
        Self { template, args }
    }

    /// The whole message.
    #[must_use]
    pub fn text(&self) -> String {
        self.render(true)
    }

    /// The message with or without the letter's own text in it.
    #[must_use]
    pub fn render(&self, with_letter_text: bool) -> String {
        let mut rendered = String::with_capacity(self.template.len() + 16);
        let mut rest: &str = &self.template;
        while let Some(open) = rest.find('{') {
            let Some(close) = rest[open..].find('}') else { break };
            rendered.push_str(&rest[..open]);
            let name = &rest[open + 1..open + close];
            match self.args.iter().find(|(arg, _)| *arg == name) {
                Some((_, Arg::Letter(text))) if with_letter_text => rendered.push_str(text),
                Some((_, Arg::Letter(_))) => rendered.push('…'),
                Some((_, Arg::Term(text))) => rendered.push_str(text),
                None => rendered.push_str(&rest[open..=open + close]),
            }
            rest = &rest[open + close + 1..];
        }
        rendered.push_str(rest);
        rendered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_text_can_be_masked() {
        let args = vec![("found", Arg::letter("His\n back")), ("sex", Arg::term("female"))];
        let message = Message::new("“{found}” for a {sex} patient".into(), args);
        assert_eq!(message.text(), "“His back” for a female patient");
        assert_eq!(message.render(false), "“…” for a female patient");
    }
}
