//! Letters of a patient whose sex is not told by one word.

use super::block::Role;
use super::outline::Letter;

/// Words that tell of a transition, or of a sex that is neither.
const WORDS: [&str; 8] = [
    "transgender",
    "transsexual",
    "nonbinary",
    "non-binary",
    "gender dysphoria",
    "gender-affirming",
    "gender reassignment",
    "at birth",
];

/// Of which one stands in each of [`WORDS`].
const PARTS: [&str; 4] = ["trans", "binary", "gender", "birth"];

impl Letter {
    /// Whether the letter tells of a transition, so that neither pronouns nor organs contradict a stated sex.
    #[must_use]
    pub fn tells_of_transition(&self) -> bool {
        let told = |role| matches!(role, Role::Summary | Role::Prose | Role::Field(_));
        let blocks = self.blocks.iter().filter(|block| told(block.role));
        let mut blocks = blocks.filter(|block| PARTS.iter().any(|part| block.content.small().contains(part)));
        blocks.any(|block| {
            let text = block.content.text().to_lowercase().replace('\n', " ");
            WORDS.iter().any(|word| text.contains(word))
        })
    }
}
