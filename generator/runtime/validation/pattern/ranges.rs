// copperplate runtime: copied into each generated crate that uses it.
//! The function `character_ranges`, for character classes that several patterns share.

/// Returns the ranges of a character class. `ends` contains the first and the last character of each range.
///
/// Generated code is shorter, and compiles faster, with a list of characters than with a list of pairs.
///
/// # Panics
/// Panics if `ends` has fewer than `2 * N` characters. The class is a constant, so that the crate then does not compile.
pub const fn character_ranges<const N: usize>(ends: &[char]) -> [(char, char); N] {
    let mut ranges = [('\0', '\0'); N];
    let mut index = 0;
    while index < N {
        ranges[index] = (ends[2 * index], ends[2 * index + 1]);
        index += 1;
    }
    ranges
}
