//! What GraphQL cannot carry, and the door through which GraphQL comes.

pub mod endpoint;
pub mod frame_check;
pub mod health;
pub mod host;
pub mod live_media;
pub mod measure;
pub(crate) mod recording;
pub mod upload;
