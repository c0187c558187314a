//! Why an account refuses.

/// The rule that a command would break.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// The account exists.
    #[error("this account exists already")]
    AlreadyRegistered,
    /// Nobody registered it.
    #[error("there is no such account")]
    NotRegistered,
    /// The link was followed before.
    #[error("the address is verified already")]
    AlreadyVerified,
    /// The link was not followed yet.
    #[error("the address is not verified yet; follow the link in the message first")]
    NotVerified,
    /// It was closed for good.
    #[error("this account is closed")]
    Closed,
    /// No address has this shape.
    #[error("this does not look like an email address")]
    InvalidAddress,
    /// Empty, too long, or with control characters.
    #[error("a name has 1 to {longest} characters")]
    InvalidName {
        /// The longest that is kept, in characters.
        longest: usize,
    },
}
