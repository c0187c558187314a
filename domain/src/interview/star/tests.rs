use super::*;
use crate::interview::sentences::segments;

const STORY: &str = "In my last job at a regional bakery the ordering system went down on a Friday morning. \
    I was responsible for the shift and had to get 40 orders out by noon. \
    First I rang the supplier and asked for a paper list. \
    Then I split the team into two groups and wrote the orders on the board. \
    As a result we delivered 38 of the 40 orders on time and lost no customer.";

fn parts(text: &str) -> Vec<Option<StarPart>> {
    read(&segments(text)).into_iter().map(|told| told.part).collect()
}

#[test]
fn a_story_in_order_has_its_four_parts() {
    use StarPart::{Action, Result, Situation, Task};
    assert_eq!(parts(STORY), [Some(Situation), Some(Task), Some(Action), Some(Action), Some(Result)]);
}

#[test]
fn neighbours_that_tell_the_same_part_are_one_span_and_the_quote_is_its_text() {
    let found = spans(&read(&segments(STORY)), STORY);
    assert_eq!(found.len(), 4);
    for one in &found {
        assert_eq!(one.evidence.quote.present().unwrap(), &one.evidence.span.quote(STORY));
    }
    assert!(found[2].evidence.quote.present().unwrap().ends_with("on the board."));
}

#[test]
fn the_shape_of_a_full_story_is_full() {
    let shape = StarShape::of(&read(&segments(STORY)));
    assert!(shape.told.iter().all(|part| *part > 0.8), "{shape:?}");
    assert!((shape.order - 1.0).abs() < f64::EPSILON);
    assert!(shape.own_steps >= 4, "{shape:?}");
    assert!(shape.result_with_change);
}

#[test]
fn a_result_told_first_breaks_the_order() {
    let shape = StarShape::of(&read(&segments(
        "I rang the supplier and asked for a list. I was responsible for the shift that day. \
         Back in 2021 there was a bakery where the oven was old.",
    )));
    assert!(shape.order < 0.6, "{shape:?}");
}

#[test]
fn what_one_would_do_is_no_action() {
    let told = read(&segments("I would talk to them. I would usually escalate it. I'd write a report."));
    let shape = StarShape::of(&told);
    assert_eq!(shape.own_steps, 0);
    assert_eq!(shape.hypothetical, 3);
    assert!(shape.of_part(StarPart::Action) < 0.01);
}

#[test]
fn an_essay_about_the_world_tells_no_story() {
    let found = parts(
        "Teamwork is important in every organisation. Good communication builds trust between people. \
         Leaders should listen to others and respect different opinions.",
    );
    assert!(found.iter().all(Option::is_none), "{found:?}");
}

#[test]
fn deeds_of_others_are_not_own_steps() {
    let deeds = Deeds::of(&words::words("They rewrote it and she tested it while I was away"));
    assert_eq!((deeds.own, deeds.shared), (0, 0));
}

#[test]
fn deeds_joined_by_and_count_each() {
    let deeds =
        Deeds::of(&words::words("I quickly called the doctor and started oxygen and told the family"));
    assert_eq!(deeds.own, 3);
}

#[test]
fn a_result_is_heard_in_what_did_not_happen_since() {
    let begun = "In my last job at a regional bakery the ordering system went down on a Friday morning. \
        I rang the supplier and wrote the orders on the board. ";
    for told in [
        "Afterwards no order was lost.",
        "Since then nobody has complained.",
        "We have not had an outage since.",
        "The fault never came back.",
        "Two months later there hadn't been another incident.",
        "From that day on, every order left before noon.",
        "Afterwards the shop was calm.",
    ] {
        let found = read(&segments(&format!("{begun}{told}")));
        assert_eq!(found[2].part, Some(StarPart::Result), "{told}");
    }
    let checkable = StarShape::of(&read(&segments(&format!("{begun}We have not had an outage since."))));
    assert!(checkable.result_with_change);
}

#[test]
fn a_step_after_another_is_no_result() {
    let found = read(&segments(
        "In my last job the ordering system went down. I rang the supplier. \
         Afterwards I split the team into two groups and called each shop. I told my manager about the error.",
    ));
    assert_eq!(found[2].part, Some(StarPart::Action));
    assert_eq!(found[3].part, Some(StarPart::Action));
}

#[test]
fn what_had_been_done_is_no_wish_and_what_tells_when_is_no_deed() {
    let had = Deeds::of(&words::words("I'd already rung the hotel over the road"));
    assert_eq!((had.hypothetical, had.past_state), (0, true));
    assert_eq!(Deeds::of(&words::words("I'd ring the hotel")).hypothetical, 1);
    assert_eq!(Deeds::of(&words::words("A man was shouting before I had said my name")).own, 0);
}

#[test]
fn the_setting_after_a_result_told_first_is_heard() {
    let found = parts(
        "We closed at a record price and they renewed in May. It had been a quiet customer for most of the year. \
         I called the head nurse and counted the sheets with her.",
    );
    assert_eq!(found[1], Some(StarPart::Situation), "{found:?}");
}
