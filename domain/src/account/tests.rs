use chrono::{DateTime, TimeZone, Utc};
use cqrs_es::test::TestFramework;

use super::command::*;
use super::event::*;
use super::*;
use crate::role::{ExperienceLevel, RoleSlug};

fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap()
}

fn register(email: &str, name: &str) -> AccountCommand {
    AccountCommand::Register(RegisterAccount { email: email.into(), name: name.into(), registered_at: at() })
}

fn registered() -> AccountEvent {
    AccountRegistered {
        email: "ada@example.org".to_owned().into(),
        name: "Ada Lovelace".to_owned().into(),
        registered_at: at(),
    }
    .into()
}

fn profile() -> AccountCommand {
    AccountCommand::CompleteProfile(CompleteProfile {
        name: "Ada".into(),
        role: RoleSlug("teacher".into()),
        level: ExperienceLevel::Mid,
        completed_at: at(),
    })
}

#[test]
fn registering_asks_for_a_verification_link() {
    TestFramework::<Account>::with(())
        .given_no_previous_events()
        .when(register(" ada@example.org ", "Ada  Lovelace"))
        .then_expect_events(vec![registered(), VerificationRequested { requested_at: at() }.into()]);
}

#[test]
fn an_account_is_registered_once() {
    TestFramework::<Account>::with(())
        .given(vec![registered()])
        .when(register("ada@example.org", "Ada"))
        .then_expect_error(AccountError::AlreadyRegistered);
}

#[test]
fn an_address_without_a_domain_is_refused() {
    TestFramework::<Account>::with(())
        .given_no_previous_events()
        .when(register("ada@localhost", "Ada"))
        .then_expect_error(AccountError::InvalidAddress);
}

#[test]
fn a_name_of_spaces_is_refused() {
    TestFramework::<Account>::with(())
        .given_no_previous_events()
        .when(register("ada@example.org", "   "))
        .then_expect_error(AccountError::InvalidName { longest: MAX_NAME });
}

#[test]
fn the_link_counts_once() {
    TestFramework::<Account>::with(())
        .given(vec![registered(), EmailVerified { verified_at: at() }.into()])
        .when(AccountCommand::VerifyEmail(VerifyEmail { verified_at: at() }))
        .then_expect_error(AccountError::AlreadyVerified);
}

#[test]
fn a_profile_needs_a_verified_address() {
    TestFramework::<Account>::with(())
        .given(vec![registered()])
        .when(profile())
        .then_expect_error(AccountError::NotVerified);
}

#[test]
fn nobody_signs_in_to_an_account_that_does_not_exist() {
    TestFramework::<Account>::with(())
        .given_no_previous_events()
        .when(AccountCommand::SignIn(SignIn { signed_in_at: at() }))
        .then_expect_error(AccountError::NotRegistered);
}

#[test]
fn addresses_have_a_shape() {
    for good in ["a@b.co", "first.last+tag@sub.example.org", "ü@exämple.de"] {
        assert!(looks_like_an_address(good), "{good}");
    }
    for bad in ["", "a", "@b.co", "a@b", "a b@c.de", "a@@b.co", "a@b..co", "a,b@c.de"] {
        assert!(!looks_like_an_address(bad), "{bad}");
    }
}

fn close() -> AccountCommand {
    AccountCommand::Close(CloseAccount { closed_at: at() })
}

#[test]
fn an_account_is_closed_once_whether_its_address_is_verified_or_not() {
    let closed: AccountEvent = AccountClosed { closed_at: at() }.into();
    for before in [vec![registered()], vec![registered(), EmailVerified { verified_at: at() }.into()]] {
        TestFramework::<Account>::with(())
            .given(before.clone())
            .when(close())
            .then_expect_events(vec![closed.clone()]);
        TestFramework::<Account>::with(())
            .given([before, vec![closed.clone()]].concat())
            .when(close())
            .then_expect_error(AccountError::Closed);
    }
    TestFramework::<Account>::with(())
        .given_no_previous_events()
        .when(close())
        .then_expect_error(AccountError::NotRegistered);
}

#[test]
fn a_closed_account_takes_nothing_more() {
    for command in [
        register("ada@example.org", "Ada"),
        AccountCommand::RequestVerification(RequestVerification { requested_at: at() }),
        AccountCommand::VerifyEmail(VerifyEmail { verified_at: at() }),
        AccountCommand::SignIn(SignIn { signed_in_at: at() }),
        profile(),
    ] {
        TestFramework::<Account>::with(())
            .given(vec![registered(), AccountClosed { closed_at: at() }.into()])
            .when(command)
            .then_expect_error(AccountError::Closed);
    }
}
