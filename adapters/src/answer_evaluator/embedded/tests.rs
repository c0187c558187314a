use interaura_domain::interview::evaluation::{BetterAnswerPart, StarPart};
use interaura_domain::score;
use interaura_domain::score::interval::overall_interval;
use serde::Deserialize;

use super::*;
use crate::embedder::minilm::MiniLm;
use crate::embedder::test_model::model_dir;
use crate::pair_scorer::LazyPairScorer;
use crate::role_library::{LibraryQuestion, RoleLibrary};

const JUDGED: &str = include_str!("../../../fixtures/judged_answers.json");

#[derive(Deserialize)]
struct Judged {
    good: Vec<Good>,
    hostile: Vec<Hostile>,
}

#[derive(Deserialize)]
struct Good {
    question: String,
    floor: f64,
    answer: String,
}

#[derive(Deserialize)]
struct Hostile {
    question: String,
    name: String,
    ceiling: f64,
    answer: String,
}

struct Fixture {
    library: RoleLibrary,
    evaluator: EmbeddedEvaluator<MiniLm>,
    judged: Judged,
}

impl Fixture {
    fn new() -> Self {
        let embedder = Arc::new(MiniLm::load(&model_dir()).unwrap());
        Self {
            library: RoleLibrary::load().unwrap(),
            evaluator: EmbeddedEvaluator::new(embedder)
                .unwrap()
                .with_scorer(Arc::new(LazyPairScorer::new(model_dir()))),
            judged: serde_json::from_str(JUDGED).unwrap(),
        }
    }

    fn question(&self, id: &str) -> &LibraryQuestion {
        let all = self.library.roles().iter().flat_map(|role| self.library.questions(&role.slug));
        all.into_iter().find(|question| question.id == id).unwrap_or_else(|| panic!("no question {id}"))
    }

    fn asked(&self, id: &str, answer: &str) -> AnswerToEvaluate {
        let question = self.question(id);
        AnswerToEvaluate {
            question: question.text.clone(),
            follow_up: None,
            kind: question.kind,
            difficulty: question.difficulty,
            points: question.points.clone(),
            answer: answer.to_owned(),
            resume_lines: vec![
                "Cut the nightly invoice export from 47 to 11 minutes with a composite index".to_owned(),
                "Hobbies: chess, hill walking and baking bread".to_owned(),
            ],
        }
    }

    async fn evaluate(&self, id: &str, answer: &str) -> Evaluation {
        self.evaluator.evaluate(&self.asked(id, answer)).await.unwrap()
    }
}

fn summary(evaluation: &Evaluation) -> String {
    let level = |rating: &Rating| rating.level.map_or("-".to_owned(), |level| level.value().to_string());
    let levels: Vec<String> =
        evaluation.ratings.iter().map(|rating| format!("{:?} {}", rating.criterion, level(rating))).collect();
    format!("{:5.1}  {}", overall(evaluation), levels.join(", "))
}

fn overall(evaluation: &Evaluation) -> f64 {
    score::overall(&evaluation.ratings).unwrap().value()
}

/// All places that a verdict points at, with the words it says stand there.
fn places(evaluation: &Evaluation) -> Vec<(Span, String)> {
    let ratings = evaluation.ratings.iter().flat_map(|rating| &rating.evidence);
    let star = evaluation.star.iter().map(|span| &span.evidence);
    let coverage = evaluation.coverage.iter().filter_map(|point| point.evidence.as_ref());
    let all = ratings.chain(star).chain(coverage);
    all.map(|one| (one.span, one.quote.present().unwrap().clone())).collect()
}

/// Over their ceiling still: of several points turned round, one is noticed.
const KNOWN_TOO_HIGH: [(&str, &str); 1] = [("backend-engineer-t01", "the opposite of the truth")];

#[tokio::test]
async fn hostile_answers_stay_under_their_ceiling() {
    let fixture = Fixture::new();
    let mut broken = Vec::new();
    for case in &fixture.judged.hostile {
        let evaluation = fixture.evaluate(&case.question, &case.answer).await;
        let line = format!("{} {} <= {}: {}", case.question, case.name, case.ceiling, summary(&evaluation));
        eprintln!("{line}");
        let is_known = KNOWN_TOO_HIGH.contains(&(case.question.as_str(), case.name.as_str()));
        if (overall(&evaluation) > case.ceiling) != is_known {
            broken.push(line);
        }
    }
    assert!(fixture.judged.hostile.len() >= 20);
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[tokio::test]
async fn good_answers_stay_over_their_floor() {
    let fixture = Fixture::new();
    let mut broken = Vec::new();
    for case in &fixture.judged.good {
        let evaluation = fixture.evaluate(&case.question, &case.answer).await;
        let line = format!("{} >= {}: {}", case.question, case.floor, summary(&evaluation));
        eprintln!("{line}");
        if overall(&evaluation) < case.floor {
            broken.push(line);
        }
    }
    assert!(fixture.judged.good.len() >= 10);
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[tokio::test]
async fn the_same_answer_gets_the_same_verdict_to_the_bit() {
    let fixture = Fixture::new();
    let other = Fixture::new();
    let case = &fixture.judged.good[0];
    let first = fixture.evaluate(&case.question, &case.answer).await;
    let again = other.evaluate(&case.question, &case.answer).await;
    assert_eq!(serde_json::to_string(&first).unwrap(), serde_json::to_string(&again).unwrap());
    assert_eq!(first.better_answer, again.better_answer);
}

#[tokio::test]
async fn every_quote_is_the_text_of_its_span() {
    let fixture = Fixture::new();
    let answers = fixture.judged.good.iter().map(|case| (&case.question, &case.answer));
    let answers = answers.chain(fixture.judged.hostile.iter().map(|case| (&case.question, &case.answer)));
    for (question, answer) in answers {
        let evaluation = fixture.evaluate(question, answer).await;
        for (span, quote) in places(&evaluation) {
            assert_eq!(span.quote(answer), quote);
            assert!(!quote.is_empty());
        }
        assert_eq!(evaluation.coverage.len(), fixture.question(question).points.len());
        assert!(evaluation.ratings.iter().all(|rating| !rating.rationale.present().unwrap().is_empty()));
    }
}

#[tokio::test]
async fn a_better_answer_invents_nothing() {
    let fixture = Fixture::new();
    for case in &fixture.judged.good {
        let asked = fixture.asked(&case.question, &case.answer);
        let evaluation = fixture.evaluator.evaluate(&asked).await.unwrap();
        let better = evaluation.better_answer.and_then(Personal::into_present).unwrap();
        assert!(!better.parts.is_empty());
        let mut from_resume = 0;
        for part in &better.parts {
            match part {
                BetterAnswerPart::FromAnswer { text, span } => assert_eq!(&span.quote(&case.answer), text),
                BetterAnswerPart::FromResume { text } => {
                    from_resume += 1;
                    assert!(asked.resume_lines.contains(text));
                    assert!(text.starts_with("Cut"), "{}: {text}", case.question);
                }
                BetterAnswerPart::Reworded { .. } => panic!("nothing is put into other words here"),
                BetterAnswerPart::ToAdd { prompt } => assert!(!prompt.is_empty()),
            }
        }
        assert!(from_resume <= 2);
    }
}

#[tokio::test]
async fn a_story_without_a_result_is_asked_for_one() {
    let fixture = Fixture::new();
    let answer = "In my last job at a bakery a caller shouted at me because his cake was late. I was responsible for \
                  the orders. I let him finish and then I told him that I was sorry. I called the driver and checked \
                  where the van was.";
    let evaluation = fixture.evaluate("customer-service-b01", answer).await;
    let structure =
        evaluation.ratings.iter().find(|rating| rating.criterion == Criterion::Structure).unwrap();
    assert!(structure.rationale.present().unwrap().contains("Add the result"), "{:?}", structure.rationale);
    let better = evaluation.better_answer.and_then(Personal::into_present).unwrap();
    let last = better.parts.last().unwrap();
    assert!(matches!(last, BetterAnswerPart::ToAdd { prompt } if prompt.contains("result")), "{last:?}");
}

#[tokio::test]
async fn a_good_story_about_something_else_is_asked_for_what_the_question_wants() {
    let fixture = Fixture::new();
    let answer = "At my last job our checkout service lost orders when the payment provider timed out. I was asked to \
                  find out why and to stop it within a sprint. I added idempotency keys to every charge and moved the \
                  retries into a table in PostgreSQL. Lost orders went from forty a week to none.";
    let question = "customer-service-b01";
    let evaluation = fixture.evaluate(question, answer).await;
    let depth = evaluation.ratings.iter().find(|rating| rating.criterion == Criterion::Depth).unwrap();
    let said = depth.rationale.present().unwrap();
    assert!(!said.contains("no number and no name"), "it has both: {said}");
    let better = evaluation.better_answer.and_then(Personal::into_present).unwrap();
    let probes: Vec<String> =
        fixture.question(question).points.iter().map(|point| format!("Add: {}", point.probe)).collect();
    let asked_for = better
        .parts
        .iter()
        .filter(|part| matches!(part, BetterAnswerPart::ToAdd { prompt } if probes.contains(prompt)));
    assert_eq!(asked_for.count(), 2, "{:?}", better.parts);
}

#[tokio::test]
async fn a_story_told_from_its_end_is_put_in_order() {
    let fixture = Fixture::new();
    let answer = "As a result the caller calmed down and stayed with us. I let him finish and then I apologised and \
                  checked the line. At my last job in a call centre there was a caller who shouted at everybody.";
    let evaluation = fixture.evaluate("customer-service-b01", answer).await;
    let better = evaluation.better_answer.and_then(Personal::into_present).unwrap();
    let own: Vec<&String> = better
        .parts
        .iter()
        .filter_map(|part| match part {
            BetterAnswerPart::FromAnswer { text, .. } => Some(text),
            BetterAnswerPart::Reworded { .. }
            | BetterAnswerPart::FromResume { .. }
            | BetterAnswerPart::ToAdd { .. } => None,
        })
        .collect();
    assert!(own[0].starts_with("At my last job"), "{own:?}");
    assert!(own[2].starts_with("As a result"), "{own:?}");
}

#[tokio::test]
async fn a_technical_answer_is_not_judged_by_structure() {
    let fixture = Fixture::new();
    let case = fixture.judged.good.iter().find(|case| case.question == "backend-engineer-t01").unwrap();
    let evaluation = fixture.evaluate(&case.question, &case.answer).await;
    let structure =
        evaluation.ratings.iter().find(|rating| rating.criterion == Criterion::Structure).unwrap();
    assert_eq!(structure.level, None);
    assert!(evaluation.star.is_empty());
}

#[tokio::test]
async fn saying_that_it_is_wrong_costs_correctness() {
    let fixture = Fixture::new();
    let right = "GET, PUT and DELETE are idempotent by the specification, while POST and PATCH are not guaranteed to be.";
    let wrong =
        "GET, PUT and DELETE are never idempotent by the specification, while POST and PATCH are always.";
    let level = |evaluation: Evaluation| {
        let correctness =
            evaluation.ratings.into_iter().find(|one| one.criterion == Criterion::Correctness).unwrap();
        correctness.level.unwrap().value()
    };
    let right = level(fixture.evaluate("backend-engineer-t01", right).await);
    let wrong = level(fixture.evaluate("backend-engineer-t01", wrong).await);
    assert!(right > wrong, "{right} {wrong}");
}

#[tokio::test]
async fn a_very_long_answer_is_judged_in_bounded_time() {
    let fixture = Fixture::new();
    let long = "the client sends a request and then the server stores a row and so on ".repeat(2_000);
    let evaluation = fixture.evaluate("backend-engineer-t14", &long).await;
    assert!(overall(&evaluation) < 40.0, "{}", summary(&evaluation));
}

#[tokio::test]
async fn a_level_held_back_is_explained_by_the_anchor_of_the_level_before() {
    let fixture = Fixture::new();
    let well_said = "On Saturdays I bake bread with my two daughters. First we weigh the flour and the salt. Then we \
                     knead the dough for ten minutes and let it rest under a towel. By noon the whole house smells of it.";
    let evaluation = fixture.evaluate("backend-engineer-t14", well_said).await;
    let clarity = evaluation.ratings.iter().find(|rating| rating.criterion == Criterion::Clarity).unwrap();
    let held = clarity.held_back().unwrap();
    let rubric = fixture.evaluator.rubric();
    let anchor = rubric.anchor(Criterion::Clarity, clarity.level_of_its_own().unwrap()).unwrap();
    let rationale = clarity.rationale.present().unwrap();
    assert!(clarity.level.unwrap() < held.before.unwrap());
    assert!(rationale.starts_with("Easy to follow"), "{rationale}");
    assert!(anchor.contains("easy to follow"), "{anchor}");
}

#[tokio::test]
async fn every_level_is_its_own_or_the_ceiling_above_relevance() {
    let fixture = Fixture::new();
    for (question, answer) in fixture.judged.hostile.iter().map(|case| (&case.question, &case.answer)) {
        for rating in fixture.evaluate(question, answer).await.ratings {
            let value =
                |name| rating.features.iter().find(|feature| feature.name == name).map(|one| one.value);
            if let Some(ceiling) = value(CEILING_FROM_RELEVANCE) {
                let before = value(LEVEL_BEFORE_CEILING).unwrap();
                assert_eq!(rating.level, Some(Level::clamped(before.min(ceiling))), "{question}: {rating:?}");
            }
        }
    }
}

#[tokio::test]
async fn every_level_is_what_its_features_give_and_has_an_interval() {
    let fixture = Fixture::new();
    let good = fixture.judged.good.iter().map(|case| (&case.question, &case.answer));
    let hostile = fixture.judged.hostile.iter().map(|case| (&case.question, &case.answer));
    for (question, answer) in good.chain(hostile) {
        let evaluation = fixture.evaluate(question, answer).await;
        for rating in &evaluation.ratings {
            let expected = rating.level.map(|_| true);
            assert_eq!(formula::agrees(&evaluation.evaluator, rating), expected, "{question}: {rating:?}");
            assert_eq!(rating.interval.is_some(), rating.level.is_some());
        }
        assert!(overall_interval(&evaluation.ratings).is_some());
    }
}

#[tokio::test]
async fn another_evaluator_comes_to_the_same_bytes() {
    let (one, other) = (Fixture::new(), Fixture::new());
    for case in one.judged.good.iter().rev() {
        other.evaluate(&case.question, "Something else before it, to be remembered.").await;
        let [first, second] = [
            one.evaluate(&case.question, &case.answer).await,
            other.evaluate(&case.question, &case.answer).await,
        ];
        assert_eq!(serde_json::to_string(&first).unwrap(), serde_json::to_string(&second).unwrap());
    }
}

#[tokio::test]
async fn an_answer_with_one_grave_fault_is_not_called_easy_to_follow() {
    let fixture = Fixture::new();
    for (question, answer) in fixture.judged.hostile.iter().map(|case| (&case.question, &case.answer)) {
        let evaluation = fixture.evaluate(question, answer).await;
        let clarity =
            evaluation.ratings.iter().find(|rating| rating.criterion == Criterion::Clarity).unwrap();
        let own = clarity.level_of_its_own().unwrap().value();
        let rationale = clarity.rationale.present().unwrap();
        assert!(own >= 3.4 || !rationale.starts_with("Easy to follow"), "{own} {rationale}");
    }
}

#[tokio::test]
async fn depth_quotes_say_something_by_themselves() {
    let fixture = Fixture::new();
    for case in &fixture.judged.good {
        let evaluation = fixture.evaluate(&case.question, &case.answer).await;
        let depth = evaluation.ratings.iter().find(|rating| rating.criterion == Criterion::Depth).unwrap();
        for one in &depth.evidence {
            let words = one.quote.present().unwrap().split_whitespace().count();
            assert!((3..=45).contains(&words), "{}: {:?}", case.question, one.quote);
        }
        assert!(
            depth.evidence.iter().any(|one| one.quote.present().unwrap().split_whitespace().count() >= 5)
        );
    }
}

#[tokio::test]
async fn what_has_not_happened_since_is_heard_as_the_result() {
    let fixture = Fixture::new();
    let told = "In my last job at a bakery the ordering system went down on a Friday morning. I was responsible for the \
                shift. First I rang the supplier and asked for a paper list. Then I split the team into two groups and \
                wrote the orders on the board. ";
    for result in
        ["Afterwards no order was lost.", "Since then nobody complained.", "We have not had an outage since."]
    {
        let evaluation = fixture.evaluate("customer-service-b01", &format!("{told}{result}")).await;
        let quote = evaluation.star.last().unwrap().evidence.quote.present().unwrap();
        assert_eq!((evaluation.star.last().unwrap().part, quote.as_str()), (StarPart::Result, result));
    }
}
