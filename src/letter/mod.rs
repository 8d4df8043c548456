//! The letter: a document read as determination letters, with their blocks, items, people and facts. Never fails:
//! what cannot be placed is prose.

mod anchors;
mod argument;
mod asked;
mod block;
mod cut;
mod decision;
mod drift;
mod expected;
pub mod facts;
mod fixed_text;
mod furniture;
mod header;
mod item_heading;
mod layout;
mod marks;
mod narrative;
mod outline;
mod people;
mod profile;
mod quotation;
mod reader;
mod recognise;
mod sentence;
mod sentence_kind;
mod summary;
mod transition;
mod understanding;

pub use anchors::{Stated, Told};
pub use argument::{Argued, Cue, Step};
pub use asked::{Asked, telling_words};
pub use block::{Block, Content, Place, Read, Role};
pub use decision::Decision;
pub use drift::{ChangeKind, FormChange};
pub use expected::{Expected, Scope};
pub use fixed_text::{FixedPlace, FixedText, SlotValue};
pub use header::{HeaderFault, HeaderFaultKind, HeaderValue};
pub use outline::{Item, ItemNumber, Letter};
pub use people::{Form, Mention, Reason, SexStatement, Who};
pub use profile::{Field, HeaderField, Profile, Profiles, Section, SectionMark};
pub use reader::{Located, Reader, parse, single_block};
pub use recognise::recognise;
pub use sentence::{Sentence, is_abbreviation};
pub use sentence_kind::SentenceKind;
pub use understanding::Unread;
