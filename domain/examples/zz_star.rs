#![allow(warnings)]
use interaura_domain::interview::{star, sentences};
use serde_json::{Value, json};
fn main() {
    for line in std::io::stdin().lines() {
        let v: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let a = v["answer"].as_str().unwrap();
        let told = star::read(&sentences::segments(a));
        println!("{}", json!({"id": v["id"], "star": star::spans(&told, a), "ratings": [],
          "told": told.iter().map(|t| json!([t.sentence.text, format!("{:?}", t.part), t.deeds.own, t.deeds.shared, t.deeds.hypothetical, t.deeds.past_state, t.change])).collect::<Vec<_>>() }));
    }
}
