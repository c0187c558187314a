//! Scores over time.

use std::collections::BTreeMap;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject, Subscription};
use chrono::{DateTime, Utc};
use futures::{Stream, StreamExt as _};
use interaura_domain::ports::signals::View;
use interaura_domain::score;
use interaura_domain::score::trend::{self, Measured};
use interaura_projections::analytics_trend::{
    AnalyticsTrend as TrendView, AnalyticsTrendRow, Levels, TrendPoint as Point,
};

use super::command::candidate;
use super::fault::fault;
use super::report::{Criterion, CriterionSummary, criterion_summaries};
use super::role::Role;
use super::scalars::{Position, reach};
use super::watch;
use crate::services::Services;

/// The level of a criterion.
#[derive(SimpleObject)]
pub struct CriterionLevel {
    criterion: Criterion,
    level: f64,
}

/// Which way scores went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "trend::Direction")]
pub enum TrendDirection {
    /// Up by more than the noise.
    Up,
    /// Down by more than the noise.
    Down,
    /// Nobody can tell.
    WithinNoise,
}

/// The newest interviews against as many before them, of those with the same kinds of questions.
#[derive(SimpleObject)]
pub struct TrendChange {
    /// The mean of the newest less the mean of those before.
    difference: f64,
    /// A smaller difference says nothing: so far its 90 % interval reaches.
    noise: f64,
    direction: TrendDirection,
    /// So many interviews on either side.
    compared: i32,
}

impl From<trend::Change> for TrendChange {
    fn from(change: trend::Change) -> Self {
        Self {
            difference: change.difference,
            noise: change.noise,
            direction: change.direction().into(),
            compared: i32::try_from(change.compared).unwrap_or(i32::MAX),
        }
    }
}

/// How the level of a criterion changed.
#[derive(SimpleObject)]
pub struct CriterionChange {
    criterion: Criterion,
    change: TrendChange,
}

/// An interview with a report.
#[derive(SimpleObject)]
pub struct TrendPoint {
    interview_id: ID,
    at: DateTime<Utc>,
    overall: f64,
    role_title: String,
    criteria: Vec<CriterionLevel>,
}

/// Scores over time.
#[derive(SimpleObject)]
pub struct AnalyticsTrend {
    /// Oldest first: one point per interview with a report.
    points: Vec<TrendPoint>,
    /// Mean level per criterion over all time.
    criteria: Vec<CriterionSummary>,
    /// How the overall score changed over the interviews with the same kinds of questions as the newest; null with fewer than two
    /// of them, or where their reports do not say how sure they are.
    change: Option<TrendChange>,
    /// How levels changed, where that can be told.
    criterion_changes: Vec<CriterionChange>,
}

/// The interviews with the kinds of questions that the newest had: technical answers are no worse for being compared with stories.
fn like_the_newest(points: &[Point]) -> Vec<&Point> {
    let mode = points.last().and_then(|point| point.mode);
    points.iter().filter(|point| point.mode == mode).collect()
}

/// How the overall score changed, as sure as the reports say of each.
fn overall_change(points: &[&Point]) -> Option<trend::Change> {
    let noise = |point: &Point| point.interval.map(|interval| interval.wider_side(point.overall));
    let measured: Vec<Measured> =
        points.iter().map(|point| Measured { value: point.overall.value(), noise: noise(point) }).collect();
    trend::change(&measured)
}

/// How the level of a criterion changed, over the interviews that judged it.
fn criterion_change(points: &[&Point], criterion: score::Criterion) -> Option<CriterionChange> {
    let levels = points.iter().filter_map(|point| point.criteria.get(&criterion));
    let measured: Vec<Measured> =
        levels.filter_map(|levels| Some(Measured { value: levels.mean()?, noise: levels.noise() })).collect();
    Some(CriterionChange { criterion: criterion.into(), change: trend::change(&measured)?.into() })
}

fn levels(levels: &BTreeMap<score::Criterion, Levels>) -> Vec<CriterionLevel> {
    let levels = levels.iter().filter_map(|(criterion, levels)| Some((*criterion, levels.mean()?)));
    levels.map(|(criterion, level)| CriterionLevel { criterion: criterion.into(), level }).collect()
}

impl AnalyticsTrend {
    fn new(services: &Services, row: &AnalyticsTrendRow) -> Self {
        let points = row.points.iter().map(|point| TrendPoint {
            interview_id: ID(point.interview_id.to_string()),
            at: point.at,
            overall: point.overall.value(),
            role_title: Role::named(services, &point.role).title,
            criteria: levels(&point.criteria),
        });
        let alike = like_the_newest(&row.points);
        let changes = row.criteria.keys().filter_map(|one| criterion_change(&alike, *one));
        Self {
            points: points.collect(),
            criteria: criterion_summaries(services, &row.criteria),
            change: overall_change(&alike).map(Into::into),
            criterion_changes: changes.collect(),
        }
    }
}

/// Queries about the trend.
#[derive(Default)]
pub struct TrendQuery;

#[Object]
impl TrendQuery {
    /// Scores over time.
    async fn analytics_trend(&self, ctx: &Context<'_>, at_least: Option<Position>) -> Result<AnalyticsTrend> {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?);
        reach(services, View::AnalyticsTrend, owner, at_least).await?;
        let row =
            services.read_models.row::<TrendView>(owner, owner.0).await.map_err(|error| fault(&error))?;
        Ok(AnalyticsTrend::new(services, &row.unwrap_or_default()))
    }
}

/// The trend as it changes.
#[derive(Default)]
pub struct TrendSubscription;

#[Subscription]
impl TrendSubscription {
    /// Scores over time, as they come in.
    async fn analytics_trend(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = AnalyticsTrend> + use<>> {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?.clone());
        let rows = watch::rows::<TrendView>(&services, owner, owner.0);
        Ok(rows.map(move |row| AnalyticsTrend::new(&services, &row.unwrap_or_default())))
    }
}
