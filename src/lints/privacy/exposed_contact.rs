//! A telephone number, an e-mail address or a street address.

use std::sync::LazyLock;

use regex::Regex;

use crate::engine::{Applicability, Arg, BlockContext, Draft, DraftFix, Sink};
use crate::text;

/// The group `value` is what is exposed.
static CONTACTS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    [
        (
            r"(?:^|[^\w.-])(?P<value>(?:\+?1[-.\s])?(?:\((?P<a>[2-9]\d{2})\)\s?|(?P<b>[2-9]\d{2})[-./\s])[2-9]\d{2}[-.\s]\d{4}\b(?:\s?,?\s?(?:x|ext\.?|extension)\s?\d{1,5}\b)?)",
            "a telephone number",
        ),
        (r"(?:^|[^\w.])(?P<value>[A-Za-z0-9][\w.+-]*@[A-Za-z0-9][\w-]*(?:\.\w[\w-]*)+)", "an e-mail address"),
        (
            r"(?:^|[^\w/.-])(?P<value>\d{1,6}\s(?:(?:[NSEW]\.?|North|South|East|West|NE|NW|SE|SW)\s)?(?:[A-Z][a-z'’]+\s){1,3}(?:(?:Street|Avenue|Boulevard|Road|Drive|Lane|Highway|Parkway|Terrace|Court|Way|Place|Circle|Square|Plaza|Loop|Trail)\b|(?:St|Ave|Blvd|Rd|Dr|Ln|Hwy|Pkwy)\b\.?)(?:,?\s(?:Suite|Ste\.?|Apt\.?|Unit|#)\s?#?\w+)?)",
            "a street address",
        ),
        (
            r"(?:^|[^\w/.-])(?P<value>\d{2,6}\s(?:(?:Calle|Avenida|Camino|Paseo|Via)\s(?:(?:de|del|la|las|los|el)\s){0,2}[A-Z][a-z]+|Broadway\b)(?:,?\s(?:Suite|Ste\.?|Apt\.?|Unit|Floor|#)\s?#?\w+)?)",
            "a street address",
        ),
        (r"(?P<value>\b[A-Z]{2}\s\d{5}-\d{4}\b)", "a postal address"),
        (r"(?P<value>\bP\.?\s?O\.?\sBox\s\d+)", "a postal address"),
    ]
    .map(|(pattern, what)| (text::pattern(pattern), what))
    .into()
});

pub fn check(context: &BlockContext<'_>, sink: &mut Sink) {
    let text = context.content.text();
    if context.words("public").any(|name| text.contains(name)) {
        return;
    }
    for (pattern, what) in CONTACTS.iter() {
        for found in pattern.captures_iter(text) {
            let code = found.name("a").or_else(|| found.name("b"));
            if code.is_some_and(|code| context.is_in("toll-free", code.as_str())) {
                continue;
            }
            if let Some(value) = found.name("value") {
                let place = context.place(value.range());
                let fix = DraftFix::replace(place.clone(), "[removed]", Applicability::Manual);
                sink.push(Draft::new(place, "message").arg("what", Arg::term(*what)).fix(fix));
            }
        }
    }
}
