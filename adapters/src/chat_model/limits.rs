//! How much a server lets through, as its headers tell.

use std::time::Duration;

use reqwest::header::HeaderMap;
use tokio::time::Instant;

/// What a prompt and its answer may have together where the server does not say: the tokens a minute of a
/// small account, and what many local servers keep in mind.
const USUAL_TOKENS: u32 = 8_000;
/// No prompt of ours has more to say.
const MOST_TOKENS: u32 = 24_000;
/// What is left out of a limit, for tokens are counted by guess.
const SPARE: u32 = 200;
/// Longer waits are not believed.
const LONGEST_WAIT: Duration = Duration::from_mins(10);

/// The limits that a server told last.
#[derive(Debug, Default)]
pub(super) struct Limits {
    per_minute: Option<u32>,
    left: Option<(u32, Instant)>,
    closed_until: Option<Instant>,
}

impl Limits {
    /// How many tokens an ask may have, answer included.
    pub(super) fn most_tokens(&self) -> u32 {
        self.per_minute.unwrap_or(USUAL_TOKENS).min(MOST_TOKENS).saturating_sub(SPARE)
    }

    /// When so many tokens are let through.
    pub(super) fn turn(&self, tokens: u32, now: Instant) -> Instant {
        let mut turn = self.closed_until.map_or(now, |until| until.max(now));
        if let (Some((left, told)), Some(per_minute)) = (self.left, self.per_minute) {
            // A bucket fills evenly.
            let missing = tokens.min(per_minute).saturating_sub(left);
            let wait = Duration::from_mins(1).mul_f64(f64::from(missing) / f64::from(per_minute));
            turn = turn.max(told + wait);
        }
        turn
    }

    /// Takes in the headers of an answer; gives how long the server wants to be left alone.
    pub(super) fn note(&mut self, headers: &HeaderMap, now: Instant) -> Option<Duration> {
        let text = |name: &str| headers.get(name)?.to_str().ok();
        if let Some(limit) = text("x-ratelimit-limit-tokens").and_then(|text| text.parse().ok()) {
            // No account has a limit of nothing: it is how some servers say that they know none.
            self.per_minute = Some(limit).filter(|limit| *limit > 0);
        }
        if let Some(left) = text("x-ratelimit-remaining-tokens").and_then(|text| text.parse().ok()) {
            self.left = Some((left, now));
        }
        if text("x-ratelimit-remaining-requests") == Some("0") {
            let reset = text("x-ratelimit-reset-requests").and_then(go_duration);
            self.closed_until = reset.map(|reset| now + reset.min(LONGEST_WAIT));
        }
        let milliseconds = text("retry-after-ms").and_then(|text| seconds(text, 0.001));
        let wait = milliseconds.or_else(|| seconds(text("retry-after")?, 1.0));
        if let Some(wait) = wait {
            self.closed_until = Some(now + wait);
        }
        wait
    }
}

fn seconds(text: &str, unit: f64) -> Option<Duration> {
    let value: f64 = text.trim().parse().ok()?;
    let wait = Duration::try_from_secs_f64(value * unit).ok()?;
    Some(wait.min(LONGEST_WAIT))
}

/// A duration as Go writes it: `2m52.8s`, `547ms`, `1h30m`.
fn go_duration(text: &str) -> Option<Duration> {
    let (mut total, mut rest) = (0.0, text.trim());
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let value: f64 = rest[..digits].parse().ok()?;
        let unit_end = rest[digits..].find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |at| digits + at);
        let unit = match &rest[digits..unit_end] {
            "h" => 3_600.0,
            "m" => 60.0,
            "s" => 1.0,
            "ms" => 1e-3,
            "us" | "µs" => 1e-6,
            _ => return None,
        };
        total += value * unit;
        rest = &rest[unit_end..];
    }
    Duration::try_from_secs_f64(total).ok()
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        pairs.collect()
    }

    #[test]
    fn durations_are_read_as_go_writes_them() {
        for (text, milliseconds) in [("2m52.8s", 172_800), ("547ms", 547), ("1h30m", 5_400_000), ("0s", 0)] {
            assert_eq!(go_duration(text), Some(Duration::from_millis(milliseconds)), "{text}");
        }
        for text in ["", "5", "s", "1.2.3s", "4 days"] {
            assert_eq!(go_duration(text), None, "{text}");
        }
    }

    #[test]
    fn an_ask_waits_until_the_bucket_holds_its_tokens() {
        let (mut limits, now) = (Limits::default(), Instant::now());
        assert_eq!(limits.turn(7_000, now), now, "nobody told a limit");
        let told = [("x-ratelimit-limit-tokens", "8000"), ("x-ratelimit-remaining-tokens", "1000")];
        limits.note(&headers(&told), now);
        assert_eq!(limits.turn(900, now), now);
        assert_eq!(limits.turn(3_000, now), now + Duration::from_secs(15));
        assert_eq!(limits.most_tokens(), 7_800);
    }

    #[test]
    fn a_limit_of_nothing_is_none() {
        let (mut limits, now) = (Limits::default(), Instant::now());
        let usual = limits.most_tokens();
        let told = [("x-ratelimit-limit-tokens", "0"), ("x-ratelimit-remaining-tokens", "0")];
        limits.note(&headers(&told), now);
        assert_eq!(limits.most_tokens(), usual);
        assert_eq!(limits.turn(900, now), now);
    }

    #[test]
    fn whole_and_fractional_waits_are_kept() {
        let (mut limits, now) = (Limits::default(), Instant::now());
        for (told, milliseconds) in [("2", 2_000), ("0.25", 250)] {
            let wait = limits.note(&headers(&[("retry-after", told)]), now);
            assert_eq!(wait, Some(Duration::from_millis(milliseconds)));
            assert_eq!(limits.turn(1, now), now + Duration::from_millis(milliseconds));
        }
        assert_eq!(limits.note(&headers(&[("retry-after", "soon")]), now), None);
        assert_eq!(limits.note(&headers(&[("retry-after", "-3")]), now), None);
    }
}
