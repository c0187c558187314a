//! What nobody may be asked: age, family, health, origin, belief, private life.
//!
//! By the words that ask for it. It errs on the side of the candidate: a fair question that is refused is worded
//! anew, an unfair one that is asked cannot be taken back.

mod families;
#[cfg(test)]
mod tests;

use self::families::{AGES, FAIR, FAMILIES, PASSED_OVER, UNFAIR};
use crate::interview::words::{self, Word};

/// How many words of little meaning a `..` passes over.
const WIDEST_GAP: usize = 3;

/// What a text asks for that nobody may be asked; `None` where it is fair.
pub fn unfair_topic(text: &str) -> Option<&'static str> {
    let words = words::words(text);
    let mut asked: Vec<Option<&Word>> = words.iter().map(Some).collect();
    for start in 0..words.len() {
        for length in
            FAIR.iter().filter_map(|pattern| length_at(pattern, &asked[start..])).collect::<Vec<_>>()
        {
            asked[start..start + length].fill(None);
        }
    }
    let holds = |pattern: &&str| (0..asked.len()).any(|start| length_at(pattern, &asked[start..]).is_some());
    UNFAIR.iter().find(|(_, patterns)| patterns.iter().any(&holds)).map(|(topic, _)| *topic)
}

/// How many words a pattern takes where they begin with it.
///
/// `a|b` is one of the two, `ab*` begins so, `@name` is one of a family, `#` is an age in numbers, and `..` passes over
/// a few words of little meaning.
fn length_at(pattern: &str, words: &[Option<&Word>]) -> Option<usize> {
    let (wanted, rest) = pattern.split_once(' ').unwrap_or((pattern, ""));
    if wanted == ".." {
        return (0..=WIDEST_GAP.min(words.len()))
            .take_while(|gap| gap.checked_sub(1).is_none_or(|last| is_passed_over(words[last])))
            .find_map(|gap| length_at(rest, &words[gap..]).map(|length| gap + length));
    }
    let word = (*words.first()?)?;
    if !wanted.split('|').any(|wanted| is_meant(wanted, word)) {
        return None;
    }
    if rest.is_empty() { Some(1) } else { length_at(rest, &words[1..]).map(|length| length + 1) }
}

fn is_meant(wanted: &str, word: &Word) -> bool {
    if let Some(name) = wanted.strip_prefix('@') {
        let members = FAMILIES.iter().filter(|(family, _)| *family == name).flat_map(|(_, members)| *members);
        return members.into_iter().any(|member| is_meant(member, word));
    }
    match wanted.strip_suffix('*') {
        Some(start) => word.text.starts_with(start),
        None if wanted == "#" => word.is_digits() || AGES.contains(&word.text.as_str()),
        None => word.text == wanted,
    }
}

fn is_passed_over(word: Option<&Word>) -> bool {
    word.is_some_and(|word| word.is_function_word() || PASSED_OVER.contains(&word.text.as_str()))
}
