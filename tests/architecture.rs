//! The arrows between our crates, the crates that rules must not know, and the size of files and
//! functions.

#![expect(clippy::unwrap_used, reason = "this whole file is a test, its helper functions too")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Which of our crates each may depend on.
const ALLOWED: &[(&str, &[&str])] = &[
    ("interaura-domain", &[]),
    ("interaura-adapters", &["interaura-domain"]),
    ("interaura-projections", &["interaura-domain"]),
    ("interaura-api", &["interaura-domain", "interaura-projections"]),
    ("interaura-workers", &["interaura-domain", "interaura-projections"]),
    (
        "interaura-server",
        &[
            "interaura-domain",
            "interaura-adapters",
            "interaura-projections",
            "interaura-api",
            "interaura-workers",
        ],
    ),
    (
        "interaura-tests",
        &[
            "interaura-domain",
            "interaura-adapters",
            "interaura-projections",
            "interaura-api",
            "interaura-workers",
            "interaura-server",
        ],
    ),
];

/// Rules are decided without input, output, time or chance.
const FOREIGN_TO_THE_DOMAIN: &[&str] =
    &["tokio", "sqlx", "async-nats", "axum", "reqwest", "rand", "candle-core", "object_store", "metrics"];

/// Providers, SQL and the stream are reached through ports.
const FOREIGN_TO_API_AND_WORKERS: &[&str] =
    &["sqlx", "async-nats", "reqwest", "candle-core", "metrics-exporter-prometheus"];

const LONGEST_FILE: usize = 600;
const LONGEST_FUNCTION: usize = 80;

#[test]
fn arrows_between_our_crates_point_inward() {
    let dependencies = dependencies();
    let expected: Vec<&str> = ALLOWED.iter().map(|(name, _)| *name).collect();
    let mut members: Vec<&String> = dependencies.keys().collect();
    members.retain(|name| !expected.contains(&name.as_str()));
    assert!(members.is_empty(), "no arrows are written down for {members:?}");
    for (name, allowed) in ALLOWED {
        let mut wrong = dependencies[*name].clone();
        wrong.retain(|other| other.starts_with("interaura-") && !allowed.contains(&other.as_str()));
        assert!(wrong.is_empty(), "{name} may not depend on {wrong:?}");
    }
}

#[test]
fn the_domain_knows_no_technology() {
    knows_none_of("interaura-domain", FOREIGN_TO_THE_DOMAIN);
}

#[test]
fn api_and_workers_reach_the_outside_through_ports() {
    knows_none_of("interaura-api", FOREIGN_TO_API_AND_WORKERS);
    knows_none_of("interaura-workers", FOREIGN_TO_API_AND_WORKERS);
}

#[test]
fn files_and_functions_stay_within_their_budget() {
    let mut found = String::new();
    for file in rust_files() {
        let text = std::fs::read_to_string(&file).unwrap();
        let name = file.strip_prefix(root()).unwrap().display();
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            writeln!(found, "{name}: {lines} lines, at most {LONGEST_FILE}").unwrap();
        }
        for (line, length) in functions(&text) {
            if length > LONGEST_FUNCTION {
                writeln!(found, "{name}:{line}: a function of {length} lines, at most {LONGEST_FUNCTION}")
                    .unwrap();
            }
        }
    }
    assert!(found.is_empty(), "split by what changes together:\n{found}");
}

#[test]
fn a_module_is_named_for_what_it_holds() {
    let banned = ["mod", "utils", "util", "helpers", "common", "shared", "types", "misc"];
    let mut files = rust_files();
    files.retain(|file| banned.contains(&file.file_stem().unwrap().to_str().unwrap()));
    assert!(files.is_empty(), "{files:?}");
}

#[test]
fn functions_are_measured_by_their_indentation() {
    let text = "impl A {\n    pub(crate) async fn f(\n        a: u8,\n    ) {\n        g();\n    }\n    fn h();\n}\nfn one() { }\n";
    assert_eq!(functions(text), [(2, 5)]);
}

fn knows_none_of(name: &str, foreign: &[&str]) {
    let mut found = dependencies()[name].clone();
    found.retain(|other| foreign.contains(&other.as_str()));
    assert!(found.is_empty(), "{name} may not depend on {found:?}");
}

/// The direct dependencies of each of our crates, without those of its own tests; the test package
/// has no others.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let mut found = BTreeMap::new();
    for package in packages {
        let name = package["name"].as_str().unwrap().to_owned();
        let mut names = Vec::new();
        for dependency in package["dependencies"].as_array().unwrap() {
            let is_ours = dependency["path"].is_string();
            if dependency["kind"] != "dev" || is_ours {
                names.push(dependency["name"].as_str().unwrap().to_owned());
            }
        }
        found.insert(name, names);
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn rust_files() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        ALLOWED.iter().map(|(name, _)| root().join(name.trim_start_matches("interaura-"))).collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// First line and length of each function. rustfmt closes a function with a brace in the column of
/// its first line, so that indentation tells where it ends.
fn functions(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        if !is_function(code) {
            continue;
        }
        let indentation = &line[..line.len() - code.len()];
        let end = lines[start..].iter().position(|line| {
            let rest = line.strip_prefix(indentation);
            rest.is_some_and(|rest| rest == "}" || rest.ends_with(';') && !rest.starts_with(' '))
                || (rest == Some(code) && code.ends_with('}'))
        });
        if let Some(length) = end.filter(|length| *length > 0) {
            found.push((start + 1, length + 1));
        }
    }
    found
}

/// Whether a line starts a function: `fn` after nothing but qualifiers.
fn is_function(code: &str) -> bool {
    let qualifiers = ["pub", "const", "async", "unsafe", "extern"];
    for word in code.split_whitespace() {
        if word == "fn" {
            return true;
        }
        if !qualifiers.iter().any(|qualifier| word.starts_with(qualifier)) {
            return false;
        }
    }
    false
}
