//! Matches resumes with the role library and sentence embeddings.

pub mod model_first;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::NaiveDate;
use interaura_domain::ports::embedder::Embedder;
use interaura_domain::ports::resume_matcher::{ResumeMatcher, ResumeMatcherError};
use interaura_domain::resume::analysis::{MatchTarget, ResumeMatch};
use interaura_domain::resume::matching::job_post::{FindSkills, wanted_from_post};
use interaura_domain::resume::matching::{
    ANALYSER, MatchableResume, Meanings, Wanted, match_resume, texts_to_embed,
};

use crate::role_library::RoleLibrary;

/// The matcher that needs no network.
pub struct EmbeddedMatcher {
    roles: Arc<RoleLibrary>,
    embedder: Arc<dyn Embedder>,
    find_skills: Box<FindSkills>,
}

impl fmt::Debug for EmbeddedMatcher {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EmbeddedMatcher")
            .field("embedder", &self.embedder.identity())
            .finish_non_exhaustive()
    }
}

impl EmbeddedMatcher {
    /// `find_skills` names the skills in a job post, in the spelling in which the resume's outline
    /// names them too.
    pub fn new(roles: Arc<RoleLibrary>, embedder: Arc<dyn Embedder>, find_skills: Box<FindSkills>) -> Self {
        Self { roles, embedder, find_skills }
    }

    fn wanted(&self, target: &MatchTarget) -> Result<Wanted, ResumeMatcherError> {
        match target {
            MatchTarget::Role(slug) => {
                let role = self.roles.role(slug);
                Ok(Wanted::of_role(role.ok_or_else(|| ResumeMatcherError::UnknownRole(slug.0.clone()))?))
            }
            MatchTarget::JobPost { title, text } => {
                wanted_from_post(title, text, &self.find_skills).ok_or(ResumeMatcherError::NoJobPost)
            }
        }
    }
}

#[async_trait]
impl ResumeMatcher for EmbeddedMatcher {
    async fn match_resume(
        &self,
        resume: &MatchableResume,
        target: &MatchTarget,
        today: NaiveDate,
    ) -> Result<ResumeMatch, ResumeMatcherError> {
        let wanted = self.wanted(target)?;
        let texts = texts_to_embed(resume, &wanted);
        let embeddings = self.embedder.embed(&texts).await;
        let embeddings = embeddings.map_err(|err| ResumeMatcherError::Unavailable(err.into()))?;
        let meanings = Meanings::new(texts, embeddings);
        let mut matched = match_resume(resume, &wanted, &meanings, today);
        matched.analyser = format!("{ANALYSER} with {}", self.embedder.identity());
        Ok(matched)
    }
}

#[cfg(test)]
mod tests {
    use interaura_domain::ports::resume_reader::PageLayout;
    use interaura_domain::resume::analysis::{TermFinding, TermKind, TermMatch};
    use interaura_domain::resume::outline::outline;
    use interaura_domain::role::RoleSlug;

    use super::*;
    use crate::embedder::minilm::MiniLm;
    use crate::embedder::test_model::model_dir;
    use crate::skill_lexicon;

    struct Fixture {
        matcher: EmbeddedMatcher,
        lexicon: Arc<interaura_domain::resume::skill_lexicon::SkillLexicon>,
    }

    impl Fixture {
        fn new() -> Self {
            let lexicon = Arc::new(skill_lexicon::embedded());
            let finder = Arc::clone(&lexicon);
            let roles = Arc::new(RoleLibrary::load().unwrap());
            let embedder = Arc::new(MiniLm::load(&model_dir()).unwrap());
            let matcher =
                EmbeddedMatcher::new(roles, embedder, Box::new(move |text: &str| finder.find(text)));
            Self { matcher, lexicon }
        }

        async fn match_text(
            &self,
            text: &str,
            target: MatchTarget,
        ) -> Result<ResumeMatch, ResumeMatcherError> {
            let today = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
            let resume = MatchableResume {
                outline: outline(text, &self.lexicon, today),
                text: text.to_owned(),
                layout: PageLayout::default(),
                confidence: 1.0,
            };
            self.matcher.match_resume(&resume, &target, today).await
        }

        async fn for_role(&self, text: &str, slug: &str) -> Vec<TermFinding> {
            self.match_text(text, MatchTarget::Role(RoleSlug(slug.to_owned()))).await.unwrap().terms
        }
    }

    fn post(text: &str) -> MatchTarget {
        MatchTarget::JobPost {
            title: text.lines().next().unwrap_or_default().to_owned(),
            text: text.to_owned(),
        }
    }

    fn of<'t>(terms: &'t [TermFinding], name: &str) -> &'t TermFinding {
        terms.iter().find(|term| term.term == name).unwrap_or_else(|| panic!("no {name} in {terms:?}"))
    }

    const RESUME: &str = "Ada Example\nada@example.org | github.com/ada\n\nExperience\nAcme Ltd, Developer, Mar 2021 - \
                          present\n• Wrote linear programming models for planning routes\n• Built pages in JavaScript \
                          with React Native\n• Kept data in MySQL and NoSQL stores\n• Excellent at explaining\n";

    #[tokio::test]
    async fn a_link_to_a_profile_is_no_skill_and_another_name_is_said() {
        let fixture = Fixture::new();
        let terms = fixture.for_role(RESUME, "backend-engineer").await;
        assert_eq!(of(&terms, "Git").found, TermMatch::Missing);
        let with = RESUME.replace("• Excellent", "• Reviewed changes on GitHub\n• Excellent");
        let terms = fixture.for_role(&with, "backend-engineer").await;
        let git = of(&terms, "Git");
        assert_eq!((git.found, git.found_as.as_deref()), (TermMatch::Synonym, Some("GitHub")));
    }

    #[tokio::test]
    async fn what_only_sounds_alike_is_not_found() {
        let fixture = Fixture::new();
        let wanted = "Developer\nRequirements\n- Java, React, SQL, Git, Excel, R and C\n";
        let resume = RESUME.replace("• Excellent", "• Reviewed changes on GitHub\n• Excellent");
        let terms = fixture.match_text(&resume, post(wanted)).await.unwrap().terms;
        for name in ["Java", "React", "SQL", "Git", "Microsoft Excel", "C"] {
            assert_eq!(of(&terms, name).found, TermMatch::Missing, "{:?}", of(&terms, name));
        }
    }

    #[tokio::test]
    async fn a_generic_word_in_common_shows_no_skill() {
        let fixture = Fixture::new();
        let terms = fixture.for_role(RESUME, "backend-engineer").await;
        assert_eq!(of(&terms, "server-side programming").found, TermMatch::Missing);
        let generic =
            "Ada\n\nExperience\nAcme Ltd, Developer, Mar 2021 - present\n• Server-side programming\n";
        let terms = fixture.for_role(generic, "backend-engineer").await;
        assert_eq!(of(&terms, "server-side programming").found, TermMatch::Exact);
        let is_related =
            |term: &&TermFinding| term.kind == TermKind::Term && term.found == TermMatch::Related;
        let related: Vec<&TermFinding> = terms.iter().filter(is_related).collect();
        assert!(related.is_empty(), "{related:?}");
    }

    #[tokio::test]
    async fn nonsense_is_no_job_post_and_short_posts_are() {
        let fixture = Fixture::new();
        for nonsense in [
            "asdf qwer zxcv",
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et \
             dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip.",
            "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want \
             of a wife. However little known the feelings or views of such a man may be on his first entering a \
             neighbourhood, this truth is so well fixed in the minds of the surrounding families.",
            "12345 67890 !!! ???",
        ] {
            let answer = fixture.match_text(RESUME, post(nonsense)).await;
            assert!(matches!(answer, Err(ResumeMatcherError::NoJobPost)), "{nonsense}: {answer:?}");
        }
        for real in [
            "Python developer\nPython, SQL, Docker",
            "Care home nurse\nWe are looking for a registered nurse for night shifts. Patient care and infection control.",
            "Barista wanted. Experience with espresso machines and customer service. Apply in the shop.",
        ] {
            assert!(fixture.match_text(RESUME, post(real)).await.is_ok(), "{real}");
        }
    }
}
