//! What turns speech into words while it is spoken.

pub mod deepgram;
