use std::collections::BTreeSet;

use interaura_domain::interview::evaluation::{PointCoverage, StarPart, StarSpan};
use interaura_domain::interview::question::{InterviewMode, QuestionKind};
use interaura_domain::resume::outline::{Job, NamedSkill, ResumeOutline};
use interaura_domain::role::{ExperienceLevel, Need, RoleSlug, WantedTerm};
use interaura_domain::score::{Criterion, Evidence, Level, Rating};
use interaura_domain::text::Span;

use super::*;
use crate::embedder::minilm::MiniLm;
use crate::embedder::test_model::model_dir;

const RESUME: &str = "Ada Example\n\nBackend engineer at Northwind Logistics, 2019 to 2024\n\
    Built services in Python with PostgreSQL and Redis; ran them on Kubernetes.\n\
    Barista at Corner Café, 2016 to 2018\nSkills: Docker, Kafka, www.ada.example/cv, baking\n";

fn span(of: &str) -> Span {
    let start = RESUME.find(of).unwrap();
    Span::of_bytes(RESUME, start, start + of.len()).unwrap()
}

fn outline() -> ResumeOutline {
    let skill =
        |name: &str, written: &str| NamedSkill { name: name.to_owned(), span: span(written), mentions: 1 };
    let job = |title: &str, employer: &str, line: &str| Job {
        title: Some(title.to_owned()),
        employer: Some(employer.to_owned()),
        start: None,
        end: None,
        current: false,
        span: span(line),
        bullets: Vec::new(),
    };
    ResumeOutline {
        skills: vec![
            skill("Python", "Python"),
            skill("PostgreSQL", "PostgreSQL"),
            skill("Redis", "Redis"),
            skill("Kubernetes", "Kubernetes"),
            skill("Kafka", "Kafka"),
            skill("www.ada.example/cv", "www.ada.example/cv"),
            skill("baking", "baking"),
        ],
        jobs: vec![
            job(
                "Backend engineer",
                "Northwind Logistics",
                "Backend engineer at Northwind Logistics, 2019 to 2024",
            ),
            job("Barista", "Corner Café", "Barista at Corner Café, 2016 to 2018"),
        ],
        ..ResumeOutline::default()
    }
}

fn writer() -> LibraryWriter<MiniLm> {
    let embedder = MiniLm::load(&model_dir()).unwrap();
    LibraryWriter::new(Arc::new(RoleLibrary::load().unwrap()), Arc::new(embedder))
}

fn brief(questions: u8) -> InterviewBrief {
    InterviewBrief {
        mode: InterviewMode::Mixed,
        role: RoleSlug("backend-engineer".to_owned()),
        level: ExperienceLevel::Mid,
        difficulty: 3,
        questions,
        resume: None,
        asked_before: BTreeSet::new(),
        asked_texts: Vec::new(),
        wanted: Vec::new(),
        weak_topics: BTreeSet::new(),
        weak_requirements: BTreeSet::new(),
        seed: 42,
    }
}

fn with_resume(questions: u8) -> InterviewBrief {
    InterviewBrief { resume: Some((RESUME.to_owned(), outline())), ..brief(questions) }
}

async fn questions(writer: &LibraryWriter<MiniLm>, brief: &InterviewBrief) -> Vec<Question> {
    writer.plan(brief).await.unwrap().questions
}

fn ids(questions: &[Question]) -> Vec<String> {
    questions.iter().filter_map(|question| question.library_item.clone()).collect()
}

#[tokio::test]
async fn the_same_brief_gives_the_same_questions_and_another_seed_others() {
    let writer = writer();
    let first = questions(&writer, &with_resume(10)).await;
    assert_eq!(first, questions(&writer, &with_resume(10)).await);
    let other = questions(&writer, &InterviewBrief { seed: 43, ..with_resume(10) }).await;
    assert_ne!(ids(&first), ids(&other));
}

#[tokio::test]
async fn no_question_is_asked_again_while_others_are_left() {
    let writer = writer();
    let mut asked = BTreeSet::new();
    for seed in 0..4 {
        let brief = InterviewBrief { asked_before: asked.clone(), seed, ..brief(10) };
        let questions = questions(&writer, &brief).await;
        assert_eq!(questions.len(), 10);
        for id in ids(&questions) {
            assert!(asked.insert(id.clone()), "{id} was asked before");
        }
    }
    let again = questions(&writer, &InterviewBrief { asked_before: asked, ..brief(10) }).await;
    assert_eq!(ids(&again).into_iter().collect::<BTreeSet<_>>().len(), 10);
}

#[tokio::test]
async fn topics_do_not_repeat_and_difficulty_is_near_and_rises() {
    let questions = questions(&writer(), &brief(10)).await;
    let topics: BTreeSet<&str> = questions.iter().map(|question| question.topic.as_str()).collect();
    assert_eq!(topics.len(), 10);
    let sum = |questions: &[Question]| questions.iter().map(|one| u32::from(one.difficulty)).sum::<u32>();
    assert!((25..=35).contains(&sum(&questions)), "{}", sum(&questions));
    assert!(sum(&questions[5..]) >= sum(&questions[..5]));
}

#[tokio::test]
async fn a_mode_asks_only_its_kind() {
    let writer = writer();
    for (mode, kind) in [
        (InterviewMode::Behavioural, QuestionKind::Behavioural),
        (InterviewMode::Technical, QuestionKind::Technical),
    ] {
        let questions = questions(&writer, &InterviewBrief { mode, ..brief(8) }).await;
        assert!(questions.iter().all(|question| question.kind == kind));
    }
}

#[tokio::test]
async fn three_or_four_of_ten_questions_name_a_fact_of_the_resume_word_for_word() {
    let writer = writer();
    for seed in 0..5 {
        let questions = questions(&writer, &InterviewBrief { seed, ..with_resume(10) }).await;
        let facts: Vec<(&Question, ResumeFactOf<'_>)> = questions
            .iter()
            .filter_map(|question| Some((question, ResumeFactOf(question.resume_fact.as_ref()?.present()?))))
            .collect();
        assert!((3..=4).contains(&facts.len()), "seed {seed}: {}", facts.len());
        for (question, ResumeFactOf(fact)) in &facts {
            assert_eq!(fact.span.quote(RESUME), fact.quote);
            let text = question.text.present().unwrap();
            assert!(text.contains(&fact.quote), "{text} without {}", fact.quote);
            assert!(!text.contains('{'));
        }
        let quotes: BTreeSet<&str> = facts.iter().map(|(_, fact)| fact.0.quote.as_str()).collect();
        assert_eq!(quotes.len(), facts.len(), "a fact was used twice");
    }
}

struct ResumeFactOf<'a>(&'a interaura_domain::interview::question::ResumeFact);

#[tokio::test]
async fn facts_that_are_junk_or_of_another_trade_are_never_named() {
    let writer = writer();
    for seed in 0..10 {
        for question in questions(&writer, &InterviewBrief { seed, ..with_resume(20) }).await {
            let text = question.text.present().unwrap();
            for junk in ["www.", "baking", "Barista", "Corner Café"] {
                assert!(!text.contains(junk), "{text}");
            }
        }
    }
}

#[tokio::test]
async fn an_unknown_role_is_refused() {
    let brief = InterviewBrief { role: RoleSlug("astronaut".to_owned()), ..brief(5) };
    assert!(matches!(writer().plan(&brief).await, Err(QuestionWriterError::UnknownRole(_))));
}

fn asked(kind: QuestionKind) -> Question {
    let library = RoleLibrary::load().unwrap();
    let all = library.questions(&RoleSlug("backend-engineer".to_owned()));
    let item = all.iter().find(|item| item.kind == kind).unwrap();
    question(
        Chosen { item, fact: None },
        &brief(1),
        &Wants::new(&[], library.role(&brief(1).role).unwrap(), all),
    )
}

fn verdict(level: f64, covered: &[bool], told: &[StarPart]) -> Evaluation {
    let part = |part: &StarPart| StarSpan {
        part: *part,
        evidence: Evidence { quote: Personal::Erased, span: Span { start: 0, end: 1 } },
    };
    Evaluation {
        evaluator: "test".to_owned(),
        model: None,
        rubric: "test".to_owned(),
        ratings: vec![Rating {
            criterion: Criterion::Relevance,
            level: Some(Level::clamped(level)),
            weight: 1.0,
            interval: None,
            features: Vec::new(),
            evidence: Vec::new(),
            rationale: Personal::Erased,
        }],
        star: told.iter().map(part).collect(),
        coverage: covered
            .iter()
            .zip(0..)
            .map(|(covered, index)| PointCoverage {
                index,
                covered: *covered,
                similarity: 0.5,
                evidence: None,
            })
            .collect(),
        stood_in_for: None,
        exchange: None,
        better_answer: None,
        better_answer_by: None,
    }
}

const ANSWER: &str = "I looked at the logs and then I restarted the service.";

#[test]
fn a_point_left_open_is_asked_about_with_its_own_probe() {
    let question = asked(QuestionKind::Technical);
    let found =
        follow_up::write(&question, ANSWER, &verdict(3.0, &[true, false, false, true], &[]), &[]).unwrap();
    assert_eq!(found.text, question.points[1].probe);
    assert!(found.gap.contains(question.points[1].text.trim_end_matches('.')));
}

#[test]
fn a_story_without_a_result_is_asked_for_it() {
    let question = asked(QuestionKind::Behavioural);
    let told = [StarPart::Situation, StarPart::Action];
    let found = follow_up::write(&question, ANSWER, &verdict(3.0, &[true, true, true], &told), &[]).unwrap();
    assert!(found.gap.contains("what came of it"));
}

#[test]
fn three_stories_without_a_result_are_asked_for_it_in_three_ways() {
    let question = asked(QuestionKind::Behavioural);
    let verdict = verdict(3.0, &[true, true, true], &[StarPart::Situation, StarPart::Action]);
    let mut asked: Vec<String> = Vec::new();
    for _ in 0..3 {
        let before: Vec<&str> = asked.iter().map(String::as_str).collect();
        let found = follow_up::write(&question, ANSWER, &verdict, &before).unwrap();
        assert!(!asked.contains(&found.text), "{} is asked twice", found.text);
        asked.push(found.text);
    }
}

#[test]
fn a_strong_answer_is_left_as_it_is() {
    let question = asked(QuestionKind::Technical);
    assert_eq!(follow_up::write(&question, ANSWER, &verdict(4.6, &[true, false], &[]), &[]), None);
}

#[test]
fn who_passes_a_question_is_not_pressed() {
    let question = asked(QuestionKind::Technical);
    assert_eq!(follow_up::write(&question, "No idea.", &verdict(1.0, &[false, false], &[]), &[]), None);
}

#[tokio::test]
async fn no_embedder_is_needed_without_a_resume() {
    let questions = LibraryWriter::new(Arc::new(RoleLibrary::load().unwrap()), Arc::new(NoEmbedder))
        .plan(&brief(10))
        .await
        .unwrap()
        .questions;
    assert_eq!(questions.len(), 10);
    assert!(questions.iter().all(|question| question.resume_fact.is_none()));
}

#[derive(Debug)]
struct NoEmbedder;

#[async_trait]
impl Embedder for NoEmbedder {
    async fn embed(
        &self,
        _: &[String],
    ) -> Result<
        Vec<interaura_domain::ports::embedder::Embedding>,
        interaura_domain::ports::embedder::EmbedderError,
    > {
        panic!("nothing has to be embedded without a resume")
    }

    fn identity(&self) -> &'static str {
        "none"
    }
}

async fn plan(brief: &InterviewBrief) -> InterviewPlan {
    writer().plan(brief).await.unwrap()
}

fn covered(plan: &InterviewPlan, need: Need) -> usize {
    let asked: BTreeSet<u8> = plan.questions.iter().flat_map(|question| question.covers.clone()).collect();
    let of_need = |place: &u8| plan.requirements[usize::from(*place)].need == need;
    asked.iter().filter(|place| of_need(place)).count()
}

#[tokio::test]
async fn questions_cover_most_of_what_the_role_requires() {
    for role in RoleLibrary::load().unwrap().roles() {
        let plan = plan(&InterviewBrief { role: role.slug.clone(), ..brief(10) }).await;
        let musts = plan.requirements.iter().filter(|one| one.need == Need::Must).count();
        let covered = covered(&plan, Need::Must);
        assert!(covered * 2 >= musts, "{}: {covered} of {musts}", role.slug.0);
    }
}

#[tokio::test]
async fn what_a_post_wants_decides_what_is_asked() {
    let want =
        |name: &str| WantedTerm { name: name.to_owned(), need: Need::Must, weight: 5, synonyms: Vec::new() };
    let wanted = vec![want("PostgreSQL"), want("RabbitMQ"), want("Juggling")];
    let plan = plan(&InterviewBrief { wanted, ..brief(10) }).await;
    let names: Vec<&str> = plan.requirements.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["PostgreSQL", "RabbitMQ", "Juggling"]);
    let asked: BTreeSet<u8> = plan.questions.iter().flat_map(|question| question.covers.clone()).collect();
    assert_eq!(asked, BTreeSet::from([0, 1]), "nothing in the library asks anybody to juggle");
}

#[tokio::test]
async fn each_place_has_an_easier_and_a_harder_question_that_is_asked_nowhere_else() {
    let plan = plan(&brief(8)).await;
    let (mut easier, mut harder) = (0, 0);
    for (number, other) in &plan.alternates {
        let planned = &plan.questions[usize::from(*number) - 1];
        assert_eq!(other.kind, planned.kind);
        assert_ne!(other.difficulty, planned.difficulty);
        if other.difficulty < planned.difficulty { easier += 1 } else { harder += 1 }
    }
    assert!(easier >= 6 && harder >= 6, "{easier} easier, {harder} harder");
    let others = plan.alternates.iter().map(|(_, question)| question);
    let all: Vec<&String> =
        plan.questions.iter().chain(others).filter_map(|one| one.library_item.as_ref()).collect();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
}

#[tokio::test]
async fn what_was_hard_is_taken_up_again() {
    let weak = "message queues";
    let hard = |plan: &InterviewPlan| plan.questions.iter().filter(|one| one.takes_up).count();
    let names = |plan: &InterviewPlan, one: &Question| {
        one.covers.iter().any(|place| plan.requirements[usize::from(*place)].name == weak)
    };
    let (mut before, mut after) = (0, 0);
    for seed in 0..8 {
        let usual = plan(&InterviewBrief { seed, ..brief(5) }).await;
        assert_eq!(hard(&usual), 0);
        before += usual.questions.iter().filter(|one| names(&usual, one)).count();
        let weak_requirements = BTreeSet::from([weak.to_owned()]);
        let taken_up = plan(&InterviewBrief { seed, weak_requirements, ..brief(5) }).await;
        assert_eq!(hard(&taken_up), taken_up.questions.iter().filter(|one| names(&taken_up, one)).count());
        after += hard(&taken_up);
    }
    assert!(after > before, "{weak}: {before} before, {after} after");
}
