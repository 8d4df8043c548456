//! What one letter leaves behind for the next one of its thread: sentences are met again.

use std::cell::RefCell;
use std::sync::Arc;

use crate::config::Config;
use crate::engine::Memory;

thread_local! {
    /// With the configuration, whose lints looked at the sentences.
    static LAST: RefCell<Option<(Arc<Config>, Memory)>> = const { RefCell::new(None) };
}

/// What is remembered of the letters before, if they had the same configuration.
pub(super) fn remembered(config: &Arc<Config>) -> Memory {
    let last = LAST.take().filter(|(of, _)| Arc::ptr_eq(of, config));
    last.map_or_else(Memory::default, |(_, memory)| memory)
}

/// Leaves behind what a letter taught.
pub(super) fn remember(config: &Arc<Config>, memory: Memory) {
    LAST.set(Some((Arc::clone(config), memory)));
}
