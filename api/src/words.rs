//! Words for the candidate.

/// A sentence out of the words of an error: a capital at its beginning, a full stop at its end.
pub(crate) fn sentence(words: &str) -> String {
    let mut characters = words.trim().chars();
    let Some(first) = characters.next() else { return String::new() };
    let mut sentence: String = first.to_uppercase().chain(characters).collect();
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_with_a_capital_and_ends_with_a_stop() {
        assert_eq!(sentence("the file is empty; choose it again"), "The file is empty; choose it again.");
        assert_eq!(sentence("Are you there?"), "Are you there?");
        assert_eq!(sentence(" "), "");
    }
}
