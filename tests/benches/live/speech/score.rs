//! What was heard beside what was said.

use super::normal::is_filler;

/// How many words have to be put in, left out or changed to make one of the other. Fillers do not count.
pub(super) fn errors(said: &[String], heard: &[String]) -> (usize, usize) {
    let real =
        |words: &[String]| -> Vec<String> { words.iter().filter(|word| !is_filler(word)).cloned().collect() };
    let (said, heard) = (real(said), real(heard));
    let mut costs: Vec<usize> = (0..=heard.len()).collect();
    for (place, word) in said.iter().enumerate() {
        let mut next = vec![place + 1];
        for (other, heard) in heard.iter().enumerate() {
            let changed = costs[other] + usize::from(word != heard);
            next.push(changed.min(costs[other + 1] + 1).min(next[other] + 1));
        }
        costs = next;
    }
    (costs[heard.len()], said.len())
}

/// Fillers that were heard where one was said, where none was, and those that were not heard.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Fillers {
    pub(super) found: usize,
    pub(super) invented: usize,
    pub(super) missed: usize,
}

/// A filler stands for a filler; hardly ever for a word.
fn cost(said: &str, heard: &str) -> f64 {
    match (is_filler(said), is_filler(heard)) {
        _ if said == heard => 0.0,
        (true, true) => 0.5,
        (false, false) => 1.0,
        (true, false) | (false, true) => 1.9,
    }
}

pub(super) fn fillers(said: &[String], heard: &[String]) -> Fillers {
    let mut costs = vec![vec![0.0_f64; heard.len() + 1]; said.len() + 1];
    for place in 0..=said.len() {
        for other in 0..=heard.len() {
            let left_out = (place > 0).then(|| costs[place - 1][other] + 1.0);
            let put_in = (other > 0).then(|| costs[place][other - 1] + 1.0);
            let changed = (place > 0 && other > 0)
                .then(|| costs[place - 1][other - 1] + cost(&said[place - 1], &heard[other - 1]));
            let least = [changed, left_out, put_in].into_iter().flatten().reduce(f64::min);
            costs[place][other] = least.unwrap_or(0.0);
        }
    }
    let (mut place, mut other, mut fillers) = (said.len(), heard.len(), Fillers::default());
    while place > 0 || other > 0 {
        let here = costs[place][other];
        let is = |cost: f64| (here - cost).abs() < 1e-9;
        let mut pair = (None, None);
        if place > 0
            && other > 0
            && is(costs[place - 1][other - 1] + cost(&said[place - 1], &heard[other - 1]))
        {
            (place, other) = (place - 1, other - 1);
            pair = (Some(&said[place]), Some(&heard[other]));
        } else if place > 0 && is(costs[place - 1][other] + 1.0) {
            place -= 1;
            pair.0 = Some(&said[place]);
        } else {
            other -= 1;
            pair.1 = Some(&heard[other]);
        }
        let is_said = pair.0.is_some_and(|word| is_filler(word));
        let is_heard = pair.1.is_some_and(|word| is_filler(word));
        fillers.found += usize::from(is_said && is_heard);
        fillers.invented += usize::from(is_heard && !is_said);
        fillers.missed += usize::from(is_said && !is_heard);
    }
    fillers
}

/// How far each labelled filler is from the nearest one heard, in seconds; `None` where none is within a second. Each
/// one heard stands for one label only.
pub(super) fn distances(labelled: &[f64], heard: &[f64]) -> Vec<Option<f64>> {
    let mut free = heard.to_vec();
    let nearest = |label: &f64| {
        let away = |at: &f64| (at - label).abs();
        let place =
            (0..free.len()).min_by(|left, right| away(&free[*left]).total_cmp(&away(&free[*right])))?;
        let distance = away(&free[place]);
        (distance < 1.0).then(|| {
            free.remove(place);
            distance
        })
    };
    labelled.iter().map(nearest).collect()
}
