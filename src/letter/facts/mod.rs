//! Facts: what a letter states, with the place where it does.

pub mod age;
#[cfg(test)]
mod cases;
pub mod citation;
pub mod level;
mod phrase;
mod cues;
pub mod date;
pub mod elapsed;
mod number_word;
pub mod absence;
pub mod citation;
pub mod finding;
mod protected;
pub mod region;
mod sex;
pub mod side;
mod wording;

pub use citation::{CitationState, ItemCitation};
pub use level::{Level, LevelKind, Validity};
pub use protected::changes_fact;
pub use region::{Region, RegionId};
pub use sex::Sex;
pub use side::{Side, SideContext, SideValue};
