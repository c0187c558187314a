//! From tokens to words with times, and which of them fill a pause.

use interaura_domain::speech::SpokenWord;

use super::decoder::Token;

/// A word lasts at most this long, and this much longer for each of its letters, in seconds.
const LONGEST: f32 = 0.25;
const LONGEST_PER_LETTER: f32 = 0.09;
/// A filler lasts at most this long, in seconds.
const LONGEST_FILLER: f32 = 0.9;
/// Who waits this long around a word means nothing by it, in seconds.
const WAIT: f32 = 0.2;

/// A word, its times in seconds from the start of its segment.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) start: f32,
    pub(super) end: f32,
    pub(super) confidence: f32,
    pub(super) is_filler: bool,
}

impl Word {
    /// The word alone: lower case, without punctuation at its ends.
    pub(super) fn plain(&self) -> String {
        self.text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
    }

    pub(super) fn middle(&self) -> f32 {
        f32::midpoint(self.start, self.end)
    }
}

/// The words of a segment of some seconds.
///
/// The decoder tells where a token ends. A word begins where the token before it ended, a comma, too: that is where
/// pauses are. But it is no longer than its letters allow.
pub(super) fn words(tokens: &[Token], seconds: f32) -> Vec<Word> {
    let mut words = joined(tokens, seconds);
    for word in &mut words {
        let plain = word.plain();
        word.is_filler = is_filler(&plain);
        let letters = f32::from(u16::try_from(plain.len()).unwrap_or(u16::MAX));
        let longest = if word.is_filler { LONGEST_FILLER } else { LONGEST + LONGEST_PER_LETTER * letters };
        word.start = word.start.max(word.end - longest);
    }
    without_laughter(words)
}

fn joined(tokens: &[Token], seconds: f32) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut before, mut parts) = (0.0_f32, 0.0_f32);
    for token in tokens {
        let has_letters = token.text.contains(char::is_alphanumeric);
        let end = token.end.clamp(before, seconds.max(before));
        match words.last_mut() {
            Some(word) if !(has_letters && begins_word(&word.text, &token.text)) => {
                word.text.push_str(&token.text);
                if has_letters || token.text.starts_with('\'') {
                    word.end = end;
                    parts += 1.0;
                    word.confidence += (token.confidence - word.confidence) / parts;
                }
            }
            None if !has_letters => {}
            Some(_) | None => {
                parts = 1.0;
                words.push(Word {
                    text: token.text.trim().to_owned(),
                    start: before,
                    end,
                    confidence: token.confidence,
                    is_filler: false,
                });
            }
        }
        before = end;
    }
    for word in &mut words {
        word.text.truncate(word.text.trim_end().len());
    }
    words
}

fn begins_word(before: &str, token: &str) -> bool {
    token.starts_with(' ') || !before.ends_with(|c: char| c.is_alphanumeric() || c == '\'' || c == '-')
}

/// Whether a word is nothing but a sound in a pause. "mhm" and "uh-huh" are answers.
fn is_filler(plain: &str) -> bool {
    const SOUNDS: [&str; 19] = [
        "um", "umm", "ummm", "uhm", "erm", "em", "uh", "uhh", "er", "err", "ah", "ahh", "eh", "hm", "hmm",
        "hmmm", "mm", "mmm", "uhhh",
    ];
    SOUNDS.contains(&plain)
}

fn without_laughter(words: Vec<Word>) -> Vec<Word> {
    let laughs: Vec<Option<usize>> = words
        .iter()
        .map(|word| {
            let plain = word.plain();
            matches!(plain.as_str(), "ha" | "haha" | "hahaha" | "heh").then_some(plain.len())
        })
        .collect();
    let laugh_at =
        |place: Option<usize>| place.and_then(|place| laughs.get(place)).is_some_and(Option::is_some);
    let is_laughter = |place: usize| {
        laughs[place]
            .is_some_and(|letters| letters > 3 || laugh_at(place.checked_sub(1)) || laugh_at(Some(place + 1)))
    };
    let words = words.into_iter().enumerate();
    words.filter(|(place, _)| !is_laughter(*place)).map(|(_, word)| word).collect()
}

/// Marks phrases that fill a pause: "you know" unless it asks or leads to something, "like" where it stands alone.
/// "you know" becomes one word.
pub(super) fn with_phrases(words: &[Word]) -> Vec<Word> {
    let plains: Vec<String> = words.iter().map(Word::plain).collect();
    let stands_alone = |place: usize| {
        let word = &words[place];
        let before = place.checked_sub(1).map(|before| &words[before]);
        let is_apart_before =
            before.is_none_or(|before| ends_phrase(&before.text) || word.start - before.end >= WAIT);
        let is_apart_after = words
            .get(place + 1)
            .is_none_or(|after| ends_phrase(&word.text) || after.start - word.end >= WAIT);
        is_apart_before && is_apart_after
    };
    let mut marked: Vec<Word> = Vec::with_capacity(words.len());
    let mut place = 0;
    while let Some(word) = words.get(place) {
        let mut word = word.clone();
        let next = words.get(place + 1).filter(|_| is_you_know(&plains, words, place));
        if let Some(know) = next {
            word.text = format!("{} {}", word.text, know.text);
            word.end = know.end;
            word.confidence = word.confidence.min(know.confidence);
            word.is_filler = true;
            place += 1;
        } else if plains[place] == "like" && words.len() > 1 && stands_alone(place) {
            word.is_filler = true;
        }
        marked.push(word);
        place += 1;
    }
    marked
}

fn is_you_know(plains: &[String], words: &[Word], place: usize) -> bool {
    const LEADS_ON: [&str; 15] = [
        "what", "who", "whom", "whose", "where", "when", "why", "which", "whether", "that", "how", "if",
        "about", "the", "it",
    ];
    /// Before these it is a question or a statement about knowing.
    const ASKS: [&str; 12] =
        ["do", "did", "if", "as", "because", "don't", "would", "might", "should", "may", "can", "will"];
    let is_phrase = plains[place] == "you" && plains.get(place + 1).is_some_and(|next| next == "know");
    let is_asked = place
        .checked_sub(1)
        .is_some_and(|before| ASKS.contains(&plains[before].as_str()) && !ends_phrase(&words[before].text));
    let leads_on = words.get(place + 1).is_some_and(|know| {
        !ends_phrase(&know.text)
            && plains.get(place + 2).is_some_and(|next| LEADS_ON.contains(&next.as_str()))
    });
    is_phrase && !is_asked && !leads_on
}

fn ends_phrase(text: &str) -> bool {
    text.ends_with([',', '.', '?', '!', ';', ':', '-', '…', '—'])
}

/// The words as the port has them, with times from the first one's start; that start in ms of the stream, for a
/// segment that starts at `from_ms`.
pub(super) fn spoken(words: &[Word], from_ms: u64) -> (u64, Vec<SpokenWord>) {
    let first = words.first().map_or(0, |word| milliseconds(word.start));
    let time = |seconds: f32| milliseconds(seconds).saturating_sub(first);
    let spoken = words.iter().map(|word| SpokenWord {
        text: word.text.clone(),
        start_ms: time(word.start),
        end_ms: time(word.end).max(time(word.start)),
        confidence: word.confidence.clamp(0.0, 1.0),
        filler: word.is_filler,
    });
    (from_ms + u64::from(first), spoken.collect())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a time in a segment is not negative"
)]
fn milliseconds(seconds: f32) -> u32 {
    (seconds * 1_000.0).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(text: &str, end: f32) -> Token {
        Token { id: 0, text: text.to_owned(), confidence: 0.8, end }
    }

    fn word(text: &str, start: f32, end: f32) -> Word {
        Word { text: text.to_owned(), start, end, confidence: 0.8, is_filler: false }
    }

    fn marked(words: &[Word]) -> Vec<(String, bool)> {
        with_phrases(words).into_iter().map(|word| (word.text, word.is_filler)).collect()
    }

    /// Words of 0.2 s without pauses.
    fn run(text: &str) -> Vec<Word> {
        let mut at = 0.0;
        let words = text.split(' ').map(|text| {
            at += 0.2;
            word(text, at - 0.2, at)
        });
        words.collect()
    }

    #[test]
    fn a_word_ends_with_its_last_letters_and_begins_after_the_comma_before_it() {
        let tokens = [
            token(" I", 0.3),
            token(" re", 0.6),
            token("built", 0.9),
            token(",", 2.0),
            token(" it", 2.2),
            token(".", 2.5),
        ];
        let words = words(&tokens, 3.0);
        let texts: Vec<_> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["I", "rebuilt,", "it."]);
        assert_eq!((words[1].start, words[1].end), (0.3, 0.9));
        assert_eq!((words[2].start, words[2].end), (2.0, 2.2));
    }

    #[test]
    fn no_word_is_longer_than_its_letters_allow() {
        let words = words(&[token(" so", 4.0), token(" um", 6.0)], 7.0);
        assert!((words[0].start - (4.0 - 0.25 - 0.18)).abs() < 1e-4, "{}", words[0].start);
        assert!((words[1].start - 5.1).abs() < 1e-4 && words[1].is_filler, "{}", words[1].start);
    }

    #[test]
    fn times_never_run_backwards_or_past_the_end() {
        let words = words(&[token(" so", 2.0), token(" we", 1.0), token(" go", 9.0)], 3.0);
        assert_eq!((words[1].start, words[1].end, words[2].end), (2.0, 2.0, 3.0));
    }

    #[test]
    fn answers_are_no_fillers_and_laughter_is_no_words() {
        let tokens = ["Mhm,", " uh,", " ha", " ha", " uh-huh"].map(|text| token(text, 0.0));
        let words = words(&tokens, 1.0);
        let said: Vec<_> = words.iter().map(|word| (word.text.as_str(), word.is_filler)).collect();
        assert_eq!(said, [("Mhm,", false), ("uh,", true), ("uh-huh", false)]);
    }

    #[test]
    fn you_know_fills_a_pause_unless_it_leads_somewhere() {
        assert_eq!(marked(&run("it was, you know, hard"))[2], ("you know,".to_owned(), true));
        assert_eq!(marked(&run("as you know what I did")).len(), 6);
        assert_eq!(marked(&run("you know how it works")).len(), 5);
        assert_eq!(marked(&run("do you know Rust")).len(), 4);
    }

    #[test]
    fn like_fills_a_pause_where_it_stands_alone() {
        assert!(marked(&run("it was, like, hard"))[2].1);
        assert!(!marked(&run("I like Rust"))[1].1);
        assert!(!marked(&run("a tool like, well, this"))[2].1);
        let waiting = vec![word("was", 0.0, 0.2), word("like", 0.5, 0.7), word("huge", 1.0, 1.2)];
        assert!(marked(&waiting)[1].1);
    }

    #[test]
    fn times_are_told_from_the_first_word() {
        let (start_ms, spoken) = spoken(&[word("so", 0.5, 0.75), word("we", 0.8, 1.0)], 60_000);
        assert_eq!((start_ms, spoken[0].start_ms, spoken[0].end_ms), (60_500, 0, 250));
        assert_eq!((spoken[1].start_ms, spoken[1].end_ms), (300, 500));
    }
}
