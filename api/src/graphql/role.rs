//! The roles of the library, and the words that the domain and the browser share.

use async_graphql::{ComplexObject, Context, Enum, Object, Result, SimpleObject};
use interaura_domain::role::{self, RoleSlug, WantedTerm as DomainTerm};

use crate::services::{CatalogueEntry, Services};

/// How far along a career somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "role::ExperienceLevel")]
pub enum ExperienceLevel {
    /// Student, trainee, first job.
    Entry,
    /// About two to five years.
    Mid,
    /// About five to ten years.
    Senior,
    /// Leads others.
    Lead,
}

/// Whether a term is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "role::Need")]
pub enum Need {
    /// Required.
    Must,
    /// It helps.
    Nice,
}

/// What an employer looks for.
#[derive(SimpleObject)]
pub struct WantedTerm {
    /// The term.
    pub name: String,
    /// Whether it is required.
    pub need: Need,
    /// How much it matters, 1 to 5.
    pub weight: i32,
}

impl From<&DomainTerm> for WantedTerm {
    fn from(term: &DomainTerm) -> Self {
        Self { name: term.name.clone(), need: term.need.into(), weight: i32::from(term.weight) }
    }
}

/// A role of the library.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Role {
    /// Its name: `registered-nurse`.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The field it belongs to.
    pub family: String,
    /// What a person in this role does.
    pub summary: String,
    /// Questions of its own.
    pub question_count: usize,
}

#[ComplexObject]
impl Role {
    /// What an employer looks for.
    async fn skills(&self, ctx: &Context<'_>) -> Result<Vec<WantedTerm>> {
        let roles = &ctx.data::<Services>()?.roles;
        let entry = roles.get(&RoleSlug(self.slug.clone()));
        Ok(entry.map(|entry| entry.profile.skills.iter().map(WantedTerm::from).collect()).unwrap_or_default())
    }
}

impl Role {
    fn of_entry(entry: &CatalogueEntry) -> Self {
        Self {
            slug: entry.profile.slug.0.clone(),
            title: entry.profile.title.clone(),
            family: entry.profile.family.clone(),
            summary: entry.profile.summary.clone(),
            question_count: entry.questions,
        }
    }

    /// A role by its name; one that left the library keeps its name as title.
    pub(crate) fn named(services: &Services, slug: &RoleSlug) -> Self {
        services.roles.get(slug).map_or_else(
            || Self {
                slug: slug.0.clone(),
                title: slug.0.replace('-', " "),
                family: String::new(),
                summary: String::new(),
                question_count: 0,
            },
            Self::of_entry,
        )
    }
}

/// Queries about roles.
#[derive(Default)]
pub struct RoleQuery;

#[Object]
impl RoleQuery {
    /// The roles of the library, by title.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Vec<Role>> {
        let mut roles: Vec<Role> = ctx.data::<Services>()?.roles.values().map(Role::of_entry).collect();
        roles.sort_by(|a, b| a.title.cmp(&b.title));
        Ok(roles)
    }
}
