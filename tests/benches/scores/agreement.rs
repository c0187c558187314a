//! How well marks agree with those of people.

/// Pearson's r.
pub(crate) fn pearson(one: &[f64], other: &[f64]) -> f64 {
    let (mean_one, mean_other) = (mean(one), mean(other));
    let sum = |pick: fn(f64, f64) -> f64| -> f64 {
        one.iter().zip(other).map(|(a, b)| pick(a - mean_one, b - mean_other)).sum()
    };
    let spread = (sum(|a, _| a * a) * sum(|_, b| b * b)).sqrt();
    if spread > 0.0 { sum(|a, b| a * b) / spread } else { 0.0 }
}

/// Spearman's rank correlation; equals share their mean rank.
pub(crate) fn spearman(one: &[f64], other: &[f64]) -> f64 {
    pearson(&ranks(one), &ranks(other))
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let same = |place: &&usize| values[**place].total_cmp(&values[order[from]]).is_eq();
        let to = from + order[from..].iter().take_while(same).count();
        for place in &order[from..to] {
            ranks[*place] = f64::midpoint(number(from), number(to - 1));
        }
        from = to;
    }
    ranks
}

/// Cohen's kappa with quadratic weights over five levels of marks from 0 to 1.
pub(crate) fn quadratic_kappa(one: &[f64], other: &[f64]) -> f64 {
    let level = |mark: &f64| (mark.clamp(0.0, 1.0) * 4.0).round();
    let (one, other): (Vec<f64>, Vec<f64>) =
        (one.iter().map(level).collect(), other.iter().map(level).collect());
    let apart: f64 = one.iter().zip(&other).map(|(a, b)| (a - b).powi(2)).sum();
    let count = number(one.len());
    // By chance: every pair of one with each of the other.
    let by_chance = squares(&one) + squares(&other) - 2.0 * mean(&one) * mean(&other) * count;
    if by_chance > 0.0 { 1.0 - apart / by_chance } else { 0.0 }
}

fn squares(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum()
}

/// The root of the mean squared difference.
pub(crate) fn rmse(one: &[f64], other: &[f64]) -> f64 {
    let sum: f64 = one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum();
    (sum / number(one.len().max(1))).sqrt()
}

/// The mean of the F1 of right and of wrong answers; right is what lies above a threshold.
pub(crate) fn macro_f1(marks: &[f64], right: &[bool], above: f64) -> f64 {
    let mut counts = [[0_usize; 2]; 2];
    for (mark, right) in marks.iter().zip(right) {
        counts[usize::from(*mark > above)][usize::from(*right)] += 1;
    }
    let f1 = |this: usize| {
        let hits = counts[this][this];
        let missed = counts[this][1 - this] + counts[1 - this][this];
        number(2 * hits) / number((2 * hits + missed).max(1))
    };
    f64::midpoint(f1(0), f1(1))
}

/// The share of answers that fall on the right side of a threshold.
pub(crate) fn accuracy(marks: &[f64], right: &[bool], above: f64) -> f64 {
    let hits = marks.iter().zip(right).filter(|(mark, right)| (**mark > above) == **right).count();
    number(hits) / number(marks.len().max(1))
}

/// The threshold, of 37 quantiles, that is best for the macro F1.
pub(crate) fn best_threshold(marks: &[f64], right: &[bool]) -> f64 {
    let mut sorted = marks.to_vec();
    sorted.sort_by(f64::total_cmp);
    let candidates = (2..39).filter_map(|step| sorted.get(step * sorted.len() / 40)).copied();
    let scored = candidates.map(|above| (macro_f1(marks, right, above), above));
    scored.max_by(|one, other| one.0.total_cmp(&other.0)).map_or(0.5, |(_, above)| above)
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / number(values.len().max(1))
}

#[expect(clippy::cast_precision_loss, reason = "there are a few thousand")]
pub(crate) fn number(count: usize) -> f64 {
    count as f64
}
