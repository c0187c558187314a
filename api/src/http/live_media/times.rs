//! When media was captured, by our clock, whatever the page's clock says.

use chrono::{DateTime, TimeDelta, Utc};
use interaura_domain::live::MediaKind;

/// How far a page's clock may run ahead of its own hello before its times are wrong.
const AHEAD: TimeDelta = TimeDelta::seconds(5);
/// What is older was not captured in this interview.
const OLDEST: TimeDelta = TimeDelta::hours(4);
/// No clock is wrong by more: a machine that forgot the date begins with 1970 or 2000.
const MOST_WRONG: TimeDelta = TimeDelta::days(100 * 365);

/// What is to be done with media of some time.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// It was captured then.
    At(DateTime<Utc>),
    /// A frame of another time is of no use.
    Drop,
    /// No clock shows this.
    Nonsense,
}

/// How far a page's clock is behind ours; `None` for what is no clock's time.
pub(super) fn offset(page: DateTime<Utc>, ours: DateTime<Utc>) -> Option<TimeDelta> {
    let offset = ours.signed_duration_since(page);
    (offset.abs() <= MOST_WRONG).then_some(offset)
}

/// When media was captured by our clock.
pub(super) fn captured(kind: MediaKind, page: DateTime<Utc>, offset: TimeDelta, now: DateTime<Utc>) -> Time {
    let Some(at) = page.checked_add_signed(offset) else { return Time::Nonsense };
    let age = now.signed_duration_since(at);
    match kind {
        _ if age >= -AHEAD && age <= OLDEST => Time::At(at),
        MediaKind::Frame => Time::Drop,
        // Audio is in order by its number; only its time is wrong.
        MediaKind::Audio => Time::At(now),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap()
    }

    #[test]
    fn a_clock_that_forgot_the_date_is_put_right() {
        let page = Utc.with_ymd_and_hms(1970, 1, 1, 0, 0, 9).unwrap();
        let offset = offset(page, now()).unwrap();
        assert_eq!(captured(MediaKind::Frame, page, offset, now()), Time::At(now()));
    }

    #[test]
    fn what_no_clock_shows_is_refused() {
        assert_eq!(offset(DateTime::<Utc>::MAX_UTC, now()), None);
        assert_eq!(offset(DateTime::<Utc>::MIN_UTC, now()), None);
        for (page, offset) in
            [(DateTime::<Utc>::MAX_UTC, TimeDelta::days(1)), (DateTime::<Utc>::MIN_UTC, -TimeDelta::days(1))]
        {
            assert_eq!(captured(MediaKind::Audio, page, offset, now()), Time::Nonsense);
        }
    }

    #[test]
    fn of_another_time_frames_are_dropped_and_audio_is_of_now() {
        for wrong in [TimeDelta::minutes(1), -TimeDelta::days(1)] {
            let at = |kind| captured(kind, now() + wrong, TimeDelta::zero(), now());
            assert_eq!(at(MediaKind::Frame), Time::Drop);
            assert_eq!(at(MediaKind::Audio), Time::At(now()));
        }
    }
}
