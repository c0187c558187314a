//! Units in which time is told, so that two weeks are fourteen days.

/// A length of time; days and months do not convert into each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum TimeUnit {
    /// So many seconds.
    Seconds(f64),
    /// So many months.
    Months(f64),
}

impl TimeUnit {
    /// The unit that a lower-case word names: `weeks`, `hrs`, `week-long` is two words.
    pub(super) fn named(word: &str) -> Option<Self> {
        Some(match word {
            "ms" | "millisecond" | "milliseconds" => Self::Seconds(0.001),
            "s" | "sec" | "secs" | "second" | "seconds" => Self::Seconds(1.0),
            "min" | "mins" | "minute" | "minutes" => Self::Seconds(60.0),
            "h" | "hr" | "hrs" | "hour" | "hours" => Self::Seconds(3_600.0),
            "day" | "days" => Self::Seconds(86_400.0),
            "week" | "weeks" => Self::Seconds(604_800.0),
            "fortnight" | "fortnights" => Self::Seconds(1_209_600.0),
            "month" | "months" => Self::Months(1.0),
            "quarter" | "quarters" => Self::Months(3.0),
            "year" | "years" | "yr" | "yrs" => Self::Months(12.0),
            "decade" | "decades" => Self::Months(120.0),
            _ => return None,
        })
    }

    /// So many of this unit in another; `None` where they do not convert.
    pub(super) fn in_units_of(self, many: f64, other: Self) -> Option<f64> {
        match (self, other) {
            (Self::Seconds(one), Self::Seconds(two)) | (Self::Months(one), Self::Months(two)) => {
                Some(one * many / two)
            }
            (Self::Seconds(_), Self::Months(_)) | (Self::Months(_), Self::Seconds(_)) => None,
        }
    }
}
