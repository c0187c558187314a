//! Registering, verifying, signing in, saying what one prepares for.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Subscription};
use futures::{Stream, StreamExt as _};
use interaura_domain::account::command::{
    AccountCommand, CloseAccount, CompleteProfile, RegisterAccount, RequestVerification, SignIn, VerifyEmail,
};
use interaura_domain::ids::{CandidateId, CommandId};
use interaura_domain::ports::credentials::CredentialsError;
use interaura_domain::ports::signals::View;
use interaura_domain::role::RoleSlug;
use interaura_projections::account_profile::{AccountProfile, AccountProfileRow};
use secrecy::{ExposeSecret as _, SecretString};

use super::command::{Outcome, candidate, command_id, context, derived_id, send};
use super::fault::fault;
use super::refusal::{Refusal, RefusalCode};
use super::role::{ExperienceLevel, Role};
use super::scalars::Position;
use super::watch;
use crate::caller::{Caller, set_cookie};
use crate::services::Services;

/// Who is signed in.
#[derive(SimpleObject)]
pub struct Viewer {
    /// Their id.
    pub id: ID,
    /// What they are called; null until it is known, a moment after registering.
    pub name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// Whether the address is known to be theirs.
    pub verified: bool,
    /// The target role; null until the profile is complete.
    pub role: Option<Role>,
    /// How far along they are.
    pub level: Option<ExperienceLevel>,
}

impl Viewer {
    fn new(services: &Services, id: CandidateId, row: AccountProfileRow) -> Self {
        Self {
            id: ID(id.to_string()),
            name: row.name,
            email: row.email,
            verified: row.verified,
            role: row.role.map(|slug| Role::named(services, &slug)),
            level: row.level.map(Into::into),
        }
    }

    /// The account as it is, once it holds what was written up to a position.
    async fn load(services: &Services, id: CandidateId, at_least: Option<Position>) -> Result<Self> {
        if let Some(Position(position)) = at_least {
            let waited = services.read_models.wait_for(View::AccountProfile, id, position).await;
            waited.map_err(|error| fault(&error))?;
        }
        let row =
            services.read_models.row::<AccountProfile>(id, id.0).await.map_err(|error| fault(&error))?;
        Ok(Self::new(services, id, row.unwrap_or_default()))
    }
}

/// A command without a value. Every command carries an id made by the client (UUID); sending it twice has one effect.
#[derive(InputObject)]
pub struct CommandInput {
    command_id: ID,
}

/// A new account.
#[derive(InputObject)]
pub struct RegisterInput {
    command_id: ID,
    email: String,
    name: String,
    #[graphql(secret)]
    password: String,
}

/// The token of a verification link.
#[derive(InputObject)]
pub struct VerifyEmailInput {
    command_id: ID,
    #[graphql(secret)]
    token: String,
}

/// Address and password.
#[derive(InputObject)]
pub struct SignInInput {
    command_id: ID,
    email: String,
    #[graphql(secret)]
    password: String,
}

/// Who one is and what one prepares for.
#[derive(InputObject)]
pub struct CompleteProfileInput {
    command_id: ID,
    name: String,
    role: String,
    level: ExperienceLevel,
}

/// Closes an account for good.
#[derive(InputObject)]
pub struct CloseAccountInput {
    command_id: ID,
    /// The password once more: an open page alone does not do.
    #[graphql(secret)]
    password: String,
}

/// What came of closing an account.
#[derive(SimpleObject, Default)]
pub struct CloseAccountPayload {
    refusal: Option<Refusal>,
    position: Option<Position>,
}

/// What came of registering.
#[derive(SimpleObject, Default)]
pub struct RegisterPayload {
    refusal: Option<Refusal>,
    position: Option<Position>,
    viewer: Option<Viewer>,
    /// How to make a better password.
    password_advice: Vec<String>,
}

/// What came of a command about the account.
#[derive(SimpleObject, Default)]
pub struct ViewerPayload {
    refusal: Option<Refusal>,
    position: Option<Position>,
    viewer: Option<Viewer>,
}

impl ViewerPayload {
    fn refused(refusal: Refusal) -> Self {
        Self { refusal: Some(refusal), ..Self::default() }
    }

    async fn of(services: &Services, id: CandidateId, outcome: Outcome) -> Result<Self> {
        let committed = match outcome {
            Ok(committed) => committed,
            Err(refusal) => return Ok(Self::refused(refusal)),
        };
        let position = Position(committed.position);
        let viewer = Viewer::load(services, id, Some(position)).await?;
        Ok(Self { refusal: None, position: Some(position), viewer: Some(viewer) })
    }
}

/// What came of signing out.
#[derive(SimpleObject)]
pub struct SignOutPayload {
    signed_out: bool,
}

fn credentials_refusal(error: CredentialsError) -> Result<Refusal> {
    match error {
        CredentialsError::Weak(weak) => {
            Ok(Refusal::of_field("password", RefusalCode::WeakPassword, weak.reason))
        }
        error @ CredentialsError::TooManyAttempts { .. } => {
            Ok(Refusal::new(RefusalCode::TooManyAttempts, error.to_string()))
        }
        CredentialsError::Unavailable(cause) => Err(fault(&*cause)),
    }
}

async fn open_session(ctx: &Context<'_>, services: &Services, id: CandidateId) -> Result<()> {
    let opened = services.credentials.open_session(id).await;
    let (token, _) = opened.map_err(|error| fault(&error))?;
    ctx.insert_http_header("set-cookie", set_cookie(Some(token.expose_secret()), services.secure_cookies));
    Ok(())
}

fn wrong_credentials() -> Refusal {
    Refusal::of_field(
        "password",
        RefusalCode::WrongCredentials,
        "address and password do not belong together; check both and try again",
    )
}

fn wrong_password() -> Refusal {
    Refusal::of_field(
        "password",
        RefusalCode::WrongCredentials,
        "this is not your password; nothing was closed. Try again",
    )
}

/// Queries about the account.
#[derive(Default)]
pub struct AccountQuery;

#[Object]
impl AccountQuery {
    /// Who is signed in; null when nobody is.
    async fn viewer(&self, ctx: &Context<'_>, at_least: Option<Position>) -> Result<Option<Viewer>> {
        match ctx.data::<Caller>()?.candidate_id {
            None => Ok(None),
            Some(id) => Ok(Some(Viewer::load(ctx.data()?, id, at_least).await?)),
        }
    }
}

/// Commands about the account.
#[derive(Default)]
pub struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Opens an account and signs in.
    async fn register(&self, ctx: &Context<'_>, input: RegisterInput) -> Result<RegisterPayload> {
        let refused = |refusal| RegisterPayload { refusal: Some(refusal), ..RegisterPayload::default() };
        let command_id = match command_id(&input.command_id) {
            Ok(id) => id,
            Err(refusal) => return Ok(refused(refusal)),
        };
        let services: &Services = ctx.data()?;
        let (email, password) = (input.email.trim().to_owned(), SecretString::from(input.password));
        // The address is part of the id: whoever learns a command id cannot repeat it as somebody else.
        let id = CandidateId(derived_id(None, command_id, &format!("candidate/{}", email.to_lowercase())));
        let companions = match services.credentials.enrol(id, &email, &input.name, &password).await {
            Ok(companions) => companions,
            Err(error) => {
                let password_advice = match &error {
                    CredentialsError::Weak(weak) => weak.advice.clone(),
                    CredentialsError::TooManyAttempts { .. } | CredentialsError::Unavailable(_) => Vec::new(),
                };
                let refusal = Some(credentials_refusal(error)?);
                return Ok(RegisterPayload { refusal, password_advice, ..RegisterPayload::default() });
            }
        };
        let command = AccountCommand::Register(RegisterAccount {
            email: email.clone(),
            name: input.name,
            registered_at: services.clock.now(),
        });
        let outcome = send(&*services.accounts, id.0, command, context(id, command_id), companions).await?;
        let committed = match outcome {
            Ok(committed) => committed,
            Err(refusal) => return Ok(refused(refusal)),
        };
        if committed.repeated {
            let known = services.credentials.authenticate(&email, &password).await;
            if known.map_err(|error| fault(&error))? != Some(id) {
                return Ok(refused(wrong_credentials()));
            }
        }
        open_session(ctx, services, id).await?;
        let position = Position(committed.position);
        let viewer = Viewer::load(services, id, Some(position)).await?;
        Ok(RegisterPayload { position: Some(position), viewer: Some(viewer), ..RegisterPayload::default() })
    }

    /// Follows a verification link, and signs in.
    async fn verify_email(&self, ctx: &Context<'_>, input: VerifyEmailInput) -> Result<ViewerPayload> {
        let command_id = match command_id(&input.command_id) {
            Ok(id) => id,
            Err(refusal) => return Ok(ViewerPayload::refused(refusal)),
        };
        let services: &Services = ctx.data()?;
        let owner = services.credentials.check_verification(&input.token.into()).await;
        let Some(id) = owner.map_err(|error| fault(&error))? else {
            let message = "this link does not count any more; sign in and ask for another";
            return Ok(ViewerPayload::refused(Refusal::new(RefusalCode::LinkExpired, message)));
        };
        let command = AccountCommand::VerifyEmail(VerifyEmail { verified_at: services.clock.now() });
        let outcome = send(&*services.accounts, id.0, command, context(id, command_id), Vec::new()).await?;
        if outcome.is_ok() {
            open_session(ctx, services, id).await?;
        }
        ViewerPayload::of(services, id, outcome).await
    }

    /// Sends another verification link.
    async fn resend_verification(&self, ctx: &Context<'_>, input: CommandInput) -> Result<ViewerPayload> {
        let services: &Services = ctx.data()?;
        let command =
            AccountCommand::RequestVerification(RequestVerification { requested_at: services.clock.now() });
        command_of_viewer(ctx, &input.command_id, command).await
    }

    /// Signs in.
    async fn sign_in(&self, ctx: &Context<'_>, input: SignInInput) -> Result<ViewerPayload> {
        let command_id: CommandId = match command_id(&input.command_id) {
            Ok(id) => id,
            Err(refusal) => return Ok(ViewerPayload::refused(refusal)),
        };
        let services: &Services = ctx.data()?;
        let id = match services.credentials.authenticate(&input.email, &input.password.into()).await {
            Ok(Some(id)) => id,
            Ok(None) => return Ok(ViewerPayload::refused(wrong_credentials())),
            Err(error) => return Ok(ViewerPayload::refused(credentials_refusal(error)?)),
        };
        let command = AccountCommand::SignIn(SignIn { signed_in_at: services.clock.now() });
        let outcome = send(&*services.accounts, id.0, command, context(id, command_id), Vec::new()).await?;
        if outcome.is_ok() {
            open_session(ctx, services, id).await?;
        }
        ViewerPayload::of(services, id, outcome).await
    }

    /// Signs out.
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<SignOutPayload> {
        let services: &Services = ctx.data()?;
        if let Some(token) = &ctx.data::<Caller>()?.token {
            services.credentials.close_session(token).await.map_err(|error| fault(&error))?;
        }
        ctx.insert_http_header("set-cookie", set_cookie(None, services.secure_cookies));
        Ok(SignOutPayload { signed_out: true })
    }

    /// Closes the account for good: what is kept of the caller is erased, and every session ends.
    async fn close_account(
        &self,
        ctx: &Context<'_>,
        input: CloseAccountInput,
    ) -> Result<CloseAccountPayload> {
        let refused = |refusal| Ok(CloseAccountPayload { refusal: Some(refusal), position: None });
        let candidate_id = candidate(ctx)?;
        let services: &Services = ctx.data()?;
        let command_id = match command_id(&input.command_id) {
            Ok(id) => id,
            Err(refusal) => return refused(refusal),
        };
        let account = services.accounts.load(candidate_id.0).await.map_err(|cause| fault(&*cause))?;
        let Some(address) = account.email() else { return refused(Refusal::not_found()) };
        match services.credentials.authenticate(address, &input.password.into()).await {
            Ok(Some(known)) if known == candidate_id => {}
            Ok(_) => return refused(wrong_password()),
            Err(error) => return refused(credentials_refusal(error)?),
        }
        let command = AccountCommand::Close(CloseAccount { closed_at: services.clock.now() });
        let context = context(candidate_id, command_id);
        let outcome = send(&*services.accounts, candidate_id.0, command, context, Vec::new()).await?;
        let committed = match outcome {
            Ok(committed) => committed,
            Err(refusal) => return refused(refusal),
        };
        // The sessions end now. Should that fail, they end with all the rest, a moment later.
        if let Err(error) = services.credentials.forget(candidate_id).await {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "sessions of a closed account end later");
        }
        ctx.insert_http_header("set-cookie", set_cookie(None, services.secure_cookies));
        Ok(CloseAccountPayload { refusal: None, position: Some(Position(committed.position)) })
    }

    /// Says who one is and what one prepares for.
    async fn complete_profile(
        &self,
        ctx: &Context<'_>,
        input: CompleteProfileInput,
    ) -> Result<ViewerPayload> {
        let services: &Services = ctx.data()?;
        let role = RoleSlug(input.role);
        if !services.roles.contains_key(&role) {
            let message = "there is no such role; choose one of the list";
            return Ok(ViewerPayload::refused(Refusal::of_field("role", RefusalCode::InvalidInput, message)));
        }
        let command = AccountCommand::CompleteProfile(CompleteProfile {
            name: input.name,
            role,
            level: input.level.into(),
            completed_at: services.clock.now(),
        });
        command_of_viewer(ctx, &input.command_id, command).await
    }
}

async fn command_of_viewer(ctx: &Context<'_>, id: &ID, command: AccountCommand) -> Result<ViewerPayload> {
    let candidate_id = candidate(ctx)?;
    let services: &Services = ctx.data()?;
    match command_id(id) {
        Ok(id) => {
            let context = context(candidate_id, id);
            let outcome = send(&*services.accounts, candidate_id.0, command, context, Vec::new()).await?;
            ViewerPayload::of(services, candidate_id, outcome).await
        }
        Err(refusal) => Ok(ViewerPayload::refused(refusal)),
    }
}

/// The account as it changes.
#[derive(Default)]
pub struct AccountSubscription;

#[Subscription]
impl AccountSubscription {
    /// Who is signed in, as it changes.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = Viewer> + use<>> {
        let (id, services) = (candidate(ctx)?, ctx.data::<Services>()?.clone());
        let rows = watch::rows::<AccountProfile>(&services, id, id.0);
        Ok(rows.map(move |row| Viewer::new(&services, id, row.unwrap_or_default())))
    }
}
