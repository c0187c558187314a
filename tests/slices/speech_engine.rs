//! The engine of this machine hears the clips of the fixtures through the port.

use std::path::Path;

use interaura_domain::ports::speech_to_text::{Heard, SpeechToText as _};
use interaura_domain::speech::SpokenWord;
use interaura_tests::sound::{engine, heard_of, samples};

/// Where the synthesiser said "um".
const FILLER_MIDDLE_MS: u64 = 2_857;

fn clip(name: &str) -> Vec<i16> {
    samples(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/speech").join(name))
}

/// The words that stay, with the time of the stream at which each begins.
fn final_words(heard: &[Heard]) -> Vec<(u64, SpokenWord)> {
    let finals = heard.iter().filter_map(|heard| match heard {
        Heard::Final { start_ms, words, .. } => Some((start_ms, words)),
        Heard::Interim { .. } | Heard::Silence { .. } => None,
    });
    finals
        .flat_map(|(start_ms, words)| {
            words.iter().map(move |word| (start_ms + u64::from(word.start_ms), word.clone()))
        })
        .collect()
}

fn ends(heard: &[Heard]) -> Vec<u64> {
    let end = |heard: &Heard| match heard {
        Heard::Interim { .. } => None,
        Heard::Final { until_ms, .. } | Heard::Silence { until_ms } => Some(*until_ms),
    };
    heard.iter().filter_map(end).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn read_prose_is_heard_word_by_word() {
    let mut session = engine().open().await.unwrap();
    let heard = heard_of(&mut *session, &clip("librivox-austen.wav")).await;
    let words = final_words(&heard);
    let text: Vec<String> = words.iter().map(|(_, word)| word.plain()).collect();
    assert_eq!(text.join(" ").replace('-', " "), "he was not an ill disposed young man");
    assert!(words.iter().all(|(_, word)| !word.filler && word.confidence > 0.3), "{words:?}");
    assert!(words.is_sorted_by_key(|(at, _)| *at), "{words:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filler_is_heard_where_it_was_said() {
    let mut session = engine().open().await.unwrap();
    let heard = heard_of(&mut *session, &clip("hesitant.wav")).await;
    let words = final_words(&heard);
    let fillers: Vec<_> = words.iter().filter(|(_, word)| word.filler).collect();
    assert_eq!(fillers.len(), 1, "{words:?}");
    let (at, filler) = fillers[0];
    let middle = at + u64::from(filler.end_ms - filler.start_ms) / 2;
    assert!(middle.abs_diff(FILLER_MIDDLE_MS) < 500, "at {middle} ms");
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_is_told_of_and_asking_for_words_reaches_the_end() {
    let mut session = engine().open().await.unwrap();
    let quiet = heard_of(&mut *session, &vec![0; 16_000 * 3]).await;
    assert!(quiet.iter().all(|heard| matches!(heard, Heard::Silence { .. })), "{quiet:?}");
    assert_eq!(ends(&quiet).last(), Some(&3_000));
    // The stream goes on.
    let spoken = clip("librivox-austen.wav");
    for chunk in spoken.chunks(1_600) {
        session.hear(chunk).await.unwrap();
    }
    session.finalize().await.unwrap();
    session.finalize().await.unwrap();
    let end_ms = 3_000 + u64::try_from(spoken.len() / 16).unwrap();
    let mut until = vec![];
    while until.last().is_none_or(|until| *until < end_ms) {
        until.extend(ends(&[session.heard().await.unwrap()]));
    }
    assert!(until.is_sorted(), "{until:?}");
}
