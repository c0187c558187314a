use chrono::{TimeDelta, TimeZone as _};
use uuid::Uuid;

use super::*;
use crate::attention::event::{FaceBox, FaceReading, FrameReading, Gaze};
use crate::ids::{StreamId, UtteranceId};
use crate::speech::SpokenWord;
use crate::transcript::event::AudioRange;

const FILE: &str = include_str!("../../../../schemas/rubrics/interview_delivery.v1.json");

fn at(ms: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap() + TimeDelta::milliseconds(ms)
}

/// Words of 300 ms with 100 ms between them: 150 a minute.
fn said(from_ms: i64, words: &[&str]) -> UtteranceTranscribed {
    let stream_id = StreamId(Uuid::nil());
    let words: Vec<_> = (0_u32..)
        .zip(words)
        .map(|(place, text)| SpokenWord {
            text: (*text).to_owned(),
            start_ms: place * 400,
            end_ms: place * 400 + 300,
            confidence: 0.9,
            filler: matches!(*text, "um" | "uh"),
        })
        .collect();
    UtteranceTranscribed {
        utterance_id: UtteranceId(Uuid::from_u128(u128::try_from(from_ms).unwrap())),
        question_id: None,
        audio: AudioRange { stream_id, first: 1, last: 2 },
        engine: "test/1".into(),
        started_at: at(from_ms),
        duration_ms: words.last().map_or(0, |word| word.end_ms),
        words: words.into(),
    }
}

fn frame(ms: i64, gaze: Gaze) -> FrameAnalysed {
    FrameAnalysed {
        stream_id: StreamId(Uuid::nil()),
        sequence: u64::try_from(ms).unwrap() + 1,
        captured_at: at(ms),
        analyser: "test/1".into(),
        reading: FrameReading::Face(FaceReading {
            faces: 1,
            face: FaceBox { x: 0.3, y: 0.2, width: 0.4, height: 0.5 },
            head: None,
            gaze,
            shoulders: None,
            light: 0.5,
            confidence: 0.9,
        }),
    }
}

fn judged(utterances: &[UtteranceTranscribed], frames: &[FrameAnalysed]) -> Delivery {
    let utterances: Vec<_> = utterances.iter().collect();
    let answer = SpokenAnswer {
        zero: at(0),
        opened_at: at(10_000),
        submitted_at: at(60_000),
        utterances: &utterances,
        frames,
        neutral: None,
    };
    judge(&answer, &DeliveryRubric::parse(FILE).unwrap())
}

fn rating(delivery: &Delivery, criterion: DeliveryCriterion) -> DeliveryRating {
    delivery.ratings.iter().find(|rating| rating.criterion == criterion).unwrap().clone()
}

#[test]
fn what_could_not_be_observed_is_left_out_and_not_counted_as_zero() {
    let delivery = judged(&[said(14_000, &["word"; 40])], &[]);
    let observed = |criterion| rating(&delivery, criterion).level.is_some();
    assert!(observed(DeliveryCriterion::Pace) && observed(DeliveryCriterion::Fillers));
    assert!(!observed(DeliveryCriterion::Attention) && !observed(DeliveryCriterion::Framing));
    assert_eq!(delivery.overall, Some(Score::clamped(100.0)));
}

#[test]
fn a_few_words_are_too_few_to_judge() {
    let delivery = judged(&[said(14_000, &["yes"; 5])], &[]);
    assert!(delivery.ratings.iter().all(|rating| rating.level.is_none()));
    assert_eq!(delivery.overall, None);
}

#[test]
fn each_filler_is_told_with_its_time() {
    let mut words = vec!["word"; 40];
    (words[3], words[20], words[30]) = ("um", "um", "uh");
    let rating = rating(&judged(&[said(14_000, &words)], &[]), DeliveryCriterion::Fillers);
    let moments = rating.moments.present().unwrap();
    let times: Vec<_> = moments.iter().map(|moment| (moment.start_ms, moment.label.as_str())).collect();
    assert_eq!(times, [(15_200, "um"), (22_000, "um"), (26_000, "uh")]);
    assert_eq!(
        rating.rationale.present().unwrap(),
        "3 fillers in 37 words: “um” 2 times, “uh” 1 time. A silent pause works as well."
    );
    assert!(rating.level.unwrap().value() < 3.5, "{:?}", rating.level);
}

#[test]
fn where_one_looks_while_thinking_does_not_count() {
    let away = (10_000..14_000).step_by(500).map(|ms| frame(ms, Gaze::Away));
    let toward = (14_000..30_000).step_by(500).map(|ms| frame(ms, Gaze::Toward));
    let frames: Vec<_> = away.chain(toward).collect();
    let delivery = judged(&[said(14_000, &["word"; 40])], &frames);
    assert_eq!(delivery.frames, 32);
    let rating = rating(&delivery, DeliveryCriterion::Attention);
    assert_eq!(rating.features[0], Feature { name: "share_toward_camera".into(), value: 1.0 });
    assert!(rating.moments.present().unwrap().is_empty());
}

#[test]
fn a_look_away_is_told_with_its_time() {
    let gaze = |ms| if (20_000..24_000).contains(&ms) { Gaze::Away } else { Gaze::Toward };
    let frames: Vec<_> = (14_000..30_000).step_by(500).map(|ms| frame(ms, gaze(ms))).collect();
    let rating = rating(&judged(&[said(14_000, &["word"; 40])], &frames), DeliveryCriterion::Attention);
    let moments = rating.moments.present().unwrap();
    assert_eq!(moments.len(), 1);
    assert_eq!((moments[0].start_ms, moments[0].end_ms), (20_000, 24_000));
    assert!(rating.level.unwrap().value() > 4.9);
}

#[test]
fn the_same_observations_give_the_same_delivery() {
    let frames: Vec<_> = (14_000..30_000).step_by(500).map(|ms| frame(ms, Gaze::Toward)).collect();
    let utterances = [said(14_000, &["word"; 25]), said(26_000, &["more"; 25])];
    let one = serde_json::to_string(&judged(&utterances, &frames)).unwrap();
    assert_eq!(one, serde_json::to_string(&judged(&utterances, &frames)).unwrap());
}
