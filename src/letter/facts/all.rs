//! Every fact of one block, each kind read when it is first asked for.

use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use super::absence::{self, AbsenceClaim};
use super::age::{self, AgeFact};
use super::conclusion::{self, Conclusion};
use super::date::{self, DateFact};
use super::drug::{self, Drug};
use super::elapsed::{self, ElapsedFact};
use super::finding::{self, Examined};
use super::ground::{self, Ground};
use super::level::{self, Level};
use super::premise::{self, Premise};
use super::quantity::{self, Quantity};
use super::region::{self, Region};
use super::service::{self, Service};
use super::side::{self, Side};
use crate::letter::block::Read;

/// What a block states, each kind in the order of the text. Whose facts they are is for `Content::owner_of` to say.
#[derive(Debug)]
pub struct Facts {
    /// Dates, with what happened on them.
    pub dates: Lazy<DateFact>,
    /// Ages, now or at the injury.
    pub ages: Lazy<AgeFact>,
    /// How long something has lasted.
    pub elapsed: Lazy<ElapsedFact>,
    /// Parts of the body.
    pub regions: Lazy<Region>,
    /// Spinal levels.
    pub levels: Lazy<Level>,
    /// Sides, with the part to which they belong.
    pub sides: Lazy<Side>,
    /// Counts, frequencies and durations of services and supplies.
    pub quantities: Lazy<Quantity>,
    /// Services that a request can be for, drugs apart.
    pub services: Lazy<Service>,
    /// Drugs with their strength, form and count.
    pub drugs: Lazy<Drug>,
    /// Symptoms, signs, tests and studies with their result.
    pub findings: Lazy<Examined>,
    /// What the writer says is not there.
    pub absences: Lazy<AbsenceClaim>,
    /// Conclusions on medical necessity.
    pub conclusions: Lazy<Conclusion>,
    /// The reasons to which conclusions are joined.
    pub premises: Lazy<Premise>,
    /// What is no ground of a determination, or may be none.
    pub grounds: Lazy<Ground>,
}

impl Facts {
    /// The facts of a text.
    #[must_use]
    pub fn of(read: &Arc<Read>) -> Self {
        let lazy = Reader(read);
        let regions = lazy.read(|r| region::read(r.text(), &r.tokens, &r.sentences));
        let levels = lazy.read(|r| level::read(r.text(), &r.tokens, &r.sentences));
        let conclusions = lazy.read(|r| conclusion::read(r.text(), &r.tokens, &r.sentences));
        let (of_regions, of_levels) = (regions.clone(), levels.clone());
        let (of_premises, of_grounds) = (conclusions.clone(), conclusions.clone());
        Self {
            dates: lazy.read(|r| date::read(r.text(), &r.tokens, &r.sentences)),
            ages: lazy.read(|r| age::read(r.text(), &r.tokens, &r.sentences)),
            elapsed: lazy.read(|r| elapsed::read(r.text(), &r.tokens, &r.sentences)),
            sides: lazy.read(move |r| side::read(r.text(), &r.tokens, &r.sentences, &of_regions, &of_levels)),
            quantities: lazy.read(|r| quantity::read(r.text(), &r.tokens, &r.sentences)),
            services: lazy.read(|r| service::read(r.text(), &r.tokens)),
            drugs: lazy.read(|r| drug::read(r.text(), &r.tokens, &r.sentences)),
            findings: lazy.read(|r| finding::read(r.text(), &r.tokens, &r.sentences)),
            absences: lazy.read(|r| absence::read(r.text(), &r.tokens, &r.sentences)),
            premises: lazy.read(move |r| premise::read(r.text(), &r.tokens, &r.sentences, &of_premises)),
            grounds: lazy.read(move |r| ground::read(r.text(), &r.tokens, &r.sentences, &of_grounds)),
            regions,
            levels,
            conclusions,
        }
    }
}

/// Makes the kinds of facts of one text.
struct Reader<'a>(&'a Arc<Read>);

impl Reader<'_> {
    fn read<T>(&self, read: impl FnOnce(&Read) -> Vec<T> + Send + 'static) -> Lazy<T> {
        let of = Arc::clone(self.0);
        Lazy(Arc::new(LazyLock::new(Box::new(move || read(&of)))))
    }
}

type Reading<T> = Box<dyn FnOnce() -> Vec<T> + Send>;

/// The facts of one kind: many are never asked for.
#[derive(Debug)]
pub struct Lazy<T>(Arc<LazyLock<Vec<T>, Reading<T>>>);

impl<T> Clone for Lazy<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Lazy<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<'a, T> IntoIterator for &'a Lazy<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
