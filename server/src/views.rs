//! The read models by name, for commands that are told one.

/// Calls a generic function for the read model of a name.
macro_rules! for_view {
    ($view:expr, $function:ident ( $($argument:expr),* )) => {
        match $view {
            interaura_domain::ports::signals::View::AccountProfile => {
                $function::<interaura_projections::account_profile::AccountProfile>($($argument),*).await
            }
            interaura_domain::ports::signals::View::Dashboard => {
                $function::<interaura_projections::dashboard::Dashboard>($($argument),*).await
            }
            interaura_domain::ports::signals::View::ResumeInsights => {
                $function::<interaura_projections::resume_insights::ResumeInsights>($($argument),*).await
            }
            interaura_domain::ports::signals::View::InterviewRoom => {
                $function::<interaura_projections::interview_room::InterviewRoom>($($argument),*).await
            }
            interaura_domain::ports::signals::View::InterviewReport => {
                $function::<interaura_projections::interview_report::InterviewReport>($($argument),*).await
            }
            interaura_domain::ports::signals::View::AnalyticsTrend => {
                $function::<interaura_projections::analytics_trend::AnalyticsTrend>($($argument),*).await
            }
        }
    };
}
pub(crate) use for_view;
