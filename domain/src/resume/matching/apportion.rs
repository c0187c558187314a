//! Shares points out in halves, so that the shares add up exactly.

use std::cmp::Reverse;

/// A hundred points, in halves.
pub(super) const HALVES_IN_ALL: u32 = 200;

/// Shares `halves` out by weight; what is left after rounding down goes to the largest remainders,
/// the earlier first.
pub(super) fn apportion(halves: u32, weights: &[u32]) -> Vec<u32> {
    let total: u32 = weights.iter().sum();
    if total == 0 {
        return vec![0; weights.len()];
    }
    let mut shares: Vec<u32> = weights.iter().map(|weight| halves * weight / total).collect();
    let left = halves - shares.iter().sum::<u32>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|place| Reverse(halves * weights[*place] % total));
    for place in order.into_iter().take(left as usize) {
        shares[place] += 1;
    }
    shares
}

/// Halves as points.
pub(super) fn half_points(halves: u32) -> f64 {
    f64::from(halves) / 2.0
}
