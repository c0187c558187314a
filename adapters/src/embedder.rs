//! Sentence embeddings: [`minilm`] is the model that ships, [`hashed`] stands in where no model is
//! wanted.

mod cache;
pub mod hashed;
pub mod lazy;
pub mod minilm;
#[cfg(test)]
pub(crate) mod test_model;
