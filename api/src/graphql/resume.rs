//! Resumes: what they say, how they match.

use async_graphql::connection::{Connection, Edge, EmptyFields, OpaqueCursor};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject, Subscription};
use chrono::{DateTime, Utc};
use futures::{Stream, StreamExt as _};
use interaura_domain::ids::{CandidateId, ResumeId};
use interaura_domain::ports::signals::View;
use interaura_domain::resume::analysis::{self, MatchTarget};
use interaura_domain::resume::command::{RequestMatch, ResumeCommand};
use interaura_domain::resume::event::{LongText, RejectionReason};
use interaura_domain::role::RoleSlug;
use interaura_projections::resume_insights::{ResumeInsights as InsightsView, ResumeInsightsRow};

use super::command::{candidate, command_id, context, derived_id, owns, parsed, send};
use super::dashboard::{Cursor, page_of};
use super::fault::fault;
use super::refusal::{Refusal, RefusalCode};
use super::resume_outline::ResumeOutline;
use super::role::{Need, Role};
use super::scalars::{Position, Span, reach};
use super::watch;
use crate::services::Services;
use crate::words::sentence;

/// The longest title of a job post that is shown, in characters.
const TITLE: usize = 80;

/// How far a resume has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ResumeStage {
    /// Being read.
    Reading,
    /// Its text is known.
    Read,
    /// It cannot be used.
    Rejected,
}

fn stage(row: &ResumeInsightsRow) -> ResumeStage {
    match (&row.rejection, &row.reading) {
        (Some(_), _) => ResumeStage::Rejected,
        (None, Some(_)) => ResumeStage::Read,
        (None, None) => ResumeStage::Reading,
    }
}

/// Why a file cannot be used and what to do.
pub(super) fn rejection(reason: RejectionReason) -> String {
    match reason {
        RejectionReason::Unreadable(reason) => sentence(&reason.to_string()),
        RejectionReason::ReaderUnavailable => {
            "The server could not read the file, which may well be fine; upload it again in a moment."
                .to_owned()
        }
    }
}

/// A resume as a line of a list.
#[derive(SimpleObject)]
pub struct ResumeSummary {
    /// Its id.
    pub id: ID,
    /// Its name as uploaded.
    pub file_name: String,
    /// How far it has come.
    pub stage: ResumeStage,
    /// Why it cannot be used and what to do.
    pub rejection: Option<String>,
    /// The newest match's score.
    pub score: Option<f64>,
    /// What it was matched against.
    pub target_title: Option<String>,
    /// When it came.
    pub uploaded_at: DateTime<Utc>,
}

/// How a wanted term was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "analysis::TermMatch")]
pub enum TermMatch {
    /// As wanted, or the same stems.
    Exact,
    /// A listed synonym.
    Synonym,
    /// A phrase of near meaning.
    Related,
    /// Not found.
    Missing,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "analysis::TermKind")]
pub enum TermKind {
    /// A term that the target names.
    Term,
    /// Whether the person's line of work is that of the target.
    LineOfWork,
}

/// A wanted term, with the points it earned.
#[derive(SimpleObject)]
pub struct TermFinding {
    term: String,
    /// What it is about.
    kind: TermKind,
    need: Need,
    weight: i32,
    found: TermMatch,
    similarity: f64,
    quote: Option<String>,
    span: Option<Span>,
    /// The words of the resume that were taken for the term, where they are others than its own.
    found_as: Option<String>,
    /// The line of the target that the quote comes nearest to, for a line of work.
    answers: Option<String>,
    points: f64,
    points_possible: f64,
}

/// A check of how well an applicant tracking system can read the file.
#[derive(SimpleObject)]
pub struct AtsCheck {
    name: String,
    /// What was checked, in words.
    title: String,
    passed: bool,
    message: String,
    points: f64,
    points_possible: f64,
}

/// What to improve.
#[derive(SimpleObject)]
pub struct Suggestion {
    advice: String,
    quote: Option<String>,
    span: Option<Span>,
    /// The wanted term it speaks of, where it speaks of one.
    term: Option<String>,
    /// All wanted terms it speaks of, heaviest first.
    terms: Vec<String>,
}

/// What came of a match. The score is the sum of all points.
#[derive(SimpleObject)]
pub struct MatchResult {
    score: f64,
    terms: Vec<TermFinding>,
    checks: Vec<AtsCheck>,
    suggestions: Vec<Suggestion>,
    analyser: String,
}

impl From<analysis::ResumeMatch> for MatchResult {
    fn from(found: analysis::ResumeMatch) -> Self {
        let term = |term: analysis::TermFinding| TermFinding {
            term: term.term,
            kind: term.kind.into(),
            need: term.need.into(),
            weight: i32::from(term.weight),
            found: term.found.into(),
            similarity: term.similarity,
            quote: term.quote,
            span: term.span.map(Into::into),
            found_as: term.found_as,
            answers: term.answers,
            points: term.points,
            points_possible: term.points_possible,
        };
        let check = |check: analysis::AtsCheck| AtsCheck {
            title: check.title().to_owned(),
            name: check.name,
            passed: check.passed,
            message: check.message,
            points: check.points,
            points_possible: check.points_possible,
        };
        let suggestion = |suggestion: analysis::Suggestion| Suggestion {
            advice: suggestion.advice,
            quote: suggestion.quote,
            span: suggestion.span.map(Into::into),
            terms: if suggestion.terms.is_empty() {
                suggestion.term.iter().cloned().collect()
            } else {
                suggestion.terms
            },
            term: suggestion.term,
        };
        Self {
            score: found.score.value(),
            terms: found.terms.into_iter().map(term).collect(),
            checks: found.checks.into_iter().map(check).collect(),
            suggestions: found.suggestions.into_iter().map(suggestion).collect(),
            analyser: found.analyser,
        }
    }
}

/// What a resume was matched against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum MatchTargetKind {
    /// A role of the library.
    Role,
    /// A pasted job post.
    JobPost,
}

/// A match that was asked for.
#[derive(SimpleObject)]
pub struct ResumeMatch {
    id: ID,
    target_title: String,
    target_kind: MatchTargetKind,
    requested_at: DateTime<Utc>,
    /// Null while it is being worked out.
    result: Option<MatchResult>,
    /// Why nothing came of it, and what to do.
    failure: Option<String>,
}

/// What a resume was matched against, in words.
pub(crate) fn target_title(services: &Services, target: Option<&MatchTarget>) -> String {
    match target {
        None => "erased".to_owned(),
        Some(MatchTarget::Role(slug)) => Role::named(services, slug).title,
        Some(MatchTarget::JobPost { title, .. }) => title.clone(),
    }
}

/// What a resume says, and how it matches its targets.
pub struct ResumeInsights {
    services: Services,
    owner: CandidateId,
    id: ID,
    row: ResumeInsightsRow,
}

#[Object]
impl ResumeInsights {
    /// Its id.
    async fn id(&self) -> &ID {
        &self.id
    }

    /// Its name as uploaded.
    async fn file_name(&self) -> &str {
        self.row.file_name.as_deref().unwrap_or_default()
    }

    /// Size of the file.
    async fn size_bytes(&self) -> u64 {
        self.row.size_bytes
    }

    /// How far it has come.
    async fn stage(&self) -> ResumeStage {
        stage(&self.row)
    }

    /// When it came.
    async fn uploaded_at(&self) -> DateTime<Utc> {
        // The first event of every resume says when.
        self.row.uploaded_at.unwrap_or_default()
    }

    /// Why it cannot be used and what to do.
    async fn rejection(&self) -> Option<String> {
        self.row.rejection.map(rejection)
    }

    /// The text as it was read.
    async fn text(&self) -> Result<Option<String>> {
        match self.row.reading.as_ref().map(|reading| &reading.text) {
            None => Ok(None),
            Some(LongText::Inline(text)) => Ok(text.present().cloned()),
            Some(LongText::Blob(blob)) => {
                let bytes = self.services.blobs.get(self.owner, blob.blob_id).await;
                Ok(Some(String::from_utf8_lossy(&bytes.map_err(|error| fault(&error))?).into_owned()))
            }
        }
    }

    /// Pages, where the format has them.
    async fn pages(&self) -> Option<u32> {
        self.row.reading.as_ref()?.pages
    }

    /// Confidence in the text, 0 to 1.
    async fn confidence(&self) -> Option<f64> {
        Some(self.row.reading.as_ref()?.confidence)
    }

    /// Agreement of two readers, 0 to 1.
    async fn agreement(&self) -> Option<f64> {
        self.row.reading.as_ref()?.agreement
    }

    /// Who read it.
    async fn reader(&self) -> Option<&str> {
        Some(&self.row.reading.as_ref()?.reader)
    }

    /// What the candidate should know.
    async fn remarks(&self) -> Vec<String> {
        let remarks = self.row.reading.iter().flat_map(|reading| &reading.remarks);
        remarks.map(|remark| sentence(remark)).collect()
    }

    /// What the text says.
    async fn outline(&self) -> Option<ResumeOutline> {
        Some(ResumeOutline::from(&self.row.reading.as_ref()?.outline))
    }

    /// Newest first.
    async fn matches(&self) -> Vec<ResumeMatch> {
        let matches = self.row.matches.iter().rev();
        matches
            .map(|asked| ResumeMatch {
                id: ID(asked.match_id.to_string()),
                target_title: target_title(&self.services, asked.target.as_ref()),
                target_kind: match asked.target {
                    Some(MatchTarget::JobPost { .. }) => MatchTargetKind::JobPost,
                    Some(MatchTarget::Role(_)) | None => MatchTargetKind::Role,
                },
                requested_at: asked.requested_at,
                result: asked.outcome.clone().map(MatchResult::from),
                failure: asked.failure.as_deref().map(sentence),
            })
            .collect()
    }
}

/// A role slug or the text of a job post.
#[derive(InputObject)]
pub struct MatchResumeInput {
    command_id: ID,
    resume_id: ID,
    role: Option<String>,
    job_post: Option<String>,
}

/// What came of asking for a match.
#[derive(SimpleObject, Default)]
pub struct MatchResumePayload {
    refusal: Option<Refusal>,
    position: Option<Position>,
    match_id: Option<ID>,
}

fn target_of(
    services: &Services,
    role: Option<String>,
    job_post: Option<String>,
) -> Result<MatchTarget, Refusal> {
    match (role, job_post) {
        (Some(slug), None) if services.roles.contains_key(&RoleSlug(slug.clone())) => {
            Ok(MatchTarget::Role(RoleSlug(slug)))
        }
        (Some(_), None) => {
            let message = "there is no such role; choose one of the list";
            Err(Refusal::of_field("role", RefusalCode::InvalidInput, message))
        }
        (None, Some(text)) => {
            let title = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("Job post");
            Ok(MatchTarget::JobPost { title: title.chars().take(TITLE).collect(), text })
        }
        (None, None) | (Some(_), Some(_)) => {
            Err(Refusal::new(RefusalCode::InvalidInput, "give either a role or the text of a job post"))
        }
    }
}

/// Queries about resumes.
#[derive(Default)]
pub struct ResumeQuery;

#[Object]
impl ResumeQuery {
    /// Every resume, newest first.
    async fn resumes(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        at_least: Option<Position>,
    ) -> Result<
        Connection<Cursor, ResumeSummary, EmptyFields, EmptyFields, ResumeConnectionName, ResumeEdgeName>,
    > {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?);
        reach(services, View::ResumeInsights, owner, at_least).await?;
        let (after, limit) = page_of(first, after)?;
        let rows = services.read_models.page::<InsightsView>(owner, after, limit + 1).await;
        let mut rows = rows.map_err(|error| fault(&error))?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let mut connection = Connection::new(after.is_some(), more);
        for listed in rows {
            let newest = listed.row.matches.last();
            let summary = ResumeSummary {
                id: ID(listed.key.to_string()),
                file_name: listed.row.file_name.clone().unwrap_or_default(),
                stage: stage(&listed.row),
                rejection: listed.row.rejection.map(rejection),
                score: newest.and_then(|asked| Some(asked.outcome.as_ref()?.score.value())),
                target_title: newest.map(|asked| target_title(services, asked.target.as_ref())),
                uploaded_at: listed.row.uploaded_at.unwrap_or(listed.created_at),
            };
            connection.edges.push(Edge::new(OpaqueCursor((listed.created_at, listed.key)), summary));
        }
        Ok(connection)
    }

    /// What a resume says, and how it matches its targets.
    async fn resume(
        &self,
        ctx: &Context<'_>,
        id: ID,
        at_least: Option<Position>,
    ) -> Result<Option<ResumeInsights>> {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?.clone());
        let Ok(key) = parsed(&id) else { return Ok(None) };
        reach(&services, View::ResumeInsights, owner, at_least).await?;
        let row =
            services.read_models.row::<InsightsView>(owner, key).await.map_err(|error| fault(&error))?;
        Ok(row.map(|row| ResumeInsights { services, owner, id, row }))
    }
}

/// Commands about resumes; files come by `/api/uploads/resume`.
#[derive(Default)]
pub struct ResumeMutation;

#[Object]
impl ResumeMutation {
    /// Matches a resume against a role or a job post.
    async fn match_resume(&self, ctx: &Context<'_>, input: MatchResumeInput) -> Result<MatchResumePayload> {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?);
        let refused =
            |refusal| MatchResumePayload { refusal: Some(refusal), ..MatchResumePayload::default() };
        let checked = command_id(&input.command_id).and_then(|command_id| {
            let resume_id = ResumeId(parsed(&input.resume_id)?);
            Ok((command_id, resume_id, target_of(services, input.role, input.job_post)?))
        });
        let (command_id, resume_id, target) = match checked {
            Ok(checked) => checked,
            Err(refusal) => return Ok(refused(refusal)),
        };
        if !owns(services, owner, "resume", resume_id.0).await? {
            return Ok(refused(Refusal::not_found()));
        }
        let match_id = derived_id(Some(owner), command_id, "match");
        let command = ResumeCommand::RequestMatch(RequestMatch {
            match_id,
            target,
            requested_at: services.clock.now(),
        });
        let context = context(owner, command_id);
        match send(&*services.resumes, resume_id.0, command, context, Vec::new()).await? {
            Err(refusal) => Ok(refused(refusal)),
            Ok(committed) => Ok(MatchResumePayload {
                refusal: None,
                position: Some(Position(committed.position)),
                match_id: Some(ID(match_id.to_string())),
            }),
        }
    }
}

/// Names the connection.
pub struct ResumeConnectionName;

impl async_graphql::connection::ConnectionNameType for ResumeConnectionName {
    fn type_name<T: async_graphql::OutputType>() -> String {
        "ResumeConnection".to_owned()
    }
}

/// Names the edge.
pub struct ResumeEdgeName;

impl async_graphql::connection::EdgeNameType for ResumeEdgeName {
    fn type_name<T: async_graphql::OutputType>() -> String {
        "ResumeEdge".to_owned()
    }
}

/// A resume as it changes.
#[derive(Default)]
pub struct ResumeSubscription;

#[Subscription]
impl ResumeSubscription {
    /// A resume as it changes; nothing comes for one that is not the caller's.
    async fn resume(&self, ctx: &Context<'_>, id: ID) -> Result<impl Stream<Item = ResumeInsights> + use<>> {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?.clone());
        let key = id.parse().unwrap_or_default();
        let rows = watch::rows::<InsightsView>(&services, owner, key);
        Ok(rows.filter_map(move |row| {
            let insights =
                row.map(|row| ResumeInsights { services: services.clone(), owner, id: id.clone(), row });
            std::future::ready(insights)
        }))
    }
}
