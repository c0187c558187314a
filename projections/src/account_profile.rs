//! Who somebody is, and what they prepare for.

use interaura_domain::account::event::AccountEvent;
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::ports::signals::View;
use interaura_domain::role::{ExperienceLevel, RoleSlug};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::document::{Contradiction, DocumentView};

/// One account.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AccountProfileRow {
    /// The address.
    pub email: Option<String>,
    /// What the person is called.
    pub name: Option<String>,
    /// Whether the address is known to be theirs.
    pub verified: bool,
    /// The target role.
    pub role: Option<RoleSlug>,
    /// How far along.
    pub level: Option<ExperienceLevel>,
}

/// The read model.
pub struct AccountProfile;

impl DocumentView for AccountProfile {
    const VIEW: View = View::AccountProfile;
    type Row = AccountProfileRow;

    fn key(event: &AnyEvent, recorded: &RecordedEvent) -> Option<Uuid> {
        match event {
            AnyEvent::Account(_) => Some(recorded.aggregate_id),
            AnyEvent::Resume(_)
            | AnyEvent::Interview(_)
            | AnyEvent::Mail(_)
            | AnyEvent::Transcript(_)
            | AnyEvent::Attention(_)
            | AnyEvent::Recording(_) => None,
        }
    }

    fn apply(row: &mut AccountProfileRow, event: &AnyEvent, _: &RecordedEvent) -> Result<(), Contradiction> {
        let AnyEvent::Account(event) = event else { return Ok(()) };
        match event {
            AccountEvent::AccountRegistered(event) => {
                row.email = event.email.present().cloned();
                row.name = event.name.present().cloned();
            }
            AccountEvent::EmailVerified(_) => row.verified = true,
            AccountEvent::ProfileCompleted(event) => {
                row.name = event.name.present().cloned();
                row.role = Some(event.role.clone());
                row.level = Some(event.level);
            }
            // The row goes with the account.
            AccountEvent::VerificationRequested(_)
            | AccountEvent::SignedIn(_)
            | AccountEvent::AccountClosed(_) => {}
        }
        Ok(())
    }
}
