//! Numbers below a hundred in words: "six", "forty-two".

/// Matches a number in words, without case; for use inside a larger pattern.
pub(super) const PATTERN: &str = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|one|two|three|four|five|six|seven|eight|nine";

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The value of a number in digits or in words.
pub(super) fn parse(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let lower = text.to_lowercase();
    let mut parts = lower.split(|c: char| c == '-' || c.is_whitespace());
    let first = parts.next()?;
    let value = |list: &[&str], word: &str, factor, offset| {
        let at = u32::try_from(list.iter().position(|listed| *listed == word)?).ok()?;
        Some((at + offset) * factor)
    };
    match (value(&TENS, first, 10, 2), parts.next()) {
        (Some(tens), Some(ones)) => Some(tens + value(&ONES[..10], ones, 1, 0)?),
        (Some(tens), None) => Some(tens),
        (None, None) => value(&ONES, first, 1, 0),
        (None, Some(_)) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_digits_and_in_words() {
        for (text, value) in
            [("42", 42), ("forty-two", 42), ("Forty two", 42), ("six", 6), ("nineteen", 19), ("thirty", 30)]
        {
            assert_eq!(parse(text), Some(value), "{text}");
        }
        for text in ["six two", "forty-forty", "", "old", "4.2"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
