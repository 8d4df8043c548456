//! What is shown of a document, one file a feature: the protocol's side of it.

pub(super) mod actions;
pub(super) mod completion;
pub(super) mod hints;
pub(super) mod hover;
pub(super) mod lenses;
pub(super) mod links;
pub(super) mod mentions;
pub(super) mod outline;
pub(super) mod tokens;
