//! What a target wants of a resume.

use crate::role::{Need, RoleProfile, WantedTerm};

/// A title found is a strong sign, but a career change is no fault: it is never a must.
const TITLE_WEIGHT: u8 = 5;

/// Where a post names less than this, all importance together, its title is a good part of what it says.
const LITTLE: u32 = 60;

/// What a target wants of a resume.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Skills and requirements, heaviest first.
    pub terms: Vec<WantedTerm>,
    /// The title of the job. A resume that names it earns points for it; one that does not lacks
    /// nothing.
    pub title: Option<WantedTerm>,
    /// What it says of the work, line by line, the title first.
    pub work: Vec<String>,
}

/// How much a term counts: musts count twice.
pub(super) fn importance(term: &WantedTerm) -> u32 {
    let weight = u32::from(term.weight.clamp(1, 5));
    match term.need {
        Need::Must => 2 * weight,
        Need::Nice => weight,
    }
}

impl Wanted {
    /// What a role of the library wants: its skills. Its title, or another, is a good sign.
    pub fn of_role(role: &RoleProfile) -> Self {
        let title = title_of(&role.title, &role.skills, role.aliases.clone());
        let names = |names: Vec<&str>| names.join(", ");
        let skills = role.skills.iter().map(|skill| skill.name.as_str()).collect();
        let aliases = role.aliases.iter().map(String::as_str).collect();
        let work = vec![role.title.clone(), role.summary.clone(), names(aliases), names(skills)];
        Self { terms: role.skills.clone(), title, work }
    }

    /// What a post wants. The title of a post that says little else is one of its terms: without it, one
    /// word in common would make a match.
    pub(super) fn of_post(mut terms: Vec<WantedTerm>, title: Option<String>, work: Vec<String>) -> Self {
        let title = title.and_then(|title| title_of(&title, &terms, Vec::new()));
        if terms.iter().map(importance).sum::<u32>() >= LITTLE {
            return Self { terms, title, work };
        }
        terms.extend(title);
        Self { terms, title: None, work }
    }
}

/// The title as a term, unless it is one already.
fn title_of(title: &str, terms: &[WantedTerm], synonyms: Vec<String>) -> Option<WantedTerm> {
    let known = terms.iter().any(|term| term.name.eq_ignore_ascii_case(title));
    (!known).then(|| WantedTerm { name: title.to_owned(), need: Need::Nice, weight: TITLE_WEIGHT, synonyms })
}
