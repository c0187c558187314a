//! Turns speech into words while it is spoken.

pub mod embedded;
