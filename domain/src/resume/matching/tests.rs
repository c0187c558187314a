use chrono::NaiveDate;
use proptest::prelude::*;

use super::job_post::wanted_from_post;
use super::*;
use crate::resume::analysis::Suggestion;
use crate::resume::outline::{Contact, Job, NamedSkill, Section, SectionKind, YearMonth};
use crate::role::Need;
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

fn wanted(terms: &[WantedTerm]) -> Wanted {
    Wanted { terms: terms.to_vec(), title: None, work: Vec::new() }
}

fn matched(terms: &[WantedTerm]) -> ResumeMatch {
    match_resume(&resume(), &wanted(terms), &Meanings::default(), today())
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
        ("Git, GitHub", "Git", true),
        ("GitHub, GitLab CI", "Git", false),
        ("github.com/ada and https://gitlab.com/git/ada", "GitLab", false),
        ("ada.git@example.org", "Git", false),
        ("Node.js/Express, ASP.NET/C#", "C#", true),
        ("JavaScript, Java Script", "Java", false),
        ("Java, JavaScript", "Java", true),
        ("Java Script", "JavaScript", true),
        ("C, C++, C#", "C#", true),
        ("C#, F#", "C", false),
        ("C++/Objective-C, Swift", "C", false),
        ("R and D budgets", "R", false),
        ("R, SAS", "R", true),
        ("Go/No-Go meetings", "Go", false),
        ("Google, Django", "Go", false),
        ("Go, Rust", "Go", true),
        ("MySQL, NoSQL, No-SQL", "SQL", false),
        ("SQL/NoSQL", "SQL", true),
        ("MySQL", "NoSQL", false),
        ("React Native, Expo", "React", false),
        ("React, React Native", "React", true),
        ("Reacted to alarms", "React", false),
        ("React", "React Native", false),
        ("Excellent, reliable", "Excel", false),
        ("Microsoft Excel", "Excel", true),
        ("Scalable, fast", "Scala", false),
        ("Swift payments, SEPA", "Swift", false),
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
fn another_name_is_said_where_it_is_taken_for_the_term() {
    let git = WantedTerm { synonyms: vec!["GitHub".to_owned()], ..term("Git", Need::Must) };
    let text = "Skills\nGitHub, Linux\nada.dev/git github.com/ada";
    let resume = MatchableResume { text: text.to_owned(), outline: ResumeOutline::default(), ..resume() };
    let found = match_resume(&resume, &wanted(&[git]), &Meanings::default(), today());
    assert_eq!(found.terms[0].found, TermMatch::Synonym);
    assert_eq!(found.terms[0].found_as.as_deref(), Some("GitHub"));
    let said =
        found.suggestions.iter().find(|one| one.advice.starts_with("Your “GitHub” is counted for “Git”"));
    assert_eq!(said.unwrap().quote.as_deref(), Some("GitHub, Linux"));
    let exact = &matched(&[term("Kubernetes", Need::Must)]).terms[0];
    assert_eq!((exact.found, exact.found_as.as_deref()), (TermMatch::Exact, None));
}

#[test]
fn a_link_or_an_address_shows_no_skill() {
    let git = WantedTerm { synonyms: vec!["GitHub".to_owned()], ..term("Git", Need::Must) };
    let text = "https://github.com/ada | github.com/ada | www.git.example | git@example.org";
    let resume = MatchableResume { text: text.to_owned(), outline: ResumeOutline::default(), ..resume() };
    let found = match_resume(&resume, &wanted(&[git]), &Meanings::default(), today());
    assert_eq!(found.terms[0].found, TermMatch::Missing);
}

#[test]
fn a_title_counts_where_it_is_named_and_is_not_missed_where_it_is_not() {
    let with = |title: &str| {
        let title = Some(WantedTerm { weight: 5, ..term(title, Need::Nice) });
        let wanted = Wanted {
            terms: vec![term("Kubernetes", Need::Must), term("COBOL", Need::Must)],
            title,
            ..Wanted::default()
        };
        match_resume(&resume(), &wanted, &Meanings::default(), today())
    };
    let (named, other) = (with("Backend developer"), with("Florist"));
    assert!(named.terms.iter().any(|term| term.term == "Backend developer" && term.points > 0.0));
    assert!(!other.terms.iter().any(|term| term.term == "Florist"));
    assert!(!other.suggestions.iter().any(|one| one.advice.contains("Florist")));
    assert!(named.score > other.score);
}

#[test]
fn words_that_two_texts_share_do_not_make_them_related() {
    let strict = |term, phrase| closeness_needed(term, phrase).is_none_or(|needed| needed > 0.6);
    for (term, phrase) in [
        ("server-side programming", "linear programming"),
        ("email marketing", "a service for sending email"),
        ("project planning", "project documentation"),
        ("Kubernetes", "running containers in production"),
        ("Power BI", "dashboards for managers"),
        ("Git", "GitHub repositories"),
        ("Java", "JavaScript developer"),
        ("React", "React Native apps"),
        ("SQL", "NoSQL stores"),
    ] {
        assert!(strict(term, phrase), "{term} from {phrase}");
    }
    assert_eq!(closeness_needed("Git", "GitHub repositories"), None);
    for (term, phrase) in [
        ("mentoring", "taught new people how to review code"),
        ("budget management", "managing the budgets of four teams"),
        ("Negotiation", "agreed prices with suppliers"),
        ("complaint handling", "calmed angry callers"),
    ] {
        assert!(!strict(term, phrase), "{term} from {phrase}");
    }
}

#[test]
fn a_phrase_speaks_for_the_term_it_is_nearest_to() {
    let wanted = wanted(&[term("mentoring", Need::Must), term("public speaking", Need::Must)]);
    let texts = texts_to_embed(&resume(), &wanted);
    let direction = |text: &String| match text.as_str() {
        "mentoring" => vec![1.0, 0.0],
        "public speaking" => vec![0.8, 0.6],
        text if text.starts_with("Taught") => vec![0.98, 0.199],
        _ => vec![0.0, 0.0],
    };
    let embeddings = texts.iter().map(|text| Embedding(direction(text))).collect();
    let found = match_resume(&resume(), &wanted, &Meanings::new(texts, embeddings), today()).terms;
    let how = |name: &str| found.iter().find(|term| term.term == name).unwrap().found;
    assert_eq!((how("mentoring"), how("public speaking")), (TermMatch::Related, TermMatch::Missing));
}

#[test]
fn a_phrase_of_near_meaning_is_related_and_quoted() {
    let wanted = wanted(&[term("mentoring", Need::Must)]);
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

/// What a match says where every text that names `like` points one way, and all others another.
fn matched_by_work(terms: &[WantedTerm], like: &str) -> ResumeMatch {
    let work =
        vec!["Backend developer".to_owned(), "You build services and their APIs with Postgres.".to_owned()];
    let wanted = Wanted { work, ..wanted(terms) };
    let texts = texts_to_embed(&resume(), &wanted);
    let direction = |text: &String| if text.contains(like) { vec![1.0, 0.0] } else { vec![0.0, 1.0] };
    let embeddings = texts.iter().map(|text| Embedding(direction(text))).collect();
    match_resume(&resume(), &wanted, &Meanings::new(texts, embeddings), today())
}

#[test]
fn a_line_of_work_earns_points_and_shows_the_lines_that_are_nearest() {
    let terms = [term("Kubernetes", Need::Must), term("COBOL", Need::Must)];
    let (near, far) = (matched_by_work(&terms, "no text says this"), matched_by_work(&terms, "You build"));
    let (own, other) = (&near.terms[0], &far.terms[0]);
    assert_eq!((own.kind, own.found), (TermKind::LineOfWork, TermMatch::Related));
    assert!(own.points > other.points, "{own:?} {other:?}");
    assert!(RESUME.contains(own.quote.as_deref().unwrap()));
    assert!(own.answers.is_some());
    let possible: f64 = near.terms.iter().map(|term| term.points_possible).sum::<f64>()
        + near.checks.iter().map(|check| check.points_possible).sum::<f64>();
    assert_eq!(possible.to_bits(), 100_f64.to_bits());
    assert!(near.suggestions.iter().all(|one| !one.terms.contains(&own.term)), "it is no word to write");
}

#[test]
fn a_term_is_worth_the_same_however_little_else_is_named() {
    let few = matched_by_work(&[term("Kubernetes", Need::Must)], "You build");
    let many: Vec<WantedTerm> =
        ["Kubernetes", "COBOL", "Fortran", "Ada", "Forth"].map(|name| term(name, Need::Must)).to_vec();
    let many = matched_by_work(&many, "You build");
    let worth = |found: &ResumeMatch| {
        found.terms.iter().find(|term| term.term == "Kubernetes").map(|term| term.points_possible)
    };
    assert_eq!(worth(&few), worth(&many));
}

#[test]
fn nothing_is_embedded_where_words_find_everything() {
    assert!(texts_to_embed(&resume(), &wanted(&[term("Kubernetes", Need::Must)])).is_empty());
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
    assert!(suggestions[0].advice.contains("Where you have done it, say so"));
    assert!(advice_on(&suggestions, "Responsible for")[0].contains("“responsible for”"));
    assert!(advice_on(&suggestions, "Taught new people")[0].contains("no number"));
    assert!(advice_on(&suggestions, "Cut the cost").is_empty());
    assert!(advice_on(&suggestions, "Old Corp")[0].contains("began and ended"));
    assert_eq!(suggestions.last().unwrap().term.as_deref(), Some("gRPC"));
}

#[test]
fn each_kind_of_gap_is_told_once_with_all_that_it_concerns() {
    let musts = ["Terraform", "Ansible", "Nomad", "Consul", "Vault", "Packer", "Salt", "Puppet"];
    let nices = ["gRPC", "GraphQL", "OpenAPI", "Kafka"];
    let terms: Vec<WantedTerm> = musts
        .iter()
        .map(|name| term(name, Need::Must))
        .chain(nices.iter().map(|name| term(name, Need::Nice)))
        .chain([term("C++", Need::Must), term("R", Need::Must)])
        .collect();
    let suggestions = matched(&terms).suggestions;
    let lacking: Vec<&Suggestion> = suggestions
        .iter()
        .filter(|one| one.terms.iter().any(|name| musts.contains(&name.as_str())))
        .collect();
    assert_eq!(lacking.len(), 1);
    assert_eq!(lacking[0].terms.len(), musts.len());
    assert!(lacking[0].advice.contains("and 2 more in the list above are required"), "{}", lacking[0].advice);
    assert_eq!(suggestions.iter().filter(|one| one.terms.iter().any(|name| name == "Kafka")).count(), 1);
    let listed = suggestions.iter().find(|one| one.terms == ["C++", "R"]).unwrap();
    assert!(listed.advice.contains("only in your list of skills"), "{}", listed.advice);
    assert_eq!(listed.quote.as_deref(), Some("Go, R, C++, NodeJS, Excel"));
    let kinds: std::collections::BTreeSet<String> =
        suggestions.iter().map(|one| kind_of(&one.advice)).collect();
    assert_eq!(kinds.len(), suggestions.len(), "{suggestions:#?}");
}

/// An advice without what it names.
fn kind_of(advice: &str) -> String {
    advice.split(['“', '”']).step_by(2).collect()
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
    let wanted = wanted_from_post("Senior Data Engineer II (remote)", post, lexicon).unwrap();
    let named: Vec<(&str, Need)> = wanted.terms.iter().map(|term| (term.name.as_str(), term.need)).collect();
    assert!(named.contains(&("Python", Need::Must)), "{named:?}");
    assert!(named.contains(&("SQL", Need::Must)));
    assert!(named.contains(&("Kafka", Need::Nice)));
    assert!(named.contains(&("clinical trial data", Need::Must)), "{named:?}");
    assert!(!named.iter().any(|(name, _)| *name == "Spark"));
    assert!(named.contains(&("Data Engineer", Need::Nice)), "it says little else");
}

#[test]
fn the_title_of_a_post_that_says_enough_is_none_of_its_terms() {
    let skills =
        ["Python", "SQL", "Kafka", "Spark", "Airflow", "Docker", "Git", "Linux", "Scala", "Terraform", "dbt"];
    let lexicon = |text: &str| {
        let named = skills.into_iter().filter(|name| text.contains(name));
        named
            .map(|name| NamedSkill { name: name.to_owned(), span: span_of(text, name), mentions: 1 })
            .collect()
    };
    let post = format!("Requirements\n- {}\n", skills.join("\n- "));
    let wanted = wanted_from_post("Senior Data Engineer", &post, lexicon).unwrap();
    assert!(wanted.terms.iter().all(|term| skills.contains(&term.name.as_str())), "{wanted:?}");
    assert_eq!(wanted.title.unwrap().name, "Data Engineer");
}

#[test]
fn what_asks_for_nothing_is_no_job_post() {
    let lexicon = |text: &str| {
        ["Python", "SQL", "wound care", "baking", "Access"]
            .into_iter()
            .filter(|name| text.contains(name))
            .map(|name| NamedSkill { name: name.to_owned(), span: span_of(text, name), mentions: 1 })
            .collect()
    };
    for nonsense in [
        "asdf qwer zxcv uiop",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore.",
        "",
        "!!! ??? 123 456",
        "Once upon a time there was a fox who lived in a wood and slept all day long under an old oak.",
        "My grandmother loved baking on Sundays. The whole house smelled of it, and the cat slept by the oven. We ate \
         the cake with cream, and then we walked along the river until it was dark.",
    ] {
        assert_eq!(wanted_from_post("asdf", nonsense, lexicon), None, "{nonsense}");
    }
    for post in [
        "Python, SQL",
        "Nurse wanted for our ward. You will do wound care on night shifts. Apply by Friday.",
        "We are hiring! You know Python and SQL.",
        "Gardener\nExperience with large hedges and lawns. Full time, permanent position.",
    ] {
        assert!(wanted_from_post("Post", post, lexicon).is_some(), "{post}");
    }
}

#[test]
fn a_post_that_names_no_skill_is_read_by_its_title_and_what_it_says() {
    for post in [
        "HGV driver, builders' merchant\nYou take sand, bricks and timber to sites within forty miles, unload with the \
         crane, get the note signed, and are polite when the gate is blocked.",
        "Help for a young woman who uses a wheelchair\nI am looking for a third person for my team. I need help with \
         getting up, showering and dressing. You learn to use the hoist. No certificate is needed; a background check \
         is required. 13.10 an hour.",
    ] {
        let title = post.lines().next().unwrap();
        let wanted = wanted_from_post(title, post, |_| Vec::new()).unwrap_or_else(|| panic!("{post}"));
        assert_eq!(wanted.work[0], title);
        assert!(wanted.work.len() > 1);
    }
    for other in [
        "Hi Tom, are we still meeting for lunch on Friday? Let me know if you can bring the report and the pictures from \
         our holidays. It was lovely to see you and the kids at the weekend.",
        "You need 300 g flour, two eggs and a pinch of salt. Let it rest for an hour, and bake for 40 minutes. You can \
         serve it warm with cream. We like it with apples.",
    ] {
        let title = other.split('.').next().unwrap();
        assert_eq!(wanted_from_post(title, other, |_| Vec::new()), None, "{other}");
    }
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
        let kinds: std::collections::BTreeSet<String> =
            matched.suggestions.iter().map(|one| kind_of(&one.advice)).collect();
        prop_assert_eq!(kinds.len(), matched.suggestions.len());
    }

    #[test]
    fn any_text_is_matched_and_quoted_as_it_stands(text in "(?s)(\\PC|[\n \t•]|Go|R|Kubernetes| ){0,300}") {
        let resume = MatchableResume { text: text.clone(), outline: ResumeOutline::default(), ..resume() };
        let matched = match_resume(&resume, &wanted(&[term("Kubernetes", Need::Must), term("Go", Need::Nice)]), &Meanings::default(), today());
        for (quote, span) in matched.terms.iter().filter_map(|term| term.quote.as_ref().zip(term.span))
            .chain(matched.suggestions.iter().filter_map(|one| one.quote.as_ref().zip(one.span))) {
            prop_assert_eq!(quote, &span.quote(&text));
        }
    }

    #[test]
    fn any_post_is_read(post in "(?s)(\\PC|\n|Requirements|: |\\. |•|experience with ){0,200}") {
        let wanted = wanted_from_post(&post, &post, |_| Vec::new()).unwrap_or_default();
        prop_assert!(wanted.terms.iter().chain(&wanted.title).all(|term| (1..=5).contains(&term.weight)));
    }
}
