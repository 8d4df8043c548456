//! Facts: what a letter states, with the place where it does.

pub mod citation;
mod protected;
mod sex;

pub use citation::{CitationState, ItemCitation};
pub use protected::changes_fact;
pub use sex::Sex;
