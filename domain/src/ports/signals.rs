//! Hints that a row changed. They can be lost: whoever listens reads the row again, and looks now and then.

use std::str::FromStr;

use async_trait::async_trait;
use uuid::Uuid;

/// The read models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum View {
    /// Who somebody is.
    AccountProfile,
    /// What somebody sees first.
    Dashboard,
    /// What a resume says and how it matches.
    ResumeInsights,
    /// The live state of an interview.
    InterviewRoom,
    /// Scores, evidence, better answers.
    InterviewReport,
    /// Scores over time.
    AnalyticsTrend,
}

impl View {
    /// Every read model.
    pub const ALL: [Self; 6] = [
        Self::AccountProfile,
        Self::Dashboard,
        Self::ResumeInsights,
        Self::InterviewRoom,
        Self::InterviewReport,
        Self::AnalyticsTrend,
    ];

    /// Its name, as tables and subjects spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::AccountProfile => "account_profile",
            Self::Dashboard => "dashboard",
            Self::ResumeInsights => "resume_insights",
            Self::InterviewRoom => "interview_room",
            Self::InterviewReport => "interview_report",
            Self::AnalyticsTrend => "analytics_trend",
        }
    }
}

/// No read model has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no read model {0:?}")]
pub struct UnknownView(String);

impl FromStr for View {
    type Err = UnknownView;

    fn from_str(name: &str) -> Result<Self, UnknownView> {
        Self::ALL.into_iter().find(|view| view.name() == name).ok_or_else(|| UnknownView(name.to_owned()))
    }
}

/// A row of a read model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowKey {
    /// The read model.
    pub view: View,
    /// The row.
    pub key: Uuid,
}

/// Tells others that rows changed, and hears it from them.
#[async_trait]
pub trait Signals: Send + Sync {
    /// Tells that rows changed; a lost signal is no error.
    async fn changed(&self, rows: &[RowKey]);

    /// Hears of changes from now on.
    fn listen(&self) -> Box<dyn SignalListener>;
}

/// Hears of changes.
#[async_trait]
pub trait SignalListener: Send {
    /// The next changed row; `None` where some may have been missed.
    async fn next(&mut self) -> Option<RowKey>;
}
