//! "a" before a vowel sound, "an" before a consonant sound.

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, Sink};
use crate::text::{Gap, TokenKind};

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    for at in 0..context.content.tokens.len().saturating_sub(1) {
        let (found, wanted) = match context.content.word(at) {
            "a" => ("a", "an"),
            "A" => ("A", "An"),
            "an" => ("an", "a"),
            "An" => ("An", "A"),
            _ => continue,
        };
        let reader = Reader { context, at };
        let wants_an = wanted.len() == 2;
        if !reader.is_article()
            || reader.sound() != Some(if wants_an { Sound::Vowel } else { Sound::Consonant })
        {
            continue;
        }
        let place = context.place(context.content.tokens[at].span.clone());
        sink.push(
            Draft::new(place.clone(), "message")
                .arg("found", Arg::term(found))
                .arg("sound", Arg::term(if wants_an { "vowel" } else { "consonant" }))
                .fix(DraftFix::replace(place, wanted, Applicability::Safe)),
        );
    }
}

/// How a word begins when it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sound {
    Vowel,
    Consonant,
}

impl Sound {
    fn of(is_vowel: bool) -> Self {
        if is_vowel { Self::Vowel } else { Self::Consonant }
    }
}

/// Looks at one "a" or "an".
struct Reader<'a> {
    context: &'a BlockContext<'a>,
    at: usize,
}

impl Reader<'_> {
    /// It is no label ("vitamin A"), no letter of a list, no part of a word, and no slip for "and" or "as".
    fn is_article(&self) -> bool {
        let tokens = &self.context.content.tokens;
        let article = self.context.word(self.at);
        let follows = &tokens[self.at + 1];
        if !follows.gap.is_space() || follows.kind == TokenKind::Mark {
            return false;
        }
        let is_first = self
            .context
            .content
            .sentence_at(tokens[self.at].span.start)
            .is_some_and(|sentence| sentence.tokens.start == self.at);
        if article.starts_with('A') && !is_first
            || self.context.is_in_lower("no-noun", self.context.word(self.at + 1))
        {
            return false;
        }
        let Some(before) = self.at.checked_sub(1) else { return true };
        let stands_apart =
            tokens[self.at].gap != Gap::None || matches!(self.context.word(before), "(" | "\"" | "\u{201c}");
        let before = self.context.word(before);
        let is_slip = article == "an" && self.context.is_in_lower("before-and", before);
        stands_apart && !is_slip && !self.context.is_in_lower("labelled", before)
    }

    /// How the word behind the article begins; nothing where that is open.
    fn sound(&self) -> Option<Sound> {
        let next = self.at + 1;
        let word = self.context.word(next);
        if self.context.content.tokens[next].kind == TokenKind::Number {
            return self.sound_of_number(word);
        }
        let letters = word.chars().count();
        let first = word.chars().next()?.to_ascii_lowercase();
        if !first.is_ascii_alphabetic() {
            return None;
        }
        if letters == 1 {
            let begins_compound = self.context.is_glued(next + 1) && self.context.word(next + 1) == "-";
            return begins_compound.then(|| Sound::of(is_named_with_vowel(first)));
        }
        let stem = word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s")).unwrap_or(word);
        let stem = if stem.ends_with('s') && stem.chars().rev().nth(1).is_some_and(char::is_uppercase) {
            &stem[..stem.len() - 1]
        } else {
            stem
        };
        if stem.chars().skip(1).any(|c| c.is_ascii_digit()) {
            return stem.chars().nth(1)?.is_ascii_digit().then(|| Sound::of(is_named_with_vowel(first)));
        }
        if stem.chars().all(char::is_uppercase) {
            return self.sound_of_acronym(&stem.to_lowercase(), first);
        }
        let is_mixed = word.chars().skip(1).any(char::is_uppercase);
        if is_mixed { None } else { self.sound_of_word(&word.to_lowercase(), first) }
    }

    /// "8", "11", "18", "80" and "800" begin with a vowel; a date is said in many ways.
    fn sound_of_number(&self, number: &str) -> Option<Sound> {
        let next = self.at + 2;
        let is_date = number.matches('/').count() > 1
            || matches!(self.context.word(next), "-" | "/")
                && self.context.is_glued(next)
                && self
                    .context
                    .content
                    .tokens
                    .get(next + 1)
                    .is_some_and(|token| token.kind == TokenKind::Number);
        if is_date || number.starts_with('0') {
            return None;
        }
        let whole: String =
            number.chars().take_while(|c| c.is_ascii_digit() || *c == ',').filter(|c| *c != ',').collect();
        if matches!(whole.as_str(), "11" | "18") {
            return Some(Sound::Vowel);
        }
        // "1,100" is said as "eleven hundred" too.
        let is_open = whole.len() > 2 && (whole.starts_with("11") || whole.starts_with("18"));
        (!is_open).then(|| Sound::of(whole.starts_with('8')))
    }

    fn sound_of_acronym(&self, acronym: &str, first: char) -> Option<Sound> {
        let is_slot = acronym.chars().all(|c| c == 'x');
        if is_slot || self.context.is_in("either-acronym", acronym) {
            return None;
        }
        if self.context.is_in("read-consonant", acronym) {
            return Some(Sound::Consonant);
        }
        if self.context.is_in("spelled", acronym) {
            return Some(Sound::of(is_named_with_vowel(first)));
        }
        // Five letters and more may be a word in capitals, of which the spelling tells nothing.
        let is_shouted = acronym.chars().count() > 4 && acronym.contains(is_vowel)
            || self.context.word(self.at).starts_with('A')
                && self.context.word(self.at + 2).chars().filter(|c| c.is_uppercase()).count() > 2;
        let has_vowel = acronym.chars().skip(1).any(is_vowel);
        match first {
            _ if is_shouted => None,
            // Spelled or read, these begin alike.
            'b' | 'c' | 'd' | 'g' | 'j' | 'k' | 'p' | 'q' | 't' | 'v' | 'w' | 'y' | 'z' => {
                Some(Sound::Consonant)
            }
            'u' => Some(Sound::Consonant),
            'a' | 'e' | 'i' | 'o' if acronym.chars().count() < 4 || !has_vowel => Some(Sound::Vowel),
            'f' | 'h' | 'l' | 'm' | 'n' | 'r' | 's' | 'x' if !has_vowel => Some(Sound::Vowel),
            _ => None,
        }
    }

    fn sound_of_word(&self, word: &str, first: char) -> Option<Sound> {
        let begins_with = |set: &str| {
            word.char_indices()
                .skip(1)
                .map(|(end, _)| &word[..end])
                .chain([word])
                .any(|part| self.context.is_in(set, part))
        };
        if self.context.is_in("either", word) {
            None
        } else if begins_with("vowel-beginnings") {
            Some(Sound::Vowel)
        } else if begins_with("consonant-beginnings") {
            Some(Sound::Consonant)
        } else if first == 'y' && !word.chars().nth(1).is_some_and(is_vowel) {
            None
        } else {
            Some(Sound::of(is_vowel(first)))
        }
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Whether the name of a letter begins with a vowel: "an F", "a U".
fn is_named_with_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'f' | 'h' | 'i' | 'l' | 'm' | 'n' | 'o' | 'r' | 's' | 'x')
}
