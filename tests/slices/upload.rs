//! Files that a server must survive: each gets words that say what to do, and an event that says what happened.

use futures::future::join_all;
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::event_log::EventLog as _;
use interaura_tests::app::App;
use interaura_tests::browser::Browser;
use interaura_tests::story::fresh;
use interaura_tests::{eventually, hostile, resume_fixture};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::interview::signed_in;

const RESUME: &str =
    "query($id: ID!) { resume(id: $id) { stage fileName rejection text pages agreement remarks } }";
const LIST: &str = "{ resumes(first: 50) { edges { node { id fileName stage } } } }";

const LIMIT: usize = 10 << 20;

/// The resume as the screen shows it once the reader is done with it.
pub(super) async fn settled(browser: &Browser, id: &str) -> Value {
    eventually("the resume is read or rejected", async || {
        let resume = browser.ask(RESUME, json!({ "id": id })).await["resume"].take();
        (resume["stage"] == "READ" || resume["stage"] == "REJECTED").then_some(resume)
    })
    .await
}

/// The id of the resume that the list shows under a name.
async fn listed(browser: &Browser, file_name: &str) -> String {
    eventually("the list shows the file", async || {
        let edges = browser.ask(LIST, json!({})).await["resumes"]["edges"].take();
        let nodes = edges.as_array()?.iter().map(|edge| &edge["node"]);
        let found = nodes.filter(|node| node["fileName"] == file_name).collect::<Vec<_>>();
        assert!(found.len() < 2, "{found:?}");
        Some(found.first()?["id"].as_str()?.to_owned())
    })
    .await
}

/// Uploads a file that is taken, and waits until the reader is done with it.
async fn uploaded(browser: &Browser, file_name: &str, file: Vec<u8>) -> (String, Value) {
    let (status, body) = browser.upload(fresh(), file_name, file).await;
    assert_eq!(status, 202, "{file_name}: {body}");
    let id = body["resumeId"].as_str().unwrap().to_owned();
    let resume = settled(browser, &id).await;
    assert_eq!(resume["fileName"], file_name);
    (id, resume)
}

async fn stream(app: &App, id: &str) -> Vec<RecordedEvent> {
    app.wiring.store.read_stream("resume", id.parse().unwrap()).await.unwrap()
}

fn types(stream: &[RecordedEvent]) -> Vec<&str> {
    stream.iter().map(|event| event.event_type.as_str()).collect()
}

fn assert_is_advice(name: &str, message: &Value, advice: &str) {
    let message = message.as_str().unwrap_or_else(|| panic!("{name}: no words"));
    assert!(message.contains(advice), "{name}: {message}");
    assert!(message.starts_with(char::is_uppercase) && message.ends_with('.'), "{name}: {message}");
}

/// A server that was harmed would not do this.
async fn assert_unharmed(app: &App, browser: &Browser) {
    let health = reqwest::get(format!("http://{}/readyz", app.address)).await.unwrap();
    assert!(health.status().is_success());
    let (_, resume) = uploaded(browser, "good.pdf", resume_fixture("sb2nov.pdf")).await;
    assert_eq!((&resume["stage"], &resume["rejection"]), (&json!("READ"), &Value::Null));
    let ledger = app.wiring.store.verify_ledger().await.unwrap();
    assert!(ledger.events > 0);
}

/// What an event says.
fn content(event: &RecordedEvent) -> Value {
    serde_json::from_str(&event.payload).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_resume_is_turned_away_at_the_door_and_recorded() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let old_word = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    let sheet = hostile::zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]);
    let words = b"Ada Lovelace\nTeacher of mathematics".to_vec();
    for (file_name, file, reason, advice) in [
        ("nothing.pdf", Vec::new(), "empty", "choose the file again"),
        ("zeros.pdf", vec![0; 3000], "empty", "choose the file again"),
        ("picture.pdf", hostile::png(), "unknown_format", "export your resume as PDF"),
        ("words.pdf", words, "unknown_format", "export your resume as PDF"),
        ("old.doc", old_word, "unknown_format", "export your resume as PDF"),
        ("sheet.docx", sheet, "unknown_format", "export your resume as PDF"),
        ("locked.docx", hostile::locked_docx(), "encrypted", "without the password"),
        ("large.pdf", hostile::of_size(LIMIT + 1), "too_large", "larger than 10 MB"),
        ("huge.pdf", hostile::of_size(3 * LIMIT), "too_large", "larger than 10 MB"),
    ] {
        let (status, body) = browser.upload(fresh(), file_name, file).await;
        assert_eq!((status, &body["code"]), (422, &json!("UNREADABLE")), "{file_name}: {body}");
        assert_is_advice(file_name, &body["message"], advice);
        let id = listed(&browser, file_name).await;
        let resume = settled(&browser, &id).await;
        assert_eq!(resume["rejection"], body["message"], "{file_name}");
        let stream = stream(&app, &id).await;
        assert_eq!(types(&stream), ["resume_rejected"], "{file_name}");
        assert_eq!(content(&stream[0])["reason"], json!({ "unreadable": reason }), "{file_name}");
    }
    assert_unharmed(&app, &browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_rejected_with_its_reason() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let cut = resume_fixture("reanna-example.docx")[..3000].to_vec();
    let deep = hostile::docx(&"<a>".repeat(100_000));
    for (file_name, file, reason, advice) in [
        ("locked.pdf", resume_fixture("locked.pdf"), "encrypted", "without the password"),
        ("header.pdf", b"%PDF-1.7\n".to_vec(), "damaged", "export it again"),
        ("cut.docx", cut, "damaged", "export it again"),
        ("scan.pdf", hostile::scan(), "image_only", "text recognition"),
        ("bomb.docx", hostile::zip_bomb(), "too_complex", "as a plain PDF"),
        ("deep.docx", deep, "too_complex", "as a plain PDF"),
    ] {
        let (id, resume) = uploaded(&browser, file_name, file).await;
        assert_eq!(resume["stage"], "REJECTED", "{file_name}: {resume}");
        assert_is_advice(file_name, &resume["rejection"], advice);
        let stream = stream(&app, &id).await;
        assert_eq!(types(&stream), ["resume_uploaded", "resume_rejected"], "{file_name}");
        assert_eq!(content(&stream[1])["reason"], json!({ "unreadable": reason }), "{file_name}");
    }
    assert_unharmed(&app, &browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_made_to_break_readers_cost_only_their_own_reading() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let whole = resume_fixture("sb2nov.pdf");
    let mut torn = whole.clone();
    torn.iter_mut().skip(1200).step_by(97).for_each(|byte| *byte ^= 0x55);
    for (file_name, file) in [
        ("half.pdf", whole[..whole.len() / 2].to_vec()),
        ("torn.pdf", torn),
        ("loop.pdf", hostile::looping_pages()),
        ("mirror.pdf", hostile::recursive_form()),
        ("deep.pdf", hostile::nested(200_000)),
    ] {
        let (id, resume) = uploaded(&browser, file_name, file).await;
        assert_is_advice(file_name, &resume["rejection"], "export it again");
        let stream = stream(&app, &id).await;
        assert_eq!(types(&stream), ["resume_uploaded", "resume_rejected"], "{file_name}");
        let content = content(&stream[1]);
        let reason = content["reason"]["unreadable"].as_str().unwrap();
        assert!(["damaged", "too_complex", "no_text"].contains(&reason), "{file_name}: {reason}");
    }
    assert_unharmed(&app, &browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_be_read_after_all_is_read() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    for (file_name, file, text) in [
        ("word-inside.pdf", resume_fixture("reanna-example.docx"), "Jane Doe"),
        ("pdf-inside.docx", resume_fixture("sb2nov.pdf"), "Sourabh Bajaj"),
        ("pages.pdf", hostile::pages(200), "service number 199"),
        ("panic.pdf", hostile::unknown_colours(), "payments service"),
        ("limit.pdf", hostile::of_size(LIMIT), "payments service"),
    ] {
        let (id, resume) = uploaded(&browser, file_name, file).await;
        assert_eq!(
            types(&stream(&app, &id).await),
            ["resume_uploaded", "resume_text_extracted"],
            "{file_name}"
        );
        assert!(resume["text"].as_str().unwrap().contains(text), "{file_name}: {}", resume["text"]);
        let remarks = resume["remarks"].to_string();
        match file_name {
            "pages.pdf" => {
                assert_eq!(resume["pages"], 200);
                assert!(remarks.contains("200 pages"), "{remarks}");
            }
            "panic.pdf" => {
                assert_eq!(resume["agreement"], Value::Null, "one reader fell");
                assert!(remarks.contains("Only one of two readers"), "{remarks}");
            }
            _ => {}
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_at_once_are_all_read() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let names = ["sb2nov.pdf", "skyzh-typst.pdf", "latexcv-classic.pdf", "reanna-example.docx"];
    let uploads = names.map(|name| uploaded(&browser, name, resume_fixture(name)));
    let mut ids = Vec::new();
    for (id, resume) in join_all(uploads).await {
        assert_eq!(resume["stage"], "READ", "{resume}");
        assert_eq!(types(&stream(&app, &id).await), ["resume_uploaded", "resume_text_extracted"]);
        ids.push(id);
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), names.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_sent_twice_is_one_resume() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let (id, file) = (fresh(), resume_fixture("sb2nov.pdf"));
    let answers = join_all((0..4).map(|_| browser.upload(id, "ada.pdf", file.clone()))).await;
    for answer in &answers {
        assert_eq!(*answer, answers[0]);
        assert_eq!(answer.0, 202, "{answer:?}");
    }
    let resume_id = answers[0].1["resumeId"].as_str().unwrap();
    assert_eq!(settled(&browser, resume_id).await["stage"], "READ");
    // Another file under the id neither counts nor takes the place of the first.
    for other in [resume_fixture("skyzh-typst.pdf"), hostile::png()] {
        let (status, body) = browser.upload(id, "other.pdf", other).await;
        assert_eq!((status, &body["code"]), (409, &json!("COMMAND_ID_REUSED")), "{body}");
        assert_is_advice("other.pdf", &body["message"], "choose your file again");
    }
    assert_eq!(types(&stream(&app, resume_id).await), ["resume_uploaded", "resume_text_extracted"]);
    assert_eq!(browser.upload(id, "ada.pdf", file).await, answers[0]);
    assert_eq!(settled(&browser, resume_id).await["fileName"], "ada.pdf");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_file_under_the_same_id_is_not_read_in_place_of_the_first() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let id = fresh();
    let (first, second) = (resume_fixture("sb2nov.pdf"), resume_fixture("skyzh-typst.pdf"));
    let sends = [browser.upload(id, "first.pdf", first), browser.upload(id, "second.pdf", second)];
    let answers = join_all(sends).await;
    let taken: Vec<usize> = (0..2).filter(|index| answers[*index].0 == 202).collect();
    let [taken] = taken[..] else { panic!("one is taken, one is refused: {answers:?}") };
    assert_eq!(answers[1 - taken].0, 409, "{answers:?}");
    let resume = settled(&browser, answers[taken].1["resumeId"].as_str().unwrap()).await;
    assert_eq!(resume["fileName"], ["first.pdf", "second.pdf"][taken]);
    assert_eq!(resume["text"].as_str().unwrap().contains("Sourabh Bajaj"), taken == 0, "{}", resume["text"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_was_turned_away_is_answered_the_same_again() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let id = fresh();
    let once = browser.upload(id, "picture.pdf", hostile::png()).await;
    assert_eq!(once.0, 422);
    assert_eq!(browser.upload(id, "picture.pdf", hostile::png()).await, once);
    let (status, body) = browser.upload(id, "good.pdf", resume_fixture("sb2nov.pdf")).await;
    assert_eq!((status, &body["code"]), (409, &json!("COMMAND_ID_REUSED")), "{body}");
    let resume_id = listed(&browser, "picture.pdf").await;
    assert_eq!(types(&stream(&app, &resume_id).await), ["resume_rejected"]);
}

fn form(command_id: Option<&str>, file: Option<Vec<u8>>) -> Form {
    let mut form = Form::new();
    if let Some(id) = command_id {
        form = form.text("commandId", id.to_owned());
    }
    if let Some(file) = file {
        form = form.part("file", Part::bytes(file).file_name("ada.pdf"));
    }
    form
}

async fn refusal(request: reqwest::RequestBuilder) -> (u16, String) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    assert_is_advice("the door", &body["message"], "");
    (status, body["code"].as_str().unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_upload_is_told_so_at_the_door() {
    let app = App::start().await;
    let (ada, stranger) = (signed_in(&app, "ada@example.org").await, app.browser());
    let before = app.wiring.store.head().await.unwrap();
    let good = || form(Some(&fresh().to_string()), Some(resume_fixture("sb2nov.pdf")));
    assert_eq!(refusal(stranger.upload_request().multipart(good())).await, (401, "NOT_SIGNED_IN".into()));
    assert_eq!(refusal(ada.bare_upload_request().multipart(good())).await, (403, "FORBIDDEN".into()));
    let foreign = ada.upload_request().header("origin", "https://evil.example").multipart(good());
    assert_eq!(refusal(foreign).await, (403, "FORBIDDEN".into()));
    assert_eq!(app.wiring.store.head().await.unwrap(), before, "nothing was recorded");
    assert_unharmed(&app, &ada).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_form_is_refused_with_words() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let before = app.wiring.store.head().await.unwrap();
    let (id, file) = (fresh().to_string(), resume_fixture("sb2nov.pdf"));
    let kind = "multipart/form-data; boundary=b";
    let begun = format!(
        "--b\r\nContent-Disposition: form-data; name=\"commandId\"\r\n\r\n{id}\r\n--b\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7\nand no end"
    );
    let unknown_role = form(Some(&id), None).text("role", "astronaut");
    let unknown_role = unknown_role.part("file", Part::bytes(file.clone()).file_name("ada.pdf"));
    let request = || browser.upload_request();
    for (name, request, status) in [
        ("cut off", request().header("content-type", kind).body(begun), 400),
        ("no boundary", request().header("content-type", "multipart/form-data").body("x"), 400),
        ("no form", request().json(&json!({ "file": "x" })), 400),
        ("nothing", request().header("content-type", kind).body(""), 400),
        ("no file", request().multipart(form(Some(&id), None)), 400),
        ("no id", request().multipart(form(None, Some(file.clone()))), 400),
        ("no uuid", request().multipart(form(Some("first"), Some(file))), 400),
        ("unknown role", request().multipart(unknown_role), 422),
    ] {
        assert_eq!(refusal(request).await, (status, "INVALID_INPUT".into()), "{name}");
    }
    assert_eq!(app.wiring.store.head().await.unwrap(), before, "nothing was recorded");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_resume_of_another_is_not_shown() {
    let app = App::start().await;
    let (ada, eve) = (signed_in(&app, "ada@example.org").await, app.browser());
    eve.register("eve@example.org").await;
    let id = fresh();
    let (_, hers) = ada.upload(id, "ada.pdf", resume_fixture("sb2nov.pdf")).await;
    // The same command id of another person is another resume.
    let (status, eves) = eve.upload(id, "eve.pdf", resume_fixture("skyzh-typst.pdf")).await;
    assert_ne!(hers["resumeId"], eves["resumeId"]);
    assert!(status == 202 || status == 409, "{eves}");
    let (owner, resume_id) = (owner_of(&app, &hers).await, hers["resumeId"].as_str().unwrap());
    assert_eq!(json!(owner), ada.ask("{ viewer { id } }", json!({})).await["viewer"]["id"]);
    assert_eq!(eve.ask(RESUME, json!({ "id": resume_id })).await["resume"], Value::Null);
}

async fn owner_of(app: &App, taken: &Value) -> Uuid {
    let resume_id = taken["resumeId"].as_str().unwrap().parse().unwrap();
    let CandidateId(owner) = app.wiring.store.owner("resume", resume_id).await.unwrap().unwrap();
    owner
}
