//! Whose a fact is.

use crate::letter::block::Content;
use crate::letter::people::Who;
use crate::letter::sentence_kind::SentenceKind;
use crate::text::Span;

/// Whose a fact is, or why it is nobody's in particular.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    /// The patient's.
    Patient,
    /// A relative's.
    Family,
    /// Another person's.
    Other,
    /// A guideline's, or that of patients in general.
    General,
    /// It holds if something else does.
    Condition,
    /// Somebody else's words: the utilization review's, a record's.
    Reported,
}

impl Content {
    /// Whose a fact at a logical span is. A letter is about its patient: what nobody else is named for is the patient's.
    #[must_use]
    pub fn owner_of(&self, span: &Span) -> Owner {
        let Some(sentence) = self.sentence_at(span.start) else { return Owner::Patient };
        match sentence.kind {
            SentenceKind::Guideline => return Owner::General,
            SentenceKind::Conditional => return Owner::Condition,
            SentenceKind::Attributed => return Owner::Reported,
            SentenceKind::Statement => {}
        }
        // Who treats or reviews has no facts of this kind: the person named last before it counts, of those who can.
        let mentions = self.mentions();
        let before = mentions.partition_point(|mention| mention.span.start < span.start);
        let before = mentions[..before].iter().rev();
        before
            .take_while(|mention| mention.span.start >= sentence.span.start)
            .find_map(|mention| match mention.who {
                Who::Patient => Some(Owner::Patient),
                Who::Family => Some(Owner::Family),
                Who::Other => Some(Owner::Other),
                Who::Clinician | Who::Reviewer | Who::UtilizationReview | Who::Unknown => None,
            })
            .unwrap_or(Owner::Patient)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::block::Role;
    use crate::text::LogicalBuilder;

    fn owner(text: &str) -> Owner {
        let start = text.find('«').expect("a fact is marked");
        let plain = text.replace(['«', '»'], "");
        let mut builder = LogicalBuilder::default();
        builder.push_line(&plain, 0, 0);
        Content::read(builder.finish(), Role::Summary, 0).owner_of(&(start..start + 1))
    }

    #[test]
    fn whose_a_fact_is() {
        for (text, expected) in [
            ("The patient is a 42-year-old female with «knee» pain.", Owner::Patient),
            ("There is tenderness of the «left» knee.", Owner::Patient),
            ("Dr. Roe found spasm of the «lumbar» muscles.", Owner::Patient),
            ("The patient's mother had a fusion in «2001».", Owner::Family),
            ("The patient's husband drove, and the patient's «neck» hurt.", Owner::Patient),
            ("A coworker hurt his «shoulder» in the same fall.", Owner::Other),
            ("The ODG recommend surgery for patients with pain for «6 months».", Owner::General),
            ("The utilization review states that the «right» hip was treated.", Owner::Reported),
        ] {
            assert_eq!(owner(text), expected, "{text}");
        }
    }
}
