//! Deepgram's adapter against a stand-in that asks and fails as the service does.

use std::sync::Arc;
use std::time::Duration;

use interaura_adapters::speech_to_text::deepgram::{ConnectError, Deepgram, Timings};
use interaura_domain::live::CHUNK_SAMPLES;
use interaura_domain::ports::speech_to_text::{Heard, SpeechError, SpeechSession, SpeechToText};
use interaura_domain::speech::SpokenWord;
use interaura_tests::binary::{interaura, said};
use interaura_tests::database::Database;
use interaura_tests::deepgram::{DeepgramStandIn, Fault, KEY};
use interaura_tests::nats::Nats;
use interaura_tests::story::candidate;
use interaura_tests::tls::TlsDoor;
use tempfile::TempDir;

/// What must happen before a test gives up.
const PATIENCE: Duration = Duration::from_secs(20);

fn quick() -> Timings {
    Timings {
        connect: Duration::from_millis(400),
        answer: Duration::from_millis(900),
        finalize: Duration::from_millis(300),
        pause: Duration::from_millis(20),
        ..Timings::default()
    }
}

fn engine(server: &DeepgramStandIn, timings: Timings) -> Deepgram {
    Deepgram::with_timings(KEY.into(), &server.url, "nova-2", timings)
}

async fn session(server: &DeepgramStandIn) -> Box<dyn SpeechSession> {
    engine(server, quick()).open().await.unwrap()
}

async fn speak(session: &mut dyn SpeechSession, numbers: &[i16]) {
    for number in numbers {
        let mut samples = vec![0; CHUNK_SAMPLES];
        samples[0] = *number;
        session.hear(&samples).await.unwrap();
    }
}

async fn heard(session: &mut dyn SpeechSession) -> Result<Heard, SpeechError> {
    tokio::time::timeout(PATIENCE, session.heard()).await.expect("nothing was heard")
}

fn text(words: &[SpokenWord]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Everything final until the audio is done with up to a moment: when it began, and its words.
async fn finals(session: &mut dyn SpeechSession, up_to_ms: u64) -> Vec<(u64, String)> {
    let mut finals = Vec::new();
    loop {
        let until = match heard(session).await.unwrap() {
            Heard::Interim { .. } => continue,
            Heard::Silence { until_ms } => until_ms,
            Heard::Final { start_ms, until_ms, words } => {
                finals.push((start_ms, text(&words)));
                until_ms
            }
        };
        if until >= up_to_ms {
            return finals;
        }
    }
}

/// The error that ends a session.
async fn failure(session: &mut dyn SpeechSession) -> SpeechError {
    loop {
        if let Err(error) = heard(session).await {
            return error;
        }
    }
}

fn assert_well_behaved(server: &DeepgramStandIn) {
    let seen = server.seen();
    assert!(seen.violations.is_empty(), "{:?}", seen.violations);
}

#[tokio::test]
async fn words_come_with_times_fillers_and_interim_results() {
    let server = DeepgramStandIn::start().await;
    let engine = engine(&server, quick());
    assert_eq!(engine.name(), "deepgram/nova-2");
    let mut session = engine.open().await.unwrap();
    speak(&mut *session, &[0, 0, 7, 13, 8, 9, 9, 9, 9, 9, 9, 0, 0, 0, 0]).await;
    let Heard::Interim { start_ms, words } = heard(&mut *session).await.unwrap() else {
        panic!("interim words come first")
    };
    assert_eq!((start_ms, words.len()), (210, 8));
    let Heard::Final { start_ms, until_ms, words } = heard(&mut *session).await.unwrap() else {
        panic!("then final ones")
    };
    assert_eq!((start_ms, until_ms), (210, 1_400));
    assert_eq!(text(&words), "w7 um w8 w9 w9 w9 w9 w9 w9");
    assert!(words[1].filler && !words[0].filler);
    assert_eq!((words[1].start_ms, words[1].end_ms), (100, 180));
    assert_well_behaved(&server);
    let asked = &server.seen().upgrades[0];
    for (name, value) in [
        ("model", "nova-2"),
        ("encoding", "linear16"),
        ("sample_rate", "16000"),
        ("interim_results", "true"),
        ("filler_words", "true"),
        ("vad_events", "true"),
        ("utterance_end_ms", "1000"),
    ] {
        assert_eq!(asked.get(name).map(String::as_str), Some(value), "{name}");
    }
}

#[tokio::test]
async fn a_wrong_key_is_a_refusal_and_so_is_an_empty_purse() {
    let server = DeepgramStandIn::start().await;
    let stranger = Deepgram::with_timings("not-the-key".into(), &server.url, "nova-2", quick());
    assert!(matches!(stranger.check().await, Err(ConnectError::Key)));
    let Err(SpeechError::Refused(reason)) = stranger.open().await else { panic!("it let a stranger in") };
    assert_eq!(reason, "Deepgram does not accept the key");
    assert!(!format!("{stranger:?}").contains("not-the-key"), "a key is never shown");
    let engine = engine(&server, quick());
    engine.check().await.unwrap();
    for (status, words) in [(402, "out of credit"), (403, "does not accept"), (400, "does not know")] {
        server.fail(Fault::Refuse(status));
        let Err(SpeechError::Refused(reason)) = engine.open().await else { panic!("{status}") };
        assert!(reason.contains(words), "{status}: {reason}");
    }
    let unknown = Deepgram::with_timings(KEY.into(), &server.url, "whisper", quick());
    assert!(matches!(unknown.check().await, Err(ConnectError::Request(400))));
    assert_well_behaved(&server);
}

#[tokio::test]
async fn who_is_busy_or_away_is_asked_again_for_a_while() {
    let server = DeepgramStandIn::start().await;
    for fault in [Fault::Refuse(429), Fault::Refuse(503), Fault::Down, Fault::Stall] {
        server.fail(fault.clone());
        let began = tokio::time::Instant::now();
        let Err(SpeechError::Unavailable(_)) = engine(&server, quick()).open().await else {
            panic!("{fault:?}")
        };
        assert!(began.elapsed() < Duration::from_secs(3), "{fault:?}");
    }
    server.fail(Fault::Refuse(503));
    let opening = tokio::spawn({
        let engine = engine(&server, Timings { pause: Duration::from_millis(400), ..quick() });
        async move { engine.open().await.is_ok() }
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.fail(Fault::None);
    assert!(opening.await.unwrap());
}

#[tokio::test]
async fn a_connection_lost_in_mid_speech_loses_no_word_and_repeats_none() {
    for fault in
        [Fault::Close(700, 1011, "NET-0000"), Fault::Vanish(700), Fault::Close(700, 1008, "DATA-0000")]
    {
        let server = DeepgramStandIn::start().await;
        let mut session = session(&server).await;
        speak(&mut *session, &[1, 0, 0, 0]).await;
        assert_eq!(finals(&mut *session, 400).await, [(10, "w1".to_owned())]);
        server.fail(fault);
        speak(&mut *session, &[2, 3, 4]).await;
        // It hangs up on the seventh chunk; after that it is well again.
        tokio::time::sleep(Duration::from_millis(60)).await;
        server.fail(Fault::None);
        speak(&mut *session, &[5, 0, 0, 0, 6, 0, 0, 0]).await;
        let heard = finals(&mut *session, 1_500).await;
        assert_eq!(heard, [(410, "w2 w3 w4 w5".to_owned()), (1_110, "w6".to_owned())]);
        assert_eq!(server.seen().upgrades.len(), 2);
        assert_well_behaved(&server);
    }
}

#[tokio::test]
async fn who_fails_again_and_again_is_given_up() {
    let server = DeepgramStandIn::start().await;
    let mut session = session(&server).await;
    server.fail(Fault::Close(200, 1011, "NET-0000"));
    speak(&mut *session, &[1, 2, 3]).await;
    let error = failure(&mut *session).await;
    assert!(matches!(error, SpeechError::Unavailable(_)), "{error:?}");
    assert_eq!(server.seen().upgrades.len(), 3);
    assert!(session.hear(&[0; CHUNK_SAMPLES]).await.is_err(), "the session is over");
}

#[tokio::test]
async fn credit_that_runs_out_in_mid_speech_is_a_refusal() {
    let server = DeepgramStandIn::start().await;
    let mut session = session(&server).await;
    server.fail(Fault::CloseThenRefuse(200, 402));
    speak(&mut *session, &[1, 2, 3]).await;
    let SpeechError::Refused(reason) = failure(&mut *session).await else { panic!("not a refusal") };
    assert_eq!(reason, "Deepgram is out of credit");
    let again = session.finalize().await;
    assert!(matches!(again, Err(SpeechError::Refused(_))), "the reason stays");
}

#[tokio::test]
async fn who_says_nothing_or_nothing_that_can_be_read_is_given_up() {
    for fault in [Fault::Silent, Fault::Garbage] {
        let server = DeepgramStandIn::start().await;
        let mut session = session(&server).await;
        server.fail(fault.clone());
        speak(&mut *session, &[1; 12]).await;
        let error = failure(&mut *session).await;
        assert!(matches!(error, SpeechError::Unavailable(_)), "{fault:?}: {error:?}");
    }
}

#[tokio::test]
async fn late_answers_and_babble_between_them_do_no_harm() {
    for fault in [Fault::Slow(Duration::from_millis(600)), Fault::Babble] {
        let server = DeepgramStandIn::start().await;
        server.fail(fault);
        let mut session = session(&server).await;
        speak(&mut *session, &[1, 2, 0, 0, 0, 3, 0, 0, 0]).await;
        let heard = finals(&mut *session, 900).await;
        assert_eq!(heard, [(10, "w1 w2".to_owned()), (510, "w3".to_owned())]);
        assert_well_behaved(&server);
    }
}

#[tokio::test]
async fn final_words_come_when_they_are_asked_for() {
    for fault in [Fault::None, Fault::NoFinalize] {
        let server = DeepgramStandIn::start().await;
        server.fail(fault.clone());
        let mut session = session(&server).await;
        speak(&mut *session, &[0; 6]).await;
        session.finalize().await.unwrap();
        assert!(finals(&mut *session, 600).await.is_empty(), "{fault:?}");
        speak(&mut *session, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]).await;
        session.finalize().await.unwrap();
        session.finalize().await.unwrap();
        let heard = finals(&mut *session, 1_700).await;
        let said = heard.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(" ");
        assert_eq!(said, "w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11", "{fault:?}");
        session.finalize().await.unwrap();
        assert!(finals(&mut *session, 1_700).await.is_empty(), "nothing was left: {fault:?}");
        assert_well_behaved(&server);
    }
}

#[tokio::test]
async fn a_quiet_connection_is_kept_alive_and_one_that_is_closed_comes_back_with_the_next_word() {
    let server = DeepgramStandIn::with_idle(Duration::from_millis(700)).await;
    let timings = Timings { keep_alive: Duration::from_millis(300), ..quick() };
    let mut session = engine(&server, timings).open().await.unwrap();
    speak(&mut *session, &[1, 0, 0, 0]).await;
    assert_eq!(finals(&mut *session, 400).await, [(10, "w1".to_owned())]);
    tokio::time::sleep(Duration::from_millis(1_600)).await;
    let seen = server.seen();
    assert!(seen.kept_alive_ms.len() >= 3, "{seen:?}");
    assert!(seen.kept_alive_ms.iter().all(|quiet| (250..600).contains(quiet)), "{seen:?}");
    assert_eq!(seen.upgrades.len(), 1, "it was never closed");
    speak(&mut *session, &[2, 0, 0, 0]).await;
    assert_eq!(finals(&mut *session, 800).await, [(410, "w2".to_owned())]);
    // A client that is not kept alive is hung up, and that is no failure.
    let careless = Timings { keep_alive: Duration::from_mins(1), ..quick() };
    let mut session = engine(&server, careless).open().await.unwrap();
    for n in 1..=4 {
        speak(&mut *session, &[n, 0, 0, 0]).await;
        let at = u64::try_from(n).unwrap() * 400;
        assert_eq!(finals(&mut *session, at).await, [(at - 390, format!("w{n}"))]);
        tokio::time::sleep(Duration::from_millis(800)).await;
    }
    assert_eq!(server.seen().upgrades.len(), 5);
    assert_well_behaved(&server);
}

#[tokio::test]
async fn a_connection_that_hears_nothing_is_hung_up_and_opened_for_the_first_word() {
    let server = DeepgramStandIn::with_idle(Duration::from_millis(700)).await;
    let timings = Timings { unused: Duration::from_millis(300), ..quick() };
    let mut session = engine(&server, timings).open().await.unwrap();
    tokio::time::sleep(Duration::from_millis(900)).await;
    assert_eq!(server.seen().closed, 1);
    session.finalize().await.unwrap();
    assert_eq!(heard(&mut *session).await.unwrap(), Heard::Silence { until_ms: 0 });
    speak(&mut *session, &[1, 0, 0, 0]).await;
    assert_eq!(finals(&mut *session, 400).await, [(10, "w1".to_owned())]);
    assert_eq!(server.seen().upgrades.len(), 2);
}

#[tokio::test]
async fn a_replay_keeps_the_pace_and_the_end_is_said() {
    let server = DeepgramStandIn::start().await;
    let mut session = session(&server).await;
    let numbers: Vec<i16> = (1..=8).flat_map(|number| [number, 0, 0, 0]).collect();
    speak(&mut *session, &numbers).await;
    assert_eq!(finals(&mut *session, 3_200).await.len(), 8);
    assert_well_behaved(&server);
    drop(session);
    interaura_tests::eventually("the stream is closed", async || (server.seen().closed == 1).then_some(()))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_deepgram_dies_in_mid_interview_the_second_engine_loses_nothing() {
    use interaura_domain::live::News;
    use interaura_tests::app::App;
    use interaura_tests::live::{ByteSeeing, LivePage, NumberHearing};

    let server = DeepgramStandIn::start().await;
    let first: Arc<dyn SpeechToText> = Arc::new(engine(&server, quick()));
    let second: Arc<dyn SpeechToText> =
        Arc::new(NumberHearing { name: "embedded/1", ..NumberHearing::default() });
    let app = App::start_live(vec![first, second], Arc::new(ByteSeeing)).await;
    let browser = super::interview::signed_in(&app, "ada@example.org").await;
    let (interview, _) = super::interview::started(&browser, 2).await;
    let mut page = LivePage::open(&browser, &interview).await;
    page.heard_from().await;
    page.speak(1, &[1, 2, 0, 0, 0, 3]).await;
    page.committed(5).await;
    server.fail(Fault::Down);
    page.speak(7, &[4, 13, 0, 0, 0]).await;
    let switched = page
        .told("that another engine hears", |news| match news {
            News::EngineSwitched { engine, reason } => Some((engine, reason)),
            _ => None,
        })
        .await;
    assert_eq!(switched, ("embedded/1".to_owned(), "not available".to_owned()));
    page.committed(11).await;
    page.speak(12, &[5, 0, 0, 0]).await;
    page.committed(15).await;
    let transcript = super::live::transcript(&app, &interview).await;
    let said: Vec<_> = transcript.utterances().iter().map(|one| (one.engine.as_str(), one.text())).collect();
    let said: Vec<_> = said.iter().map(|(engine, text)| (*engine, text.as_str())).collect();
    assert_eq!(said, [("deepgram/nova-2", "w1 w2"), ("embedded/1", "w3 w4 um"), ("embedded/1", "w5")]);
    assert_well_behaved(&server);
}

#[tokio::test(flavor = "multi_thread")]
async fn deepgram_is_asked_over_tls_by_whoever_trusts_its_certificate() {
    let (server, database, nats) =
        (DeepgramStandIn::start().await, Database::create().await, Nats::start().await);
    let door = TlsDoor::before(server.url.trim_start_matches("ws://").to_owned()).await;
    let dir = TempDir::new().unwrap();
    // A command that wires the whole program up, and with it asks Deepgram whether the key is right: there is an event
    // with which nothing is left to do.
    let owner = candidate(&database.store(), "Ada Lovelace").await;
    let park = "INSERT INTO parked_reactions (reaction, position, candidate_id, event_type, error) \
                VALUES ('email_delivery', 1, $1, 'account_registered', 'a test') ON CONFLICT DO NOTHING";
    sqlx::query(park).bind(owner.0).execute(&database.pool).await.unwrap();
    let asked = |key: &str, trusted: bool| {
        let mut command = interaura(&database, &nats, dir.path());
        command.args(["dead-letters", "retry", "email_delivery/1"]);
        command.env("DEEPGRAM_API_KEY", key);
        command.env("DEEPGRAM_URL", format!("wss://localhost:{}", door.address.port()));
        if trusted {
            command.env("SSL_CERT_FILE", &door.certificate);
        }
        tokio::task::block_in_place(|| said(&command.output().unwrap()))
    };
    let (succeeded, words) = asked(KEY, true);
    assert!(succeeded && !words.contains("cannot hear now"), "{words}");
    assert_eq!(server.seen().upgrades.len(), 1);
    sqlx::query(park).bind(owner.0).execute(&database.pool).await.unwrap();
    let (succeeded, words) = asked("another", true);
    assert!(
        !succeeded && words.contains("DEEPGRAM_API_KEY is set, and Deepgram does not accept it"),
        "{words}"
    );
    let before = server.seen().upgrades.len();
    let (_, words) = asked(KEY, false);
    assert!(words.contains("cannot hear now"), "nobody is asked who is not known: {words}");
    assert_eq!(server.seen().upgrades.len(), before);
    assert_well_behaved(&server);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_asks_deepgram_whether_the_key_is_right() {
    let (server, database, nats) =
        (DeepgramStandIn::start().await, Database::create().await, Nats::start().await);
    nats.connect().await;
    let dir = TempDir::new().unwrap();
    let asked = |key: &str| {
        let mut command = interaura(&database, &nats, dir.path());
        command.arg("doctor").env("DEEPGRAM_API_KEY", key).env("DEEPGRAM_URL", &server.url);
        tokio::task::block_in_place(|| said(&command.output().unwrap()))
    };
    let (succeeded, words) = asked("another");
    assert!(!succeeded && words.contains("Deepgram does not accept it"), "{words}");
    let (_, words) = asked(KEY);
    assert!(words.contains("Deepgram: nova-2 at"), "{words}");
    assert_well_behaved(&server);
}
