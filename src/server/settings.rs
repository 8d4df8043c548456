//! The editor's settings. They are about presentation: what is found is for `detlint.toml` to say.

use std::path::PathBuf;

use serde_json::Value;

use crate::text::ColumnUnit;

/// The section of a client's settings that is the server's.
pub(super) const SECTION: &str = "detlint";

/// What a client can set, when it starts the server or later.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct EditorSettings {
    /// The configuration for every document; relative to the first folder.
    pub config: Option<PathBuf>,
    /// What a column counts, whatever the client offered.
    pub unit: Option<ColumnUnit>,
    /// Whether inlay hints are wanted.
    pub inlay_hints: bool,
}

impl EditorSettings {
    /// Reads the settings, or an object that holds them under the server's name. Values that are not understood count
    /// as not set.
    pub fn read(value: &Value) -> Self {
        let own = value.get(SECTION).unwrap_or(value);
        let text =
            |key: &str| own.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        Self {
            config: text("config").map(PathBuf::from),
            unit: text("positionEncoding").and_then(unit),
            inlay_hints: own.get("inlayHints").and_then(Value::as_bool).unwrap_or(false),
        }
    }
}

fn unit(name: &str) -> Option<ColumnUnit> {
    match name {
        "utf-8" => Some(ColumnUnit::Utf8),
        "utf-16" => Some(ColumnUnit::Utf16),
        "utf-32" => Some(ColumnUnit::Utf32),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn settings_alone_or_under_the_servers_name() {
        let wanted = EditorSettings {
            config: Some(PathBuf::from("house.toml")),
            unit: Some(ColumnUnit::Utf8),
            inlay_hints: true,
        };
        let settings = json!({ "config": " house.toml ", "positionEncoding": "utf-8", "inlayHints": true });
        assert_eq!(EditorSettings::read(&settings), wanted);
        assert_eq!(EditorSettings::read(&json!({ "detlint": settings })), wanted);
        let odd = json!({ "config": "", "positionEncoding": "latin-1", "inlayHints": "yes" });
        assert_eq!(EditorSettings::read(&odd), EditorSettings::default());
        assert_eq!(EditorSettings::read(&Value::Null), EditorSettings::default());
    }
}
