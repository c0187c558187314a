//! The real binary with its own Postgres and NATS, killed in mid-interview: what was acknowledged stays.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "this whole file is a test, its helper functions too")]

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use chrono::{DateTime, Utc};
use interaura_adapters::clock::SystemClock;
use interaura_domain::ports::clock::Clock as _;
use interaura_domain::ports::speech_to_text::{Heard, SpeechToText as _};
use interaura_tests::browser::Browser;
use interaura_tests::steady_page::SteadyPage;
use interaura_tests::story::fresh;
use interaura_tests::{assets, environment, eventually, hostile, sound};
use serde_json::{Value, json};
use tempfile::TempDir;

const ROOM: &str = "query($id: ID!) { interviewRoom(id: $id) { status reportReady \
                    asked { id text answer { text evaluation } } } }";
const REPORT: &str =
    "query($id: ID!) { interviewReport(id: $id) { issued overall answers { text evaluation } } }";
const RESUME: &str = "query($id: ID!) { resume(id: $id) { stage fileName pages text } }";

/// `interaura up` on a folder of its own.
struct Up {
    server: Child,
    address: SocketAddr,
    dir: TempDir,
}

fn interaura(dir: &Path, address: SocketAddr) -> Command {
    let mut command = Command::new(environment("INTERAURA_BINARY"));
    command
        .env_remove("DATABASE_URL")
        .env_remove("NATS_URL")
        .env("INTERAURA_DATA", dir)
        .env("INTERAURA_ASSETS", assets().dir())
        .env("INTERAURA_LISTEN", address.to_string())
        .stdin(Stdio::null());
    command
}

fn spawn(dir: &Path, address: SocketAddr) -> Child {
    let log = std::fs::File::options().create(true).append(true).open(dir.join("test.log")).unwrap();
    interaura(dir, address).arg("up").stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap()
}

fn kill(pid: u32) {
    assert!(Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap().success());
}

/// The child of a process that runs a program, from `/proc`.
fn child(parent: u32, program: &str) -> Option<u32> {
    std::fs::read_dir("/proc").unwrap().flatten().find_map(|entry| {
        let pid: u32 = entry.file_name().to_str()?.parse().ok()?;
        let status = std::fs::read_to_string(entry.path().join("status")).ok()?;
        let field = |name: &str| {
            status.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned())
        };
        (field("Name:")? == program && field("PPid:")? == parent.to_string()).then_some(pid)
    })
}

impl Up {
    async fn start() -> Self {
        let dir = TempDir::new().unwrap();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let up = Self { server: spawn(dir.path(), address), address, dir };
        up.ready().await;
        up
    }

    async fn ready(&self) {
        let browser = self.browser();
        let roles = json!({});
        eventually("the server is ready", async || browser.try_ask("{ roles { slug } }", &roles).await).await;
    }

    fn browser(&self) -> Browser {
        Browser::new(self.address)
    }

    /// Kills a service in the midst of its work.
    async fn kill_service(&self, program: &str) {
        let parent = self.server.id();
        kill(eventually("the service runs", async || child(parent, program)).await);
    }

    /// Kills the server, and starts it again over the same folder.
    fn kill_server(&mut self) {
        kill(self.server.id());
        self.server.wait().unwrap();
        self.server = spawn(self.dir.path(), self.address);
    }

    /// What a command of the binary prints; it must succeed.
    fn run(&self, arguments: &[&str]) -> String {
        let output = interaura(self.dir.path(), self.address).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Up {
    fn drop(&mut self) {
        // A terminated server stops its services and leaves nothing running.
        let _ = Command::new("kill").arg(self.server.id().to_string()).status();
        let _ = self.server.wait();
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.dir.path().join("test.log")).unwrap_or_default();
            let from = log.len().saturating_sub(4_000);
            eprintln!("{}", String::from_utf8_lossy(&log.as_bytes()[from..]));
        }
    }
}

/// The open question, once there is one; `None` when the interview is over.
async fn open_question(browser: &Browser, interview: &str, answered: &[String]) -> Option<String> {
    let variables = json!({ "id": interview });
    eventually("a question is open", async || {
        let room = browser.try_ask(ROOM, &variables).await?["interviewRoom"].take();
        if room["status"] == "COMPLETED" {
            return Some(None);
        }
        let last = room["asked"].as_array()?.last()?.clone();
        let id = last["id"].as_str()?.to_owned();
        (last["answer"].is_null() && !answered.contains(&id)).then_some(Some(id))
    })
    .await
}

async fn started(browser: &Browser) -> String {
    browser.register("ada@example.org").await;
    let input = json!({ "mode": "MIXED", "role": "teacher", "difficulty": 2, "questions": 4 });
    let interview = browser.accepted("configureInterview", input).await["interviewId"].take();
    let interview = interview.as_str().unwrap().to_owned();
    let it = json!({ "interviewId": interview });
    eventually("it can be started", async || {
        browser.command("startInterview", it.clone()).await["refusal"].is_null().then_some(())
    })
    .await;
    interview
}

/// The lines of JSON that `interaura replay` prints for an aggregate's events of one type.
fn events(up: &Up, aggregate: &str, kind: &str) -> Vec<Value> {
    let lines = up.run(&["replay", "--open", "--aggregate", aggregate, "--type", kind]);
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resume_that_was_being_read_when_the_server_was_killed_is_read_once() {
    let mut up = Up::start().await;
    let browser = up.browser();
    browser.register("ada@example.org").await;
    let (status, body) = browser.upload(fresh(), "ada.pdf", hostile::pages_of_lines(250, 50)).await;
    assert_eq!(status, 202, "{body}");
    let resume = body["resumeId"].as_str().unwrap();
    let server = up.server.id();
    let reader = eventually("the resume is being read", async || child(server, "interaura")).await;
    up.kill_server();
    let killed_at = SystemClock.now();
    eventually("the reader of the dead server ends", async || {
        (!Path::new(&format!("/proc/{reader}")).exists()).then_some(())
    })
    .await;
    up.ready().await;
    let variables = json!({ "id": resume });
    let shown = eventually("the resume is read", async || {
        let shown = browser.try_ask(RESUME, &variables).await?["resume"].take();
        (shown["stage"] == "READ").then_some(shown)
    })
    .await;
    assert_eq!((&shown["fileName"], &shown["pages"]), (&json!("ada.pdf"), &json!(250)));
    assert!(shown["text"].as_str().unwrap().contains("service number 249"));
    for (kind, count) in [("resume_uploaded", 1), ("resume_text_extracted", 1), ("resume_rejected", 0)] {
        assert_eq!(events(&up, resume, kind).len(), count, "{kind}");
    }
    let extracted_at = events(&up, resume, "resume_text_extracted")[0]["payload"]["extracted_at"].take();
    let extracted_at: DateTime<Utc> = serde_json::from_value(extracted_at).unwrap();
    assert!(extracted_at > killed_at, "the reading was over when the server was killed");
    up.run(&["audit", "--chain"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn acknowledged_answers_survive_kills_and_are_evaluated_once() {
    let mut up = Up::start().await;
    let browser = up.browser();
    let interview = started(&browser).await;
    let (mut asked, mut texts) = (Vec::new(), Vec::new());
    while let Some(question) = open_question(&browser, &interview, &asked).await {
        let number = texts.len();
        let text = format!(
            "Answer {number}: my class would not settle, so I spoke with each pupil and we wrote rules. \
             Within a month the noise was gone."
        );
        let input = json!({ "interviewId": interview, "questionId": question, "text": text });
        let payload = browser.persist("submitAnswer", input).await;
        assert!(payload["refusal"].is_null(), "{payload}");
        asked.push(question);
        texts.push(text);
        // The answer is acknowledged, its verdict is being worked on.
        match number {
            0 => up.kill_service("postgres").await,
            1 => up.kill_service("nats-server").await,
            2 => up.kill_server(),
            _ => {}
        }
    }
    assert!(texts.len() >= 4);
    let variables = json!({ "id": interview });
    let report = eventually("the report is out", async || {
        let report = browser.try_ask(REPORT, &variables).await?["interviewReport"].take();
        (report["issued"] == true).then_some(report)
    })
    .await;
    let answers = report["answers"].as_array().unwrap();
    assert!(answers.iter().all(|answer| answer["evaluation"] == "EVALUATED"), "{report}");
    let reported: Vec<&str> = answers.iter().map(|answer| answer["text"].as_str().unwrap()).collect();
    assert_eq!(reported, texts);
    assert_eq!(events(&up, &interview, "answer_submitted").len(), texts.len());
    assert_eq!(events(&up, &interview, "answer_evaluated").len(), texts.len(), "each is evaluated once");
    assert_eq!(events(&up, &interview, "report_issued").len(), 1);
    up.run(&["audit", "--chain"]);
    let audit = up.run(&["audit", &interview]);
    assert_eq!(audit.matches("levels judged again").count(), texts.len(), "{audit}");
    assert!(audit.ends_with("every number was recomputed and agrees\n"), "{audit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_spoken_word_is_lost_or_doubled_when_servers_are_killed_in_mid_sentence() {
    let mut up = Up::start().await;
    let browser = up.browser();
    let interview = started(&browser).await;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/interview/answer.wav");
    let speech = sound::samples(&file);
    let spoken = u64::try_from(speech.len().div_ceil(1_600)).unwrap();
    // The microphone goes on after the last word.
    let spoken_samples = speech.len();
    let samples = [speech, vec![0; 16_000 * 60]].concat();
    let mut page = SteadyPage::new(&browser, &interview, &samples);
    let (service, server) = (spoken / 3, 2 * spoken / 3);
    page.speak(spoken, async |said| {
        if said == service {
            up.kill_service("nats-server").await;
        } else if said == server {
            up.kill_server();
        }
    })
    .await;
    let utterances = events(&up, &interview, "utterance_transcribed");
    let gaps = events(&up, &interview, "audio_gap_recorded");
    let mut ranges: Vec<(u64, u64)> = utterances.iter().chain(&gaps).map(range).collect();
    ranges.sort_unstable();
    assert_eq!(ranges[0].0, 1, "{ranges:?}");
    assert!(ranges.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0), "each chunk once: {ranges:?}");
    assert!(ranges.last().unwrap().1 >= spoken, "{ranges:?}");
    assert!(gaps.iter().all(|gap| gap["payload"]["cause"] != "lost"), "{gaps:?}");
    let heard: Vec<String> = utterances.iter().flat_map(words).collect();
    let undisturbed = heard_alone(&samples[..spoken_samples]).await;
    let common = in_common(&heard, &undisturbed);
    assert!(
        common * 10 >= undisturbed.len() * 9 && common * 10 >= heard.len() * 9,
        "heard {heard:?}, undisturbed {undisturbed:?}"
    );
    up.run(&["audit", "--chain"]);
}

fn range(event: &Value) -> (u64, u64) {
    let audio = &event["payload"]["audio"];
    (audio["first"].as_u64().unwrap(), audio["last"].as_u64().unwrap())
}

fn words(event: &Value) -> Vec<String> {
    let words = event["payload"]["words"].as_array().unwrap();
    words.iter().map(|word| plain(word["text"].as_str().unwrap())).collect()
}

fn plain(word: &str) -> String {
    word.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What the engine hears where nothing breaks.
async fn heard_alone(samples: &[i16]) -> Vec<String> {
    let mut session = sound::engine().open().await.unwrap();
    let heard = sound::heard_of(&mut *session, samples).await;
    let finals = heard.into_iter().filter_map(|heard| match heard {
        Heard::Final { words, .. } => Some(words),
        Heard::Interim { .. } | Heard::Silence { .. } => None,
    });
    finals.flatten().map(|word| plain(&word.text)).collect()
}

/// How many words two tellings have in common, in one order.
fn in_common(one: &[String], other: &[String]) -> usize {
    let mut row = vec![0; other.len() + 1];
    for word in one {
        let mut before = 0;
        for (place, twin) in other.iter().enumerate() {
            let above = row[place + 1];
            row[place + 1] = if word == twin { before + 1 } else { above.max(row[place]) };
            before = above;
        }
    }
    row[other.len()]
}
