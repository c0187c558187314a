//! Scores over time.

use std::collections::BTreeMap;

use async_graphql::{Context, ID, Object, Result, SimpleObject, Subscription};
use chrono::{DateTime, Utc};
use futures::{Stream, StreamExt as _};
use interaura_domain::ports::signals::View;
use interaura_domain::score;
use interaura_projections::analytics_trend::{AnalyticsTrend as TrendView, AnalyticsTrendRow, Levels};

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
        Self { points: points.collect(), criteria: criterion_summaries(services, &row.criteria) }
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
