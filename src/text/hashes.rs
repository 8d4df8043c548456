//! Looking for a hash in a sorted table of hashes.

/// Where `wanted` stands among `count` sorted hashes, which `at` gives by their place, if it is one of them.
///
/// Hashes lie evenly, so that its value tells where one must stand, and the hash that stands there tells by how much that was
/// wrong; the rest is a few steps.
pub fn place_of(wanted: u32, count: usize, at: impl Fn(usize) -> u32) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let share = |hash: u32| ((u64::from(hash) * count as u64) >> u32::BITS) as usize;
    let guess = share(wanted).min(last);
    let met = at(guess);
    let mut place = if met < wanted {
        (guess + share(wanted - met)).min(last)
    } else {
        guess.saturating_sub(share(met - wanted))
    };
    while place < last && at(place) < wanted {
        place += 1;
    }
    while place > 0 && at(place) > wanted {
        place -= 1;
    }
    (at(place) == wanted).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_table_is_found_and_nothing_else() {
        let even: Vec<u32> = (0..2000_u32).map(|at| at.wrapping_mul(0x9e37_79b9)).collect();
        let uneven = [0, 1, 2, 3, 1000, u32::MAX - 1, u32::MAX];
        for mut hashes in [even, uneven.to_vec(), vec![7], Vec::new()] {
            hashes.sort_unstable();
            let find = |wanted| place_of(wanted, hashes.len(), |at| hashes[at]);
            for (place, &hash) in hashes.iter().enumerate() {
                assert_eq!(find(hash), Some(place));
            }
            for other in [4, 999, 5_000_000, u32::MAX - 2] {
                assert_eq!(find(other), hashes.binary_search(&other).ok());
            }
        }
    }
}
