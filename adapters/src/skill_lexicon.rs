//! The lexicon of skills that the product carries: `library/skills.tsv`, its sources in `library/SOURCES.md`.

use interaura_domain::resume::skill_lexicon::SkillLexicon;

const SKILLS: &str = include_str!("../library/skills.tsv");

/// Builds the lexicon. It takes some tens of milliseconds, so build it once and share it.
pub fn embedded() -> SkillLexicon {
    SkillLexicon::new(SKILLS.lines().map(|line| {
        let (name, aliases) = line.split_once('\t').unwrap_or((line, ""));
        (name, aliases.split('|').filter(|alias| !alias.is_empty()))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_spellings_lead_to_one_name() {
        let lexicon = embedded();
        assert!(lexicon.len() > 5_000);
        for (spelling, name) in [
            ("k8s", "Kubernetes"),
            ("Postgres", "PostgreSQL"),
            ("golang", "Go"),
            ("amazon web services", "AWS"),
        ] {
            assert_eq!(lexicon.canonical(spelling), Some(name));
        }
    }

    #[test]
    fn a_line_of_skills_is_read_whole() {
        let found = embedded()
            .find("Skills: Rust, Go, C++, Node.js, PostgreSQL, Docker, CI/CD, machine learning, Excel");
        let names: Vec<&str> = found.iter().map(|skill| skill.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "Rust",
                "Go",
                "C++",
                "Node.js",
                "PostgreSQL",
                "Docker",
                "CI/CD",
                "Machine learning",
                "Microsoft Excel"
            ]
        );
    }
}
