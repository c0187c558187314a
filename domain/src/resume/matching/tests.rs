use chrono::NaiveDate;
use proptest::prelude::*;

use super::job_post::wanted_from_post;
use super::*;
use crate::resume::analysis::Suggestion;
use crate::resume::outline::{Contact, Job, NamedSkill, Section, SectionKind, YearMonth};
use crate::text::Span;

const RESUME: &str = "Ada Example\nada@example.org  +44 20 7946 0000\n\nExperience\nAcme Ltd, Backend developer, Mar 2021 - present\n\
    • Responsible for REST APIs in Go and Postgres\n• Cut the cost of hosting by 30% with Kubernetes\n\
    • Taught new people how to review code\nOld Corp, Developer\n• Wrote reports\n\nSkills\nGo, R, C++, NodeJS, Excel\n\
    Education\nBSc Mathematics 2019\n";

fn span_of(text: &str, part: &str) -> Span {
    let start = text.find(part).expect("the part is in the text");
    Span::of_bytes(text, start, start + part.len()).unwrap()
}

fn from_to(text: &str, from: &str, to: &str) -> Span {
    let end =
        text[text.find(from).unwrap()..].find(to).map_or(text.len(), |end| text.find(from).unwrap() + end);
    Span::of_bytes(text, text.find(from).unwrap(), end).unwrap()
}

fn resume() -> MatchableResume {
    let section = |kind, heading: Option<&str>, from: &str, to: &str| Section {
        kind,
        heading: heading.map(str::to_owned),
        span: from_to(RESUME, from, to),
    };
    let bullet = |line: &str| span_of(RESUME, line);
    let outline = ResumeOutline {
        sections: vec![
            section(SectionKind::Header, None, "Ada", "Experience"),
            section(SectionKind::Experience, Some("Experience"), "Experience\n", "Skills"),
            section(SectionKind::Skills, Some("Skills"), "Skills\n", "Education"),
            section(SectionKind::Education, Some("Education"), "Education\n", "nothing"),
        ],
        contact: Contact {
            name: Some("Ada Example".to_owned()),
            emails: vec!["ada@example.org".to_owned()],
            phones: vec!["+44 20 7946 0000".to_owned()],
            ..Contact::default()
        },
        jobs: vec![
            Job {
                title: Some("Backend developer".to_owned()),
                employer: Some("Acme Ltd".to_owned()),
                start: Some(YearMonth { year: 2021, month: Some(3) }),
                end: None,
                current: true,
                span: from_to(RESUME, "Acme", "Old Corp"),
                bullets: vec![
                    bullet("Responsible for REST APIs in Go and Postgres"),
                    bullet("Cut the cost of hosting by 30% with Kubernetes"),
                    bullet("Taught new people how to review code"),
                ],
            },
            Job {
                title: Some("Developer".to_owned()),
                employer: Some("Old Corp".to_owned()),
                start: None,
                end: None,
                current: false,
                span: from_to(RESUME, "Old Corp", "\n\nSkills"),
                bullets: vec![bullet("Wrote reports")],
            },
        ],
        skills: vec![NamedSkill {
            name: "PostgreSQL".to_owned(),
            span: span_of(RESUME, "Postgres"),
            mentions: 1,
        }],
        ..ResumeOutline::default()
    };
    MatchableResume { text: RESUME.to_owned(), outline, layout: PageLayout::default(), confidence: 0.95 }
}

fn term(name: &str, need: Need) -> WantedTerm {
    WantedTerm { name: name.to_owned(), need, weight: 3, synonyms: Vec::new() }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 6, 1).unwrap()
}

fn matched(wanted: &[WantedTerm]) -> ResumeMatch {
    match_resume(&resume(), wanted, &Meanings::default(), today())
}

fn found(text: &str, name: &str) -> bool {
    let outline = ResumeOutline::default();
    evidence::by_words(&ResumeText::new(text, &outline), &outline, &term(name, Need::Must)).is_some()
}

#[test]
fn words_are_found_by_their_stems_and_as_whole_words() {
    for (text, name) in [
        ("Managed the budgets of four teams", "budget management"),
        ("assessed patients on arrival", "patient assessment"),
    ] {
        assert!(!found(text, name), "order counts: {name}");
    }
    assert!(found("I was managing budgets", "manage budget"));
    assert!(found("Assessment of the patients", "assess patients"));
    assert!(found("query optimisation", "Query optimization"));
    assert!(found("authentication & authorisation", "authentication and authorization"));
    assert!(!found("JavaScript", "Java"));
    assert!(!found("the machine, learning fast", "machine learning"));
    assert!(found("machine\n   learning", "machine learning"));
}

#[test]
fn short_names_must_stand_as_names() {
    for (text, name, expected) in [
        ("Python, R, SQL", "R", true),
        ("Statistics in R and SAS", "R", true),
        ("R&D manager", "R", false),
        ("John R. Smith", "R", false),
        ("C-level talks", "C", false),
        ("C, C++ and C#", "C", true),
        ("C++ only", "C", false),
        ("C only", "C++", false),
        ("C# and .NET", ".NET", true),
        ("net income", ".NET", false),
        ("wrote services in Go", "Go", true),
        ("Go to market", "Go", false),
        ("I go home", "Go", false),
        ("it was good", "IT", false),
        ("head of IT", "IT", true),
        ("Excel, Word", "Excel", true),
        ("to excel at work", "Excel", false),
        ("Excel at work", "Excel", false),
        ("Reports in Excel", "Excel", true),
        ("NodeJS and node.js", "Node.js", true),
        ("front-end work", "Frontend", true),
        ("built CI / CD", "CI/CD", true),
    ] {
        assert_eq!(found(text, name), expected, "{name} in {text:?}");
    }
}

#[test]
fn a_place_that_tells_what_was_done_is_quoted_before_a_list() {
    let go = &matched(&[term("Go", Need::Must)]).terms[0];
    assert_eq!(go.quote.as_deref(), Some("Responsible for REST APIs in Go and Postgres"));
    assert_eq!(go.found, TermMatch::Exact);
}

#[test]
fn a_skill_under_its_usual_name_is_a_synonym() {
    let postgres = &matched(&[term("PostgreSQL", Need::Must)]).terms[0];
    assert_eq!(postgres.found, TermMatch::Synonym);
    assert_eq!(postgres.quote.as_deref(), Some("Responsible for REST APIs in Go and Postgres"));
}

#[test]
fn a_phrase_of_near_meaning_is_related_and_quoted() {
    let wanted = [term("mentoring", Need::Must)];
    let texts = texts_to_embed(&resume(), &wanted);
    assert!(texts.contains(&"Taught new people how to review code".to_owned()), "{texts:?}");
    let embeddings = texts
        .iter()
        .map(|text| {
            let near = text == "mentoring" || text.starts_with("Taught");
            Embedding(if near { vec![1.0, 0.0] } else { vec![0.0, 1.0] })
        })
        .collect();
    let matched = match_resume(&resume(), &wanted, &Meanings::new(texts, embeddings), today());
    let mentoring = &matched.terms[0];
    assert_eq!(mentoring.found, TermMatch::Related);
    assert_eq!(mentoring.quote.as_deref(), Some("Taught new people how to review code"));
    assert!(mentoring.points > 0.0 && mentoring.points < mentoring.points_possible);
}

#[test]
fn nothing_is_embedded_where_words_find_everything() {
    assert!(texts_to_embed(&resume(), &[term("Kubernetes", Need::Must)]).is_empty());
}

#[test]
fn checks_name_what_they_saw() {
    let checks = matched(&[]).checks;
    let names: Vec<(&str, bool)> = checks.iter().map(|check| (check.name.as_str(), check.passed)).collect();
    assert_eq!(
        names,
        [
            ("headings", true),
            ("dates", false),
            ("length", false),
            ("columns", true),
            ("contact", true),
            ("bullets", true),
            ("text_layer", true)
        ]
    );
    assert!(checks[1].message.contains("1 of 2 jobs"), "{}", checks[1].message);
}

fn advice_on<'a>(suggestions: &'a [Suggestion], quote: &str) -> Vec<&'a str> {
    let spoken =
        suggestions.iter().filter(|one| one.quote.as_deref().is_some_and(|line| line.contains(quote)));
    spoken.map(|one| one.advice.as_str()).collect()
}

#[test]
fn suggestions_speak_of_lines_that_are_there() {
    let suggestions = matched(&[term("Terraform", Need::Must), term("gRPC", Need::Nice)]).suggestions;
    assert_eq!(suggestions[0].term.as_deref(), Some("Terraform"));
    assert!(suggestions[0].advice.contains("If you have done it, say where"));
    assert!(advice_on(&suggestions, "Responsible for")[0].contains("“responsible for”"));
    assert!(advice_on(&suggestions, "Taught new people")[0].contains("no number"));
    assert!(advice_on(&suggestions, "Cut the cost").is_empty());
    assert!(advice_on(&suggestions, "Old Corp")[0].contains("began and ended"));
    assert_eq!(suggestions.last().unwrap().term.as_deref(), Some("gRPC"));
}

#[test]
fn a_post_names_what_is_required_and_what_helps() {
    let lexicon = |text: &str| {
        ["Python", "SQL", "Kafka", "Spark"]
            .into_iter()
            .filter(|name| text.contains(name))
            .map(|name| NamedSkill { name: name.to_owned(), span: Span { start: 0, end: 0 }, mentions: 1 })
            .collect()
    };
    let post = "About us\nWe love Spark.\nResponsibilities\nBuild pipelines with Kafka.\nRequirements\n\
        - Python and SQL\n- Experience with clinical trial data in a hospital\nNice to have\n- Kafka\n";
    let wanted = wanted_from_post("Senior Data Engineer II (remote)", post, &lexicon);
    let named: Vec<(&str, Need)> = wanted.iter().map(|term| (term.name.as_str(), term.need)).collect();
    assert!(named.contains(&("Python", Need::Must)), "{named:?}");
    assert!(named.contains(&("SQL", Need::Must)));
    assert!(named.contains(&("Kafka", Need::Nice)));
    assert!(named.contains(&("Data Engineer", Need::Nice)));
    assert!(named.contains(&("clinical trial data", Need::Must)), "{named:?}");
    assert!(!named.iter().any(|(name, _)| *name == "Spark"));
}

fn any_term() -> impl Strategy<Value = WantedTerm> {
    let name = prop_oneof![
        Just("Go"),
        Just("Kubernetes"),
        Just("Postgres"),
        Just("COBOL"),
        Just("welding"),
        Just("")
    ];
    (name, prop::bool::ANY, 0_u8..9).prop_map(|(name, must, weight)| WantedTerm {
        weight,
        ..term(name, if must { Need::Must } else { Need::Nice })
    })
}

proptest! {
    #[test]
    fn points_add_up_to_the_score_and_possible_points_to_a_hundred(wanted in prop::collection::vec(any_term(), 0..60)) {
        let matched = matched(&wanted);
        let earned: f64 = matched.terms.iter().map(|term| term.points).sum::<f64>()
            + matched.checks.iter().map(|check| check.points).sum::<f64>();
        let possible: f64 = matched.terms.iter().map(|term| term.points_possible).sum::<f64>()
            + matched.checks.iter().map(|check| check.points_possible).sum::<f64>();
        prop_assert_eq!(earned.to_bits(), matched.score.value().to_bits());
        prop_assert_eq!(possible.to_bits(), 100_f64.to_bits());
        prop_assert!(matched.terms.iter().all(|term| term.points <= term.points_possible));
        prop_assert!(matched.suggestions.len() <= 12);
    }

    #[test]
    fn any_text_is_matched_and_quoted_as_it_stands(text in "(?s)(\\PC|[\n \t•]|Go|R|Kubernetes| ){0,300}") {
        let resume = MatchableResume { text: text.clone(), outline: ResumeOutline::default(), ..resume() };
        let matched = match_resume(&resume, &[term("Kubernetes", Need::Must), term("Go", Need::Nice)], &Meanings::default(), today());
        for (quote, span) in matched.terms.iter().filter_map(|term| term.quote.as_ref().zip(term.span))
            .chain(matched.suggestions.iter().filter_map(|one| one.quote.as_ref().zip(one.span))) {
            prop_assert_eq!(quote, &span.quote(&text));
        }
    }

    #[test]
    fn any_post_is_read(post in "(?s)(\\PC|\n|Requirements|: |\\. |•|experience with ){0,200}") {
        let wanted = wanted_from_post(&post, &post, &|_: &str| Vec::new());
        prop_assert!(wanted.iter().all(|term| (1..=5).contains(&term.weight)));
    }
}
