//! Looks at camera frames: on this machine only, and without keeping them.

pub mod opencv;
