use super::*;

#[test]
fn what_nobody_may_be_asked_is_found() {
    for (text, topic) in [
        ("How old were you when you learned Rust?", "age"),
        ("In which year were you born?", "age"),
        ("Do you plan to retire in the next five years?", "age"),
        ("When will you retire?", "age"),
        ("Where was your mother born?", "age"),
        ("Are you over 50?", "age"),
        ("What is your date of birth?", "age"),
        ("Are you nearly fifty?", "age"),
        ("What year did you graduate from high school?", "age"),
        ("When did you leave school?", "age"),
        ("How many years do you have before your pension?", "age"),
        ("How would you feel about a boss who is younger than you?", "age"),
        ("Are you planning to have a baby soon?", "family"),
        ("How many children do you have?", "family"),
        ("Do you have children, or do you want to start a family?", "family"),
        ("How would your husband feel about travelling?", "family"),
        ("Are you in a relationship, and are you planning on having a family soon?", "family"),
        ("What does your partner do?", "family"),
        ("Would your partner mind if you moved?", "family"),
        ("Are you single or divorced?", "family"),
        ("Do you celebrate birthdays with your loved ones at home?", "family"),
        ("Who looks after your daughter while you work?", "family"),
        ("Are you disabled in any way?", "health"),
        ("Is there a disability that we should know of?", "health"),
        ("Do you have any health problems or illnesses that could affect your work?", "health"),
        ("Do you have a disability?", "health"),
        ("Are you on any medication?", "health"),
        ("Have you ever been seriously ill?", "health"),
        ("Are you often sick?", "health"),
        ("Do you suffer from depression or anxiety?", "health"),
        ("Have you ever been diagnosed with ADHD?", "health"),
        ("Do you see a therapist?", "health"),
        ("Are you a US citizen?", "origin"),
        ("Your accent is lovely; where are you from?", "origin"),
        ("What is your country of origin, and where did you grow up?", "origin"),
        ("Is English your first language?", "origin"),
        ("Do you need a visa?", "origin"),
        ("Are you black, white or Asian?", "origin"),
        ("Are you originally Turkish?", "origin"),
        ("Where does your name come from?", "origin"),
        ("Which church do you go to?", "belief"),
        ("Are you a Muslim or a Christian, and do you believe in God?", "belief"),
        ("Do you celebrate Christmas or Ramadan?", "belief"),
        ("Do you eat kosher or halal?", "belief"),
        ("What religion do you follow?", "belief"),
        ("Do you observe the Sabbath?", "belief"),
        ("Are you a conservative or a socialist?", "belief"),
        ("Are you gay or straight?", "private life"),
        ("Do you have a criminal record?", "private life"),
    ] {
        assert_eq!(unfair_topic(text), Some(topic), "{text}");
    }
    let text = "Do you celebrate Christmas or Ramadan with your loved ones at home?";
    assert!(unfair_topic(text).is_some(), "{text}");
}

#[test]
fn what_only_sounds_alike_is_fair() {
    for text in [
        "How do you check the health of a service?",
        "Tell me about a family of functions that you generalised.",
        "How do you manage the age of cached pages?",
        "How do you set the order in which child processes end?",
        "Tell me about a time you explained a risk to a patient's relatives.",
        "How would you race two requests?",
        "A feature flag was disabled by mistake: what do you do first?",
        "Describe a medication mistake or near miss in which you were involved.",
        "An employee tells you that a disability makes part of the job hard. What do you do?",
        "How would you retire a legacy service?",
        "How do you treat chronic outages of a supplier?",
        "How do you handle a partner team that misses its dates?",
        "Do you have a partner team that you depend on, and how do you plan with it?",
        "When you pair, how do you tell your partner that the design is wrong?",
        "How would you model relationships between tables?",
        "How do you build a relationship with a customer who left?",
        "How would you process Visa payments twice without charging twice?",
        "When do you write black-box tests, and when white-box tests?",
        "How would you position a family of products?",
        "What do your health checks tell the load balancer?",
        "How do you test pension calculations over a change of law?",
        "What was the first language you wrote a service in?",
        "How do you break up a god object?",
        "How did you plan the Christmas peak of a shop?",
        "How do you act in good faith where a contract is unclear?",
        "How would you check the country of origin that a supplier states?",
        "Tell me about a time you had a patient with diabetes who refused help.",
        "How do you calm a patient's anxiety before an operation?",
        "Are you building for European or American customers first?",
        "How do you see office politics off your project?",
        "Do you believe in writing tests first, and why?",
        "What do you do when you are over 80 % of a budget?",
        "How have you diagnosed a slow query?",
        "How do you observe a running service?",
        "When is UNION ALL faster than UNION?",
        "How would you price a single product for two markets?",
        "How do you teach adults over 50 to use a phone safely?",
        "How did the team's confidence grow up to the launch?",
    ] {
        assert_eq!(unfair_topic(text), None, "{text}");
    }
}

#[test]
fn a_pattern_that_ends_in_a_gap_or_names_no_family_would_never_match() {
    for pattern in UNFAIR.iter().flat_map(|(_, patterns)| *patterns).chain(FAIR) {
        assert!(!pattern.ends_with(".."), "{pattern}");
        for name in pattern.split([' ', '|']).filter_map(|part| part.strip_prefix('@')) {
            assert!(FAMILIES.iter().any(|(family, _)| *family == name), "{name}");
        }
    }
}
