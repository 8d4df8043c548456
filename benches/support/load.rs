//! A house's lint of a size that no house has: what many patterns and a large lexicon cost.

use std::fmt::Write;

const FRAMES: usize = 400;
const WORDS: usize = 200_000;

/// The text of a lint's file with 400 patterns over a set of 200,000 words.
pub fn lint() -> String {
    let mut file = String::from(
        "name = \"load\"\nfamily = \"house\"\nlevel = \"hint\"\nfix = \"none\"\nkind = \"block\"\ndefault = \"on\"\n\
         message = \"“{found}”\"\n\n[sets]\nwords = [",
    );
    for number in 0..WORDS {
        write!(file, "\"{}\",", word(number)).expect("text takes text");
    }
    file.push_str("]\n");
    for number in 0..FRAMES {
        // Every word begins a pattern; half of the patterns begin with words that every letter has.
        let first = if number % 2 == 0 { "the" } else { "of" };
        let (second, third) = (word(number * 7), word(number * 11));
        write!(file, "\n[[frame]]\npattern = \"{first} (of)? «{second} {{0-2}} <words>» ({third})?\"\n")
            .expect("text takes text");
    }
    file
}

/// A made-up word, each number its own.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "co", "di", "fu", "ge", "ha", "jo", "ki", "lu", "me", "na", "po", "ri", "su", "te", "vo"];
    let parts = (0..5).map(|place| SYLLABLES[number >> (4 * place) & 15]);
    parts.collect()
}
