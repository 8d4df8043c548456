//! Marks on what can change beside the rest of a letter, so that it is known what a lint's findings rest on.

use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether something was read since its mark was last taken away.
#[derive(Debug, Default)]
pub(super) struct ReadMark(AtomicBool);

impl ReadMark {
    #[inline]
    pub(super) fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn clear(&self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// A value that is marked whenever it is read.
#[derive(Debug)]
pub struct Marked<T> {
    value: T,
    mark: ReadMark,
}

impl<T> Marked<T> {
    pub(super) fn new(value: T) -> Self {
        Self { value, mark: ReadMark::default() }
    }

    pub(super) fn mark(&self) -> &ReadMark {
        &self.mark
    }
}

impl<T> Deref for Marked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.mark.set();
        &self.value
    }
}

impl<T: Clone> Clone for Marked<T> {
    fn clone(&self) -> Self {
        Self::new(self.value.clone())
    }
}

impl<T: PartialEq> PartialEq for Marked<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Marked<T> {}
