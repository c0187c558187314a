//! Numbers that look drawn and follow from a seed: `splitmix64`.

/// A source of numbers.
#[derive(Debug)]
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    /// From 0 to just below 1.
    pub(super) fn next_share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        let upper = u32::try_from(mixed >> 32).unwrap_or(u32::MAX);
        f64::from(upper) / 4_294_967_296.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_and_another_seed_others() {
        let numbers = |seed| {
            let mut draw = Draw::from_seed(seed);
            (0..4).map(|_| draw.next_share().to_bits()).collect::<Vec<_>>()
        };
        assert_eq!(numbers(7), numbers(7));
        assert_ne!(numbers(7), numbers(8));
    }
}
