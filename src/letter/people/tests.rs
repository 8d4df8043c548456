use super::*;
use crate::letter::sentence::sentences;
use crate::text::tokens;

/// Whom the last pronoun or sex-stating noun of a text means.
fn last(text: &str) -> Option<Who> {
    let tokens = tokens(text);
    let sentences = sentences(text, &tokens);
    let statements = statements(text, &tokens, &sentences);
    mentions(text, &tokens, &sentences, &statements).last().map(|mention| mention.who)
}

#[test]
fn the_patient() {
    for text in [
        "The patient has neck pain. He sleeps badly.",
        "Gait is normal. His lumbar flexion is 60 degrees.",
        "The claimant saw Dr. Roe. His lumbar flexion was 60 degrees.",
        "Dr. Roe reports that her grip strength is reduced.",
        "The surgeon requested a fusion. She complains of numbness.",
        "Dr. Roe examined the patient. He was prescribed Norco.",
        "The patient's own doctor agrees, and the patient herself",
        "The 34-year-old female nursing assistant hurt her back.",
        "The patient works as a nurse. She lifts boxes.",
        "Her husband drives. The patient rests. The pain is mild. Strength is full. His back is stiff.",
        "The injured worker returned on 3/4/2016 and he was limping.",
        "The patient did not object, and he signed an agreement.",
        "Dr. Quill, an internist, cleared him for anesthesia.",
        "The kit will let her work without a therapist.",
        "The gentleman should be seen again.",
        "His wife says that she sleeps badly. This 45-year-old male limps.",
        "The patient has a brother with diabetes. Her weight is stable.",
    ] {
        assert_eq!(last(text), Some(Who::Patient), "{text}");
    }
}

#[test]
fn clinicians_and_names_that_were_blanked_out() {
    for text in [
        "Dr. Roe saw the patient. He requested a fusion.",
        "The patient saw a psychologist. In her report the diagnosis is PTSD.",
        "The review is dated 09/15/2014.  is the requesting provider, and he provided reports.",
        "The UR physician denied the request because she found no trial of therapy.",
        "The physician assistant wrote that she had gone over the agreement.",
        "The radiologist noted in her addendum",
        "Dr. Roe treats the patient. The pain is mild. On 3/4/2016, he asked for six visits.",
    ] {
        assert!(matches!(last(text), Some(Who::Clinician | Who::Unknown)), "{text}: {:?}", last(text));
    }
}

#[test]
fn relatives_and_others() {
    for text in [
        "The patient's wife reports that she does the cooking.",
        "The patient came with her husband. His back is well.",
        "The patient was robbed by two people. One of them held her pistol.",
        "The patient was struck by a 30-year-old male. He fled.",
        "The patient hurt his back when a resident lost her balance.",
        "The supervisor telephoned; he offered modified duty.",
        "She was delivered of a male newborn. His weight was normal.",
        "This is a 51-year-old gentleman here with his wife. She confirms snoring.",
        "The patient met Ms. Garcia, who said that her shift was over.",
    ] {
        assert!(matches!(last(text), Some(Who::Unknown)), "{text}: {:?}", last(text));
    }
}

#[test]
fn nobody_in_particular() {
    for text in [
        "A patient who fails therapy may see that his pain persists.",
        "The note says \"he did well\" of another case.",
        "The note says \u{201c}she did well\u{201d} of another case.",
    ] {
        assert!(matches!(last(text), Some(Who::Unknown)), "{text}: {:?}", last(text));
    }
}

#[test]
fn no_pronouns() {
    for text in [
        "The reviewer says that he/she has no affiliation.",
        "The choice is his or her own; (s)he may appeal.",
        "Surgery helps (He et al., 2004).",
        "The bundle of His is intact, and the angle of His too.",
        "HER2 and HER-2 were tested. IT IS HIS.",
        "A male connector and female pattern baldness.",
    ] {
        assert_eq!(last(text), None, "{text}");
    }
}
