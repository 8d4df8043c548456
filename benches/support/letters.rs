//! Letters out of a seed: distinct, of any size, with or without defects.

use fastrand::Rng;

/// The least size that a letter of the form has, in bytes.
const LEAST: usize = 3_000;

const FORM: &str = "HOW THE IMR FINAL DETERMINATION WAS MADE
MAXIMUS Federal Services sent the complete case file to an expert reviewer. He/she has no affiliation with the employer, employee, providers or the claims administrator. He/she has been in active clinical practice for more than five years and is currently working at least 24 hours a week in active practice. The expert reviewer was selected based on his/her clinical experience, education, background, and expertise in the same or similar specialties that evaluate and/or treat the medical condition and disputed items/services. He/she is familiar with governing laws and regulations, including the strength of evidence hierarchy that applies to Independent Medical Review determinations.
The Expert Reviewer has the following credentials:
State(s) of Licensure: California
Certification(s)/Specialty: {specialty}
CLINICAL CASE SUMMARY
The expert reviewer developed the following clinical case summary based on a review of the case file, including all medical records:";

const OPENING: &[&str] = &[
    "The patient is a {age}-year-old {sex} who was injured on {injury} when {accident}.",
    "This {age}-year-old {sex} sustained an injury on {injury}: {accident}.",
    "The injured worker is a {age}-year-old {sex} with a date of injury of {injury}, when {accident}.",
];

const SUMMARY: &[&str] = &[
    "{He} reports pain of the {side} {part}, rated {n}/10, which is worse with {activity}.",
    "On examination of {date}, the {side} {part} was tender and motion was limited by pain.",
    "An MRI of {date} showed {imaging} of the {part}.",
    "Treatment to date has included {drug}, {n} visits of physical therapy and a home exercise program.",
    "In the note of {date}, the provider described {his} sleep as poor and {his} mood as stable.",
    "{He} has not returned to {his} usual work as a {job}.",
    "There was no weakness, numbness or swelling; reflexes were 2+ and symmetric.",
    "{He} was given {drug} on {date} and took it for {n} weeks with some relief.",
    "The patient denied fever, weight loss and night pain.",
    "Strength of the {side} {part} was 4/5, compared with 5/5 on the other side.",
];

const ITEM: &[&str] = &[
    "Physical therapy of the {side} {part}, {n} visits",
    "MRI of the {side} {part} without contrast",
    "{drug} 50 mg #{count}",
    "Acupuncture of the {part}, 2 times a week for {n} weeks",
    "Purchase of a brace for the {side} {part}",
];

const GUIDELINE: &[&str] = &[
    "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Physical Medicine.",
    "Decision based on MTUS Knee Complaints 2004, Section(s): Special Studies.",
    "Decision based on MTUS Shoulder Complaints 2004, Section(s): Initial Care.",
];

const REASON: &[&str] = &[
    "The guideline recommends such care where active therapy has brought measured improvement.",
    "The records of {date} describe {n} completed visits and what {he} could do after them.",
    "For a {part} with these findings, the guideline asks for a trial of exercise and medication first.",
    "The provider documents what the treatment is meant to achieve and how that will be measured.",
    "In this case, the notes of {date} show that {he} walks further and sleeps longer than before.",
    "The study would change what is done next, because surgery is being weighed.",
];

const SLIPS: &[&str] = &[
    "{Other} gait was steady..",
    "According to  report of {date}, the pain was unchanged.",
    "The pain was in {his} slower back.",
    "The the brace was worn at night.",
    "Sleep was poor,and {he} was tired.",
];

/// A letter of about so many bytes; the same for the same seed. With defects, one sentence in eight has one.
pub fn letter(seed: u64, bytes: usize, defects: bool) -> String {
    let mut writer =
        Writer { rng: Rng::with_seed(seed), defects, words: Words::default(), text: String::new() };
    writer.words = Words::of(&mut writer.rng);
    writer.letter(bytes.max(LEAST));
    writer.text
}

/// One document of about so many bytes: many letters, one behind the other.
pub fn file_of_letters(seed: u64, bytes: usize, defects: bool) -> String {
    let mut text = String::new();
    let mut next = seed << 32;
    while text.len() < bytes {
        text.push_str(&letter(next, 4_700, defects));
        text.push('\n');
        next += 1;
    }
    text
}

/// What a letter says throughout.
#[derive(Default)]
struct Words {
    is_male: bool,
    age: u32,
    injury: String,
    side: &'static str,
    part: &'static str,
    accident: &'static str,
    job: &'static str,
    specialty: &'static str,
}

impl Words {
    fn of(rng: &mut Rng) -> Self {
        Self {
            is_male: rng.bool(),
            age: rng.u32(22..66),
            injury: date(rng, 2012..2015),
            side: pick(rng, &["left", "right"]),
            part: pick(rng, &["knee", "shoulder", "wrist", "ankle", "elbow"]),
            accident: pick(
                rng,
                &["a ladder slipped", "a pallet fell", "a cart rolled back", "the floor was wet"],
            ),
            job: pick(rng, &["driver", "cook", "nurse", "welder", "clerk"]),
            specialty: pick(
                rng,
                &["Physical Medicine & Rehabilitation", "Orthopedic Surgery", "Pain Medicine"],
            ),
        }
    }
}

struct Writer {
    rng: Rng,
    defects: bool,
    words: Words,
    text: String,
}

impl Writer {
    fn letter(&mut self, bytes: usize) {
        let number = self.rng.u32(1..1_000_000);
        let (assigned, denied) = (date(&mut self.rng, 2016..2017), date(&mut self.rng, 2015..2016));
        let injury = &self.words.injury;
        self.text = format!(
            "Case Number: CM16-{number:07}\nDate Assigned: {assigned}\nDate of Injury: {injury}\nUR Denial Date: {denied}\nPriority: Standard\n"
        );
        self.paragraph(FORM);
        let opening = pick(&mut self.rng, OPENING).to_owned();
        let summary = (bytes / 8).max(700);
        let summary = self.prose(&opening, SUMMARY, summary);
        self.paragraph(&summary);
        self.paragraph("IMR ISSUES, DECISIONS AND RATIONALES\nThe Final Determination was based on decisions for the disputed items/services set forth below:");
        while self.text.len() < bytes {
            self.item();
        }
    }

    fn item(&mut self) {
        let is_upheld = self.rng.bool();
        let (decision, conclusion) = if is_upheld {
            ("Upheld", "Therefore, the request is not medically necessary.")
        } else {
            ("Overturned", "Therefore, the request is medically necessary.")
        };
        let heading = format!("{}: {decision}", pick(&mut self.rng, ITEM));
        self.paragraph(&heading);
        self.paragraph("Claims Administrator guideline: Decision based on MTUS ACOEM.");
        let guideline = format!("MAXIMUS guideline: {}", pick(&mut self.rng, GUIDELINE));
        self.paragraph(&guideline);
        let length = self.rng.usize(300..900);
        let reasons = self.prose("Decision rationale:", REASON, length);
        self.paragraph(&format!("{reasons} {conclusion}"));
    }

    /// Sentences, up to about so many bytes.
    fn prose(&mut self, start: &str, sentences: &[&'static str], bytes: usize) -> String {
        let mut prose = start.to_owned();
        while prose.len() < bytes {
            prose.push(' ');
            let is_slip = self.defects && self.rng.u8(0..8) == 0;
            let sentence = pick(&mut self.rng, if is_slip { SLIPS } else { sentences });
            prose.push_str(sentence);
        }
        prose
    }

    /// Adds text with its slots filled, broken at a margin.
    fn paragraph(&mut self, text: &str) {
        for line in text.lines() {
            let mut column = 0;
            for word in line.split(' ') {
                let word = self.filled(word);
                if column > 0 && column + 1 + word.len() > 95 {
                    self.text.push('\n');
                    column = 0;
                } else if column > 0 || word.is_empty() {
                    self.text.push(' ');
                    column += 1;
                }
                self.text.push_str(&word);
                column += word.len();
            }
            self.text.push('\n');
        }
    }

    /// A word with its slot, if it has one, filled.
    fn filled(&mut self, word: &str) -> String {
        let (Some(open), Some(close)) = (word.find('{'), word.find('}')) else { return word.to_owned() };
        let rng = &mut self.rng;
        let words = &self.words;
        let by_sex = |male: &str, female: &str| if words.is_male { male } else { female }.to_owned();
        let value = match &word[open + 1..close] {
            "He" => by_sex("He", "She"),
            "he" => by_sex("he", "she"),
            "his" => by_sex("his", "her"),
            "Other" => by_sex("Her", "His"),
            "sex" => by_sex("male", "female"),
            "age" => words.age.to_string(),
            "injury" => words.injury.clone(),
            "side" => words.side.to_owned(),
            "part" => words.part.to_owned(),
            "accident" => words.accident.to_owned(),
            "job" => words.job.to_owned(),
            "specialty" => words.specialty.to_owned(),
            "date" => date(rng, 2015..2016),
            "n" => rng.u32(2..9).to_string(),
            "count" => (rng.u32(1..5) * 30).to_string(),
            "drug" => pick(rng, &["ibuprofen", "naproxen", "gabapentin", "tramadol"]).to_owned(),
            "activity" => pick(rng, &["walking", "lifting", "sitting", "driving"]).to_owned(),
            "imaging" => pick(rng, &["a partial tear", "an effusion", "mild degeneration"]).to_owned(),
            slot => unreachable!("a slot of this file is called “{slot}”"),
        };
        [&word[..open], &value, &word[close + 1..]].concat()
    }
}

fn pick<T: Copy>(rng: &mut Rng, choice: &[T]) -> T {
    choice[rng.usize(..choice.len())]
}

fn date(rng: &mut Rng, years: std::ops::Range<u32>) -> String {
    format!("{:02}/{:02}/{}", rng.u32(1..13), rng.u32(1..28), rng.u32(years))
}
