//! Whether a joint's motion is full, by common reference values.

use std::sync::LazyLock;

use crate::letter::facts::finding::Value;
use crate::letter::facts::phrase::rows;
use crate::letter::facts::region::RegionId;

const TABLE: &str = include_str!("motion.tsv");

struct Reference {
    region: RegionId,
    movement: &'static str,
    normal: u16,
    highest: u16,
}

static REFERENCES: LazyLock<Vec<Reference>> = LazyLock::new(|| {
    rows(TABLE)
        .filter_map(|row| {
            let [region, movement, normal, highest] = row[..] else { return None };
            let (normal, highest) = (normal.parse().ok()?, highest.parse().ok()?);
            Some(Reference { region: RegionId::of(region), movement, normal, highest })
        })
        .collect()
});

/// How full a motion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fullness {
    /// Less than two thirds of what is normal.
    Short,
    /// Less than normal.
    Less,
    /// Normal by the common reference, or by what the writer gives as normal.
    Normal,
    /// As full as any reference asks.
    Full,
}

/// How full a measured motion of some part of the body is; absent where no reference value is known.
#[must_use]
pub fn fullness(value: Value, parts: &[RegionId]) -> Option<Fullness> {
    let Value::Motion { movement, degrees, normal } = value else { return None };
    if let Some(normal) = normal {
        return Some(if degrees >= normal { Fullness::Full } else { graded(degrees, normal) });
    }
    let reference = REFERENCES.iter().find(|reference| {
        reference.movement == movement.name() && parts.iter().any(|part| part.is_part_of(reference.region))
    })?;
    Some(match reference.highest {
        0 if degrees == 0 => Fullness::Full,
        0 if degrees > 30 => return None,
        0 if degrees > 10 => Fullness::Short,
        0 => Fullness::Less,
        highest if degrees >= highest => Fullness::Full,
        _ if degrees >= reference.normal => Fullness::Normal,
        _ => graded(degrees, reference.normal),
    })
}

fn graded(degrees: u16, normal: u16) -> Fullness {
    if u32::from(degrees) * 3 < u32::from(normal) * 2 { Fullness::Short } else { Fullness::Less }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::facts::finding::Movement;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(REFERENCES.len(), rows(TABLE).count());
        assert!(REFERENCES.iter().all(|reference| reference.normal <= reference.highest));
    }

    #[test]
    fn motion_is_judged_by_its_joint() {
        let judged = |part: &str, movement: Movement, degrees: u16, normal: Option<u16>| {
            let part = RegionId::parse(part).expect("a part of the body");
            fullness(Value::Motion { movement, degrees, normal }, &[part])
        };
        assert_eq!(judged("lumbar spine", Movement::Flexion, 90, None), Some(Fullness::Full));
        assert_eq!(judged("lumbar spine", Movement::Flexion, 60, None), Some(Fullness::Normal));
        assert_eq!(judged("lumbar spine", Movement::Extension, 18, None), Some(Fullness::Less));
        assert_eq!(judged("lumbar spine", Movement::Flexion, 20, None), Some(Fullness::Short));
        assert_eq!(judged("lumbar spine", Movement::Flexion, 45, Some(45)), Some(Fullness::Full));
        assert_eq!(judged("knee", Movement::Extension, 0, None), Some(Fullness::Full));
        assert_eq!(judged("knee", Movement::Extension, 15, None), Some(Fullness::Short));
        assert_eq!(judged("knee", Movement::Rotation, 15, None), None);
    }
}
