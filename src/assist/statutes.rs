//! The statutes and regulations that a text names, with where they can be read.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::Span;

/// A section of a statute or regulation that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statute {
    /// Where, in bytes of the text.
    pub span: Span,
    /// Its name for people.
    pub name: String,
    /// Where it is published.
    pub url: String,
}

/// What stands between the name of a code and the number of a section.
const SECTION: &str = r"(?:,?\s*(?:§{1,2}|[Ss]ections?|[Ss]ecs?\.))?\s*";

static REGULATION: LazyLock<Regex> = LazyLock::new(|| {
    let title =
        r"(?:8\s+C\.?\s*C\.?\s*R\.?|[Tt]itle\s+8,?\s+(?:of\s+the\s+)?California\s+Code\s+of\s+Regulations)";
    Regex::new(&format!(r"\b{title}{SECTION}(?P<number>9\d{{3}}(?:\.\d+)*)")).expect("a constant pattern")
});

static LABOR_CODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"\b(?:California\s+)?Labor\s+Code{SECTION}(?P<number>\d{{1,4}}(?:\.\d+)*)"))
        .expect("a constant pattern")
});

/// Finds the sections that a text names.
#[must_use]
pub fn statutes(text: &str) -> Vec<Statute> {
    let mut found: Vec<Statute> = Vec::new();
    for named in REGULATION.captures_iter(text) {
        let number = &named["number"];
        found.push(Statute {
            span: named.get_match().range(),
            name: format!("8 CCR § {number}"),
            url: regulation_url(number),
        });
    }
    for named in LABOR_CODE.captures_iter(text) {
        let number = &named["number"];
        let url = format!(
            "https://leginfo.legislature.ca.gov/faces/codes_displaySection.xhtml?lawCode=LAB&sectionNum={number}."
        );
        found.push(Statute { span: named.get_match().range(), name: format!("Labor Code § {number}"), url });
    }
    found.sort_by_key(|statute| statute.span.start);
    found
}

/// Where the Department of Industrial Relations publishes a section of title 8.
#[must_use]
pub fn regulation_url(section: &str) -> String {
    format!("https://www.dir.ca.gov/t8/{}.html", section.replace('.', "_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<(String, String)> {
        statutes(text).into_iter().map(|statute| (text[statute.span].to_owned(), statute.url)).collect()
    }

    #[test]
    fn sections_of_the_regulations_and_of_the_labor_code() {
        let found = named("See 8 CCR 9792.24.2, and Labor Code section 4610.5(c)(2).");
        assert_eq!(
            found[0],
            ("8 CCR 9792.24.2".to_owned(), "https://www.dir.ca.gov/t8/9792_24_2.html".to_owned())
        );
        assert_eq!(found[1].0, "Labor Code section 4610.5");
        assert!(found[1].1.ends_with("lawCode=LAB&sectionNum=4610.5."));
        assert_eq!(named("Title 8, California Code of\nRegulations, § 9792.20.").len(), 1);
        assert_eq!(named("Cal. Code 8; the labor code of ethics; room 9792; CPT 97110").len(), 0);
    }
}
