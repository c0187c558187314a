//! How far two readings of one text agree.

use std::collections::HashMap;
use std::hash::Hash;

use unicode_normalization::UnicodeNormalization as _;

/// The F1 of the words of `left` and `right` as multisets, 0 to 1; 1 where both hold no word.
///
/// A word is what stands between white space after NFKC and holds a letter or digit: bullets and rules
/// are no words. Chinese and Japanese are written without spaces, so there every character counts as one.
pub fn word_f1(left: &str, right: &str) -> f64 {
    if is_written_without_spaces(left) || is_written_without_spaces(right) {
        return multiset_f1(characters(left), characters(right));
    }
    multiset_f1(words(left), words(right))
}

/// The share of the words of `reference` that `text` holds too, each as often, 0 to 1.
pub fn word_recall(text: &str, reference: &str) -> f64 {
    let (common, _, wanted) = count(words(text), words(reference));
    if wanted == 0 { 1.0 } else { ratio(common, wanted) }
}

/// Whether a fifth or more of the letters are Chinese or Japanese.
pub fn is_written_without_spaces(text: &str) -> bool {
    let (mut all, mut wide) = (0_usize, 0_usize);
    for character in text.chars().filter(|character| character.is_alphanumeric()) {
        all += 1;
        wide += usize::from(matches!(character, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'));
    }
    all > 0 && wide * 5 >= all
}

fn words(text: &str) -> Vec<String> {
    let text: String = text.nfkc().collect();
    text.split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(str::to_owned)
        .collect()
}

fn characters(text: &str) -> Vec<char> {
    text.nfkc().filter(|character| character.is_alphanumeric()).collect()
}

fn multiset_f1<T: Eq + Hash>(left: Vec<T>, right: Vec<T>) -> f64 {
    let (common, left, right) = count(left, right);
    if left + right == 0 { 1.0 } else { 2.0 * ratio(common, left + right) }
}

fn count<T: Eq + Hash>(left: Vec<T>, right: Vec<T>) -> (usize, usize, usize) {
    let (left_len, right_len) = (left.len(), right.len());
    let mut left_over: HashMap<T, usize> = HashMap::with_capacity(left_len);
    for item in left {
        *left_over.entry(item).or_default() += 1;
    }
    let mut common = 0;
    for item in right {
        if let Some(count) = left_over.get_mut(&item).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    (common, left_len, right_len)
}

#[expect(clippy::cast_precision_loss, reason = "counts of words stay far below 2^52")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_words_in_any_order_agree_fully() {
        assert!((word_f1("Rust and SQL", "SQL • Rust and") - 1.0).abs() < 1e-9);
        assert!((word_f1("", "") - 1.0).abs() < 1e-9);
    }

    #[test]
    fn each_word_counts_as_often_as_it_stands_there() {
        assert!((word_f1("go go go", "go") - 0.5).abs() < 1e-9);
        assert!((word_recall("go go go", "go") - 1.0).abs() < 1e-9);
    }

    #[test]
    fn japanese_is_compared_by_characters() {
        assert!((word_f1("職務 経歴書", "職務経歴書") - 1.0).abs() < 1e-9);
    }
}
