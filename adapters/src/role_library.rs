//! The library of roles and questions that ships with the product, as `library/roles/*.json`.
//!
//! It is compiled in, so that a question named by an old event can still be explained by the binary
//! that reads it.

use std::collections::BTreeMap;

use interaura_domain::interview::question::{Point, QuestionKind};
use interaura_domain::role::{RoleProfile, RoleSlug};
use rust_embed::RustEmbed;
use serde::Deserialize;

#[derive(RustEmbed)]
#[folder = "library/roles"]
#[include = "*.json"]
struct RoleFiles;

/// What a question's place for a fact of the resume takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResumeSlot {
    /// A skill that the resume names.
    Skill,
    /// An employer.
    Employer,
    /// A job title.
    Title,
}

impl ResumeSlot {
    /// The place as it stands in the text: `{skill}`.
    pub fn placeholder(self) -> &'static str {
        match self {
            Self::Skill => "{skill}",
            Self::Employer => "{employer}",
            Self::Title => "{title}",
        }
    }
}

/// Words for a question that speaks of a fact of the resume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResumeWording {
    /// What the place takes.
    pub slot: ResumeSlot,
    template: String,
}

impl ResumeWording {
    /// The question about `fact`.
    pub fn about(&self, fact: &str) -> String {
        self.template.replacen(self.slot.placeholder(), fact, 1)
    }
}

/// A question of the library.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "QuestionInFile")]
pub struct LibraryQuestion {
    /// Its name, unique over all roles: `registered-nurse-b01`. Events keep it.
    pub id: String,
    /// What it asks for.
    pub kind: QuestionKind,
    /// 1 to 5.
    pub difficulty: u8,
    /// One to three words.
    pub topic: String,
    /// What the role wants that a good answer shows, by the names of the role's skills.
    pub asks_for: Vec<String>,
    /// The question, without a place for a fact.
    pub text: String,
    /// The same question about a fact of the resume.
    pub resume_wording: Option<ResumeWording>,
    /// What a good answer covers, 3 to 5.
    pub points: Vec<Point>,
}

#[derive(Deserialize)]
struct QuestionInFile {
    id: String,
    kind: QuestionKind,
    difficulty: u8,
    topic: String,
    #[serde(default)]
    asks_for: Vec<String>,
    text: String,
    resume_text: Option<String>,
    resume_slot: Option<ResumeSlot>,
    points: Vec<Point>,
}

impl TryFrom<QuestionInFile> for LibraryQuestion {
    type Error = String;

    fn try_from(question: QuestionInFile) -> Result<Self, Self::Error> {
        let QuestionInFile { id, kind, difficulty, topic, asks_for, text, resume_text, resume_slot, points } =
            question;
        if !(1..=5).contains(&difficulty) {
            return Err(format!("{id}: difficulty {difficulty} is not 1 to 5"));
        }
        if text.contains(['{', '}']) {
            return Err(format!("{id}: the text has a placeholder"));
        }
        let resume_wording = match (resume_text, resume_slot) {
            (None, None) => None,
            (Some(template), Some(slot)) if has_only(&template, slot) => {
                Some(ResumeWording { slot, template })
            }
            _ => return Err(format!("{id}: resume_text and resume_slot do not fit each other")),
        };
        Ok(Self { id, kind, difficulty, topic, asks_for, text, resume_wording, points })
    }
}

/// Whether `template` has exactly one placeholder, that of `slot`.
fn has_only(template: &str, slot: ResumeSlot) -> bool {
    template.matches('{').count() == 1
        && template.matches('}').count() == 1
        && template.contains(slot.placeholder())
}

#[derive(Deserialize)]
struct RoleInFile {
    #[serde(flatten)]
    profile: RoleProfile,
    questions: Vec<LibraryQuestion>,
}

/// A file of the library that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the role library's {file} cannot be used")]
pub struct RoleLibraryError {
    file: String,
    #[source]
    source: serde_json::Error,
}

/// The roles with their questions.
#[derive(Debug, Clone)]
pub struct RoleLibrary {
    roles: Vec<RoleProfile>,
    questions: BTreeMap<RoleSlug, Vec<LibraryQuestion>>,
}

impl RoleLibrary {
    /// Reads the library out of the binary. It takes some milliseconds: load it once.
    ///
    /// # Errors
    /// A file is not of the form expected, which a test rules out for a released binary.
    pub fn load() -> Result<Self, RoleLibraryError> {
        let mut roles = Vec::new();
        let mut questions = BTreeMap::new();
        for file in RoleFiles::iter() {
            let Some(content) = RoleFiles::get(&file) else { continue };
            let role: RoleInFile = serde_json::from_slice(&content.data)
                .map_err(|source| RoleLibraryError { file: file.to_string(), source })?;
            questions.insert(role.profile.slug.clone(), role.questions);
            roles.push(role.profile);
        }
        roles.sort_by(|a, b| a.title.cmp(&b.title));
        Ok(Self { roles, questions })
    }

    /// All roles, by title.
    pub fn roles(&self) -> &[RoleProfile] {
        &self.roles
    }

    /// The role of that name.
    pub fn role(&self, slug: &RoleSlug) -> Option<&RoleProfile> {
        self.roles.iter().find(|role| role.slug == *slug)
    }

    /// The questions of a role in the order of the file; none for an unknown role.
    pub fn questions(&self, slug: &RoleSlug) -> &[LibraryQuestion] {
        self.questions.get(slug).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashMap, HashSet};

    use interaura_domain::interview::question_check::unfair::unfair_topic;
    use interaura_domain::ports::embedder::Embedder;
    use interaura_domain::role::Need;

    use super::*;
    use crate::embedder::test_model::model;

    const FEWEST_QUESTIONS: usize = 600;
    const FEWEST_PER_ROLE: usize = 30;
    const DUPLICATE_ABOVE: f64 = 0.9;

    fn library() -> RoleLibrary {
        RoleLibrary::load().unwrap()
    }

    #[test]
    fn the_library_is_large_enough() {
        let library = library();
        assert!(library.roles().len() >= 12);
        let total: usize = library.roles().iter().map(|role| library.questions(&role.slug).len()).sum();
        assert!(total >= FEWEST_QUESTIONS, "{total} questions");
        for role in library.roles() {
            let questions = library.questions(&role.slug);
            let behavioural = questions.iter().filter(|one| one.kind == QuestionKind::Behavioural).count();
            assert!(questions.len() >= FEWEST_PER_ROLE, "{:?}: {}", role.slug, questions.len());
            assert!(behavioural >= 10, "{:?}: {behavioural} behavioural", role.slug);
        }
    }

    #[test]
    fn every_role_names_what_an_employer_looks_for() {
        for role in library().roles() {
            let musts = role.skills.iter().filter(|skill| skill.need == Need::Must).count();
            assert!(role.skills.len() >= 18 && musts >= 8, "{:?}", role.slug);
            assert!(role.skills.iter().all(|skill| (1..=5).contains(&skill.weight)), "{:?}", role.slug);
            let names: HashSet<String> = role.skills.iter().map(|skill| skill.name.to_lowercase()).collect();
            assert_eq!(names.len(), role.skills.len(), "{:?} names a skill twice", role.slug);
        }
    }

    #[test]
    fn every_question_has_a_name_of_its_own_and_points_to_look_for() {
        let library = library();
        let mut ids = HashSet::new();
        for role in library.roles() {
            for question in library.questions(&role.slug) {
                assert!(question.id.starts_with(&role.slug.0), "{}", question.id);
                assert!(ids.insert(question.id.clone()), "{} is there twice", question.id);
                assert!((3..=5).contains(&question.points.len()), "{}", question.id);
                assert!(
                    question.points.iter().all(|point| point.probe.ends_with(['?', '.'])),
                    "{}",
                    question.id
                );
                assert!((1..=3).contains(&question.topic.split_whitespace().count()), "{}", question.id);
            }
        }
    }

    #[test]
    fn no_question_asks_what_nobody_may_be_asked() {
        let library = library();
        for question in library.roles().iter().flat_map(|role| library.questions(&role.slug)) {
            let wording = question.resume_wording.as_ref().map(|wording| wording.about("Rust"));
            let points = question.points.iter().flat_map(|point| [&point.text, &point.probe]);
            for text in points.chain([&question.text]).chain(&wording) {
                assert_eq!(unfair_topic(text), None, "{}: {text}", question.id);
            }
        }
    }

    #[test]
    fn a_fact_of_the_resume_takes_its_place() {
        let library = library();
        for role in library.roles() {
            for question in library.questions(&role.slug) {
                let Some(wording) = &question.resume_wording else { continue };
                let asked = wording.about("Rust");
                assert!(asked.contains("Rust") && !asked.contains('{'), "{}", question.id);
            }
        }
    }

    #[test]
    fn a_placeholder_of_another_slot_is_refused() {
        let question = r#"{"id": "x-b01", "kind": "technical", "difficulty": 2, "topic": "x", "text": "Why?",
            "resume_text": "Why {employer}?", "resume_slot": "skill", "points": []}"#;
        assert!(serde_json::from_str::<LibraryQuestion>(question).is_err());
    }

    #[test]
    fn what_a_question_asks_for_is_a_skill_of_its_role() {
        let library = library();
        for role in library.roles() {
            let skills: HashSet<&str> = role.skills.iter().map(|skill| skill.name.as_str()).collect();
            let questions = library.questions(&role.slug);
            for question in questions {
                let unknown: Vec<&String> =
                    question.asks_for.iter().filter(|name| !skills.contains(name.as_str())).collect();
                assert!(unknown.is_empty(), "{}: {unknown:?}", question.id);
                assert!(question.asks_for.len() <= 3, "{}", question.id);
            }
            let musts = role.skills.iter().filter(|skill| skill.need == Need::Must);
            let (mut asked, mut all) = (0, 0);
            for must in musts {
                all += 1;
                asked += usize::from(questions.iter().any(|question| question.asks_for.contains(&must.name)));
            }
            assert!(asked * 10 >= all * 7, "{}: {asked} of {all} requirements", role.slug.0);
        }
    }

    #[tokio::test]
    async fn few_questions_say_the_same() {
        let library = library();
        let questions: Vec<(&RoleSlug, &LibraryQuestion)> = library
            .roles()
            .iter()
            .flat_map(|role| library.questions(&role.slug).iter().map(|question| (&role.slug, question)))
            .collect();
        let texts: Vec<String> = questions.iter().map(|(_, question)| question.text.clone()).collect();
        let embeddings = model().embed(&texts).await.unwrap();
        let mut removed = BTreeSet::new();
        let mut pairs = Vec::new();
        for later in 0..questions.len() {
            for earlier in (0..later).filter(|earlier| !removed.contains(earlier)).collect::<Vec<_>>() {
                let cosine = embeddings[earlier].cosine(&embeddings[later]);
                if cosine > DUPLICATE_ABOVE {
                    pairs.push(format!(
                        "{cosine:.3}  {}  {}\n       {}\n       {}",
                        questions[earlier].1.id, questions[later].1.id, texts[earlier], texts[later]
                    ));
                    removed.insert(later);
                    break;
                }
            }
        }
        let listing = pairs.join("\n");
        let mut left: HashMap<&RoleSlug, usize> = HashMap::new();
        for (place, (slug, _)) in questions.iter().enumerate() {
            *left.entry(slug).or_default() += usize::from(!removed.contains(&place));
        }
        eprintln!("{} near duplicates among {} questions\n{listing}", removed.len(), questions.len());
        assert!(questions.len() - removed.len() >= FEWEST_QUESTIONS, "too many near duplicates:\n{listing}");
        assert!(left.values().all(|count| *count >= FEWEST_PER_ROLE), "too many near duplicates:\n{listing}");
    }
}
