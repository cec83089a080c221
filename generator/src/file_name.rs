//! Names of files that every common file system accepts.

/// The maximum length of a module name, in bytes. Some encrypted file systems allow file names of at most 143 bytes. The
/// remaining 23 bytes are for a number after the name, and for the extension.
const MAX_LENGTH: usize = 120;

/// Names that Windows reserves for devices, in any case and with any extension.
pub(crate) const DEVICE_NAMES: &[&str] = &[
    "aux", "clock$", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "conin$",
    "conout$", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Shortens an ASCII name to [`MAX_LENGTH`] bytes. A hash of the whole name replaces the last characters, so that different names
/// stay different.
pub(crate) fn shortened(name: String) -> String {
    if name.len() <= MAX_LENGTH {
        return name;
    }
    let end = format!("_x{:016x}", hash(&name));
    let kept: String = name.chars().take(MAX_LENGTH - end.len()).collect();
    kept.trim_end_matches('_').to_owned() + &end
}

/// Returns a hash of a name. It is the same in every run and on every machine.
pub(crate) fn hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_shortened_and_stay_different() {
        let names = ["a", "b"].map(|end| shortened(format!("{}{end}", "long_".repeat(60))));
        assert!(names.iter().all(|name| name.starts_with("long_long_") && name.len() <= MAX_LENGTH), "{names:?}");
        assert_ne!(names[0], names[1]);
        assert_eq!(shortened("a".repeat(MAX_LENGTH)), "a".repeat(MAX_LENGTH));
    }
}
