//! The letter: a document read as determination letters, with their blocks, items, people and facts. Never fails:
//! what cannot be placed is prose.

mod anchors;
mod block;
mod cut;
mod decision;
pub mod facts;
mod header;
mod layout;
mod marks;
mod outline;
mod people;
mod profile;
mod recognise;
mod sentence;

pub use anchors::Stated;
pub use block::{Block, Content, Place, Role};
pub use decision::Decision;
pub use header::HeaderValue;
pub use outline::{Item, Letter, parse, single_block};
pub use people::{Form, Mention, Reason, SexStatement, Who};
pub use profile::{Field, HeaderField, Profile, Section};
pub use recognise::recognise;
pub use sentence::{Sentence, is_abbreviation};
