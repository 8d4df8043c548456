//! Facts: what a letter states, with the place where it does.

pub mod absence;
pub mod age;
mod all;
#[cfg(test)]
mod cases;
pub mod citation;
pub mod conclusion;
pub mod counted;
pub mod date;
pub mod documented;
pub mod drug;
pub mod elapsed;
mod element;
pub mod finding;
pub mod ground;
pub mod level;
pub mod misplaced;
mod number_word;
pub mod observation;
mod owner;
mod phrase;
pub mod premise;
mod protected;
pub mod quantity;
pub mod region;
pub mod service;
mod sex;
pub mod side;
mod words;

pub use all::Facts;
pub use citation::{CitationState, Cited, ItemCitation, Mentioned, Purpose, StatedBasis};
pub use conclusion::{Conclusion, Polarity, Strength, final_conclusion};
pub use drug::Drug;
pub use element::Element;
pub use ground::{Ground, GroundKind};
pub use level::{Level, LevelKind, Validity};
pub use observation::{Observation, Source};
pub use owner::Owner;
pub use premise::{Bearing, Premise};
pub use protected::changes_fact;
pub use quantity::Quantity;
pub use region::{Region, RegionId};
pub use service::{Service, ServiceId};
pub use sex::Sex;
pub use side::{Side, SideContext, SideValue};
