//! What somebody sees first, and the list of all interviews.

use async_graphql::connection::{Connection, Edge, EmptyFields, OpaqueCursor};
use async_graphql::{Context, ID, Object, Result, SimpleObject, Subscription};
use chrono::{DateTime, Utc};
use futures::{Stream, StreamExt as _};
use interaura_domain::interview::InterviewStatus as Status;
use interaura_domain::ports::signals::View;
use interaura_projections::dashboard::{Dashboard as DashboardView, DashboardRow, InterviewLine};
use interaura_projections::interview_room::{InterviewRoom, InterviewRoomRow};
use interaura_projections::read_models::Listed;
use uuid::Uuid;

use super::command::candidate;
use super::fault::fault;
use super::report_answer::ScoreInterval;
use super::resume::{ResumeStage, ResumeSummary, rejection, target_title};
use super::role::Role;
use super::room::{InterviewMode, InterviewStatus};
use super::scalars::Position;
use super::watch;
use crate::services::Services;

/// Interviews on the dashboard.
const RECENT: usize = 5;
/// The most rows of a page.
const PAGE: i32 = 50;

/// An interview as a line of a list.
#[derive(SimpleObject)]
pub struct InterviewSummary {
    id: ID,
    role: Role,
    mode: InterviewMode,
    difficulty: i32,
    status: InterviewStatus,
    questions: i32,
    answered: usize,
    score: Option<f64>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl InterviewSummary {
    fn of_line(services: &Services, line: &InterviewLine) -> Self {
        Self {
            id: ID(line.interview_id.to_string()),
            role: Role::named(services, &line.settings.role),
            mode: line.settings.mode.into(),
            difficulty: i32::from(line.settings.difficulty),
            status: line.status.into(),
            questions: i32::from(line.settings.questions),
            answered: line.answered as usize,
            score: line.score.map(Into::into),
            created_at: line.created_at,
            updated_at: line.updated_at,
        }
    }

    fn of_room(services: &Services, listed: Listed<InterviewRoomRow>) -> Option<Self> {
        let answered = listed.row.answered();
        let settings = listed.row.settings?;
        Some(Self {
            id: ID(listed.key.to_string()),
            role: Role::named(services, &settings.role),
            mode: settings.mode.into(),
            difficulty: i32::from(settings.difficulty),
            status: listed.row.status.into(),
            questions: i32::from(settings.questions),
            answered,
            score: listed.row.score.map(Into::into),
            created_at: listed.row.created_at.unwrap_or(listed.created_at),
            updated_at: listed.row.updated_at.unwrap_or(listed.created_at),
        })
    }
}

/// What somebody sees first.
pub struct Dashboard {
    services: Services,
    row: DashboardRow,
}

#[Object]
impl Dashboard {
    /// Interviews with a report.
    async fn interviews_completed(&self) -> u32 {
        self.row.interviews_completed
    }

    /// Final answers.
    async fn answers_given(&self) -> u32 {
        self.row.answers_given
    }

    /// Mean of the reports, 0 to 100.
    async fn average_score(&self) -> Option<f64> {
        self.row.average()
    }

    /// Between which scores that lies, as wide as if all reports erred the same way at once; null where one of them does
    /// not say how sure it is.
    async fn average_interval(&self) -> Option<ScoreInterval> {
        self.row.average_interval().map(Into::into)
    }

    /// The best report, 0 to 100.
    async fn best_score(&self) -> Option<f64> {
        self.row.best.map(Into::into)
    }

    /// Between which scores that lies; null where it does not say how sure it is.
    async fn best_interval(&self) -> Option<ScoreInterval> {
        self.row.best_interval.map(Into::into)
    }

    /// Minutes between questions and answers.
    async fn minutes_practised(&self) -> u64 {
        self.row.practised_ms / 60_000
    }

    /// Consecutive days with practice, ending today or yesterday (UTC).
    async fn streak_days(&self) -> u32 {
        self.row.streak(self.services.clock.now().date_naive())
    }

    /// The newest resume.
    async fn latest_resume(&self) -> Option<ResumeSummary> {
        let latest = self.row.latest_resume.as_ref()?;
        let stage = match (latest.rejected, latest.read) {
            (true, _) => ResumeStage::Rejected,
            (false, true) => ResumeStage::Read,
            (false, false) => ResumeStage::Reading,
        };
        Some(ResumeSummary {
            id: ID(latest.resume_id.to_string()),
            file_name: latest.file_name.clone().unwrap_or_default(),
            stage,
            rejection: latest.rejection.map(rejection),
            score: latest.score.map(Into::into),
            target_title: latest.target.as_ref().map(|target| target_title(&self.services, Some(target))),
            uploaded_at: latest.uploaded_at,
        })
    }

    /// Interviews that began, newest first, at most 5.
    async fn recent(&self) -> Vec<InterviewSummary> {
        let begun = |status| is_resumable(status) || status == Status::Completed;
        self.lines(begun).take(RECENT).collect()
    }

    /// Interviews that began and can be gone on with, newest first.
    async fn resumable(&self) -> Vec<InterviewSummary> {
        self.lines(is_resumable).collect()
    }

    /// Interviews that were set up and never begun, newest first: to begin, or to discard.
    async fn prepared(&self) -> Vec<InterviewSummary> {
        self.lines(is_prepared).collect()
    }
}

impl Dashboard {
    fn lines(&self, wanted: impl Fn(Status) -> bool) -> impl Iterator<Item = InterviewSummary> {
        let lines = self.row.interviews.iter().filter(move |line| wanted(line.status));
        lines.map(|line| InterviewSummary::of_line(&self.services, line))
    }
}

fn is_resumable(status: Status) -> bool {
    match status {
        Status::InProgress | Status::Paused | Status::Abandoned => true,
        Status::Unknown | Status::Configured | Status::Ready | Status::Completed | Status::Discarded => false,
    }
}

fn is_prepared(status: Status) -> bool {
    match status {
        Status::Configured | Status::Ready => true,
        Status::Unknown
        | Status::InProgress
        | Status::Paused
        | Status::Abandoned
        | Status::Completed
        | Status::Discarded => false,
    }
}

/// Queries about the dashboard.
#[derive(Default)]
pub struct DashboardQuery;

#[Object]
impl DashboardQuery {
    /// What somebody sees first.
    async fn dashboard(&self, ctx: &Context<'_>, at_least: Option<Position>) -> Result<Dashboard> {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?.clone());
        super::scalars::reach(&services, View::Dashboard, owner, at_least).await?;
        let row = services.read_models.row::<DashboardView>(owner, owner.0).await;
        let row = row.map_err(|error| fault(&error))?.unwrap_or_default();
        Ok(Dashboard { services, row })
    }

    /// Every interview, newest first.
    async fn interviews(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        at_least: Option<Position>,
    ) -> Result<Interviews> {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?);
        super::scalars::reach(services, View::InterviewRoom, owner, at_least).await?;
        let (after, limit) = page_of(first, after)?;
        let rows = services.read_models.page::<InterviewRoom>(owner, after, limit + 1).await;
        let mut rows = rows.map_err(|error| fault(&error))?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let mut connection = Connection::new(after.is_some(), more);
        for row in rows {
            let cursor = OpaqueCursor((row.created_at, row.key));
            if let Some(summary) = InterviewSummary::of_room(services, row) {
                connection.edges.push(Edge::new(cursor, summary));
            }
        }
        Ok(connection)
    }
}

/// When a row was made, and its key: its place in a list.
type Place = (DateTime<Utc>, Uuid);

/// A place in a list, newest first.
pub(crate) type Cursor = OpaqueCursor<Place>;

/// Where a page begins and how long it is.
pub(crate) fn page_of(first: Option<i32>, after: Option<String>) -> Result<(Option<Place>, u32)> {
    use async_graphql::connection::CursorType as _;
    let after = after.map(|after| Cursor::decode_cursor(&after)).transpose();
    let after = after.map_err(|_| async_graphql::Error::new("`after` is not a cursor of this list"))?;
    let limit = first.unwrap_or(20).clamp(1, PAGE).unsigned_abs();
    Ok((after.map(|cursor| cursor.0), limit))
}

/// A page of interviews.
type Interviews = Connection<
    Cursor,
    InterviewSummary,
    EmptyFields,
    EmptyFields,
    InterviewConnectionName,
    InterviewEdgeName,
>;

/// Names the connection.
pub struct InterviewConnectionName;

impl async_graphql::connection::ConnectionNameType for InterviewConnectionName {
    fn type_name<T: async_graphql::OutputType>() -> String {
        "InterviewConnection".to_owned()
    }
}

/// Names the edge.
pub struct InterviewEdgeName;

impl async_graphql::connection::EdgeNameType for InterviewEdgeName {
    fn type_name<T: async_graphql::OutputType>() -> String {
        "InterviewEdge".to_owned()
    }
}

/// The dashboard as it changes.
#[derive(Default)]
pub struct DashboardSubscription;

#[Subscription]
impl DashboardSubscription {
    /// What somebody sees first, as it changes.
    async fn dashboard(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = Dashboard> + use<>> {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?.clone());
        let rows = watch::rows::<DashboardView>(&services, owner, owner.0);
        Ok(rows.map(move |row| Dashboard { services: services.clone(), row: row.unwrap_or_default() }))
    }
}
