//! The classes of words and phrases by which a sentence is weighed, each as the table tells it.

use std::sync::LazyLock;

use crate::letter::facts::phrase::Phrases;

pub(super) const TABLE: &str = include_str!("../stance.tsv");

fn class(kind: &str) -> Phrases<()> {
    Phrases::of_kind(TABLE, kind, ())
}

macro_rules! classes {
    ($($name:ident $kind:literal)*) => { $(pub(super) static $name: LazyLock<Phrases<()>> = LazyLock::new(|| class($kind));)* };
}

classes! {
    FOR "for"
    AGAINST "against"
    SHOWN "shown"
    NOTED "noted"
    TRIED "tried"
    DENIED "denied"
    FINDING "finding"
    MEASURED "measured"
    POINTING "pointing"
    GAIN "gain"
    OWN "own"
    CONSERVATIVE "conservative"
    FITTING "fitting"
    UNFITTING "unfitting"
    RULED_OUT "ruled-out"
    HARM "harm"
    HARM_SHOWN "harm-shown"
    NEGATOR "negator"
    EXCLUDING "excluding"
    UNLESS "unless"
    DIMINISHING "diminishing"
    ANAPHOR "anaphor"
    NO_NEGATOR "no-negator"
    TURN "turn"
    BUT "but"
    ALTHOUGH "although"
    WELL "well"
    OPENING "opening"
    MODAL "modal"
    NO_MODAL "no-modal"
    POSSIBLE "possible"
    ASKING "asking"
    CONDITION "condition"
    TOLD "told"
    CASE "case"
    EXCEPTION "exception"
    LIMIT "limit"
    APPLIED "applied"
    RULE "rule"
    FAVORS "favors"
    DISFAVORS "disfavors"
    EXCEPTING "excepting"
    COMMON "common"
    DECISIVE "decisive"
    OUTCOME_FOR "outcome-for"
    OUTCOME_AGAINST "outcome-against"
    HYPOTHETICAL "hypothetical"
    STRESSED "stressed"
    SOURCE "source"
    AUXILIARY "auxiliary"
    MONITORING "monitoring"
    CERTAIN_FOR "certain-for"
    CERTAIN_AGAINST "certain-against"
    ALONE "alone"
    NAMED_FOR "named-for"
    NAMED_AGAINST "named-against"
    OTHER_TIME "other-time"
    MANAGES "manages"
    NO_RESPONSE "no-response"
    LESSER "lesser"
    ENOUGH "enough"
    STRANDED "stranded"
    LICENSING "licensing"
}
