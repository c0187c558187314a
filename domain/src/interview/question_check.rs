//! What a question has to be before it is asked, whoever worded it.

pub mod unfair;

use self::unfair::unfair_topic;
use super::question::Question;
use super::words::{self, number};

/// In characters.
const TEXT: std::ops::RangeInclusive<usize> = 15..=420;
/// In words.
const MOST_WORDS: usize = 75;
/// A good answer covers so many points.
const POINTS: std::ops::RangeInclusive<usize> = 3..=6;
/// In characters.
const LONGEST_POINT: usize = 240;
const LONGEST_TOPIC: usize = 40;
/// Two questions that share so much of their words are one.
const SAME: f64 = 0.7;

/// Whether two questions ask for the same, in nearly the same words.
pub fn repeats(text: &str, other: &str) -> bool {
    let stems = |text: &str| words::content_stems(&words::words(text));
    let (one, two) = (stems(text), stems(other));
    let shared = words::share_found(&one, &two).min(words::share_found(&two, &one));
    shared >= SAME && number(one.len().min(two.len())) > 0.0
}

/// What keeps a question from being asked after `others`; empty where nothing does. `resume` is the text that a fact
/// has to stand in.
pub fn faults(question: &Question, others: &[&str], resume: Option<&str>) -> Vec<String> {
    let mut faults = Vec::new();
    let text = question.text.present().map_or("", String::as_str).trim();
    let length = text.chars().count();
    if !TEXT.contains(&length) || text.split_whitespace().count() > MOST_WORDS {
        faults.push("the question is empty or too long".to_owned());
    }
    let topic = question.topic.trim();
    if topic.is_empty() || topic.chars().count() > LONGEST_TOPIC {
        faults.push("the topic has to be one to three words".to_owned());
    }
    let whole = |text: &String| (1..=LONGEST_POINT).contains(&text.trim().chars().count());
    if !POINTS.contains(&question.points.len())
        || !question.points.iter().all(|point| whole(&point.text) && whole(&point.probe))
    {
        faults.push("there have to be three to six short points, each with its probe".to_owned());
    }
    let probes = question.points.iter().flat_map(|point| [point.text.as_str(), point.probe.as_str()]);
    if let Some(topic) = std::iter::once(text).chain(probes).find_map(unfair_topic) {
        faults.push(format!("nobody may be asked about {topic}"));
    }
    if others.iter().any(|other| repeats(text, other)) {
        faults.push("it repeats another question".to_owned());
    }
    if let Some(fact) = &question.resume_fact {
        let grounded = fact.present().zip(resume).is_some_and(|(fact, resume)| {
            fact.span.quote(resume) == fact.quote
                && !fact.quote.trim().is_empty()
                && text.contains(&fact.quote)
        });
        if !grounded {
            faults.push("it names a fact that is not in the resume in these words".to_owned());
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::question::{Point, QuestionKind, ResumeFact};
    use crate::personal::Personal;
    use crate::text::Span;

    const RESUME: &str = "Backend engineer at Northwind, 2019 to 2023";

    fn question(text: &str) -> Question {
        let point = |text: &str| Point { text: text.to_owned(), probe: format!("{text}?") };
        Question {
            text: text.to_owned().into(),
            kind: QuestionKind::Technical,
            difficulty: 3,
            topic: "caching".to_owned(),
            library_item: None,
            resume_fact: None,
            points: vec![point("Says what"), point("Says why"), point("Says when not")],
            covers: vec![],
            takes_up: false,
            writer: "test/1".to_owned(),
        }
    }

    #[test]
    fn a_question_in_other_words_repeats_and_another_question_does_not() {
        let asked = "How would you find out why a query became slow?";
        assert!(repeats("How do you find out why queries became slow?", asked));
        assert!(!repeats("How would you roll back a broken deployment?", asked));
        let found = faults(&question(asked), &["How would you find out why the query became slow?"], None);
        assert_eq!(found, ["it repeats another question"]);
    }

    #[test]
    fn a_good_question_has_no_fault_and_each_rule_counts() {
        let good = question("How would you find out why a query became slow?");
        assert_eq!(faults(&good, &[], None), Vec::<String>::new());
        let mut few = good.clone();
        few.points.pop();
        assert!(faults(&few, &[], None)[0].contains("points"));
        assert!(faults(&question("Why?"), &[], None)[0].contains("empty"));
        assert!(faults(&question(&"why ".repeat(90)), &[], None)[0].contains("too long"));
        let mut nameless = good;
        nameless.topic = " ".to_owned();
        assert!(faults(&nameless, &[], None)[0].contains("topic"));
    }

    #[test]
    fn a_fact_stands_in_the_resume_and_in_the_question() {
        let fact = |quote: &str, start: u32, end: u32| {
            let found = ResumeFact { quote: quote.to_owned(), span: Span { start, end } };
            let text = "What did you build at Northwind, and why?";
            Question { resume_fact: Some(Personal::Present(found)), ..question(text) }
        };
        assert!(faults(&fact("Northwind", 20, 29), &[], Some(RESUME)).is_empty());
        for wrong in [fact("Southwind", 20, 29), fact("Northwind", 0, 9), fact("Backend", 0, 7)] {
            assert_eq!(faults(&wrong, &[], Some(RESUME)).len(), 1);
        }
        assert_eq!(faults(&fact("Northwind", 20, 29), &[], None).len(), 1);
    }
}
