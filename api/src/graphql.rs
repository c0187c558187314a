//! The roots, merged from the features; no resolver here.

pub mod account;
pub mod audit;
pub mod command;
pub mod dashboard;
pub mod delivery;
pub mod fault;
pub mod interview;
mod malformed;
pub mod outbox;
pub mod persisted;
pub mod refusal;
pub mod replay;
pub mod report;
pub mod report_answer;
pub mod resume;
pub mod resume_outline;
pub mod role;
pub mod room;
pub mod scalars;
pub mod third_parties;
pub mod trend;
pub mod watch;

use async_graphql::{MergedObject, MergedSubscription};

use self::malformed::Malformed;
use self::persisted::PersistedOperations;
use crate::services::Services;

/// How deep an operation may go.
const DEPTH: usize = 14;
/// How much an operation may ask for: fields, roughly.
const COMPLEXITY: usize = 3_000;

/// Everything that can be asked.
#[derive(MergedObject, Default)]
#[graphql(name = "Query")]
pub struct QueryRoot(
    account::AccountQuery,
    role::RoleQuery,
    dashboard::DashboardQuery,
    resume::ResumeQuery,
    room::RoomQuery,
    replay::ReplayQuery,
    report::ReportQuery,
    audit::AuditQuery,
    trend::TrendQuery,
    outbox::OutboxQuery,
    third_parties::ThirdPartiesQuery,
);

/// Everything that can be done.
#[derive(MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct MutationRoot(account::AccountMutation, resume::ResumeMutation, interview::InterviewMutation);

/// Each sends the row as it is, then again whenever it changed.
#[derive(MergedSubscription, Default)]
#[graphql(name = "Subscription")]
pub struct SubscriptionRoot(
    account::AccountSubscription,
    dashboard::DashboardSubscription,
    resume::ResumeSubscription,
    room::RoomSubscription,
    report::ReportSubscription,
    trend::TrendSubscription,
);

/// The schema.
pub type Schema = async_graphql::Schema<QueryRoot, MutationRoot, SubscriptionRoot>;

/// The schema over the services.
pub fn schema(services: Services) -> Schema {
    Schema::build(QueryRoot::default(), MutationRoot::default(), SubscriptionRoot::default())
        .limit_depth(DEPTH)
        .limit_complexity(COMPLEXITY)
        .extension(PersistedOperations(services.operations))
        .extension(Malformed)
        .data(services)
        .finish()
}

/// The schema's text, for `schemas/graphql/schema.graphql`.
pub fn sdl() -> String {
    Schema::build(QueryRoot::default(), MutationRoot::default(), SubscriptionRoot::default()).finish().sdl()
}
