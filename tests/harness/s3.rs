//! A local server that speaks S3, of a test's own.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use interaura_adapters::blob_store::S3Bucket;

use crate::{assets, eventually};

/// The version that `scripts/test-tools.sh` fetches.
const MOTO: &str = "moto-5.2.5";

/// A server with one bucket, ended with the test.
pub struct S3 {
    server: Child,
    /// The bucket, and a key that is good for it.
    pub bucket: S3Bucket,
}

impl S3 {
    /// Starts one on a free port.
    pub async fn start() -> Self {
        let moto = assets().dir().join("test-tools").join(MOTO);
        assert!(moto.exists(), "{} is missing; run scripts/test-tools.sh", moto.display());
        let mut server = Command::new("python3")
            .args(["-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"])
            .env("PYTHONPATH", moto)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let words = BufReader::new(server.stderr.take().unwrap());
        let (told, endpoint) = tokio::sync::oneshot::channel();
        std::thread::spawn(move || {
            let mut told = Some(told);
            for line in words.lines().map_while(Result::ok) {
                let address = line.split_whitespace().find(|word| word.starts_with("http://127.0.0.1:"));
                if let Some((told, address)) = address.and_then(|address| Some((told.take()?, address))) {
                    let _ = told.send(address.to_owned());
                }
            }
        });
        let endpoint = endpoint.await.expect("the S3 server tells its port");
        let bucket = S3Bucket {
            bucket: "interviews".to_owned(),
            prefix: "blobs".to_owned(),
            region: "us-east-1".to_owned(),
            endpoint: Some(endpoint.clone()),
            key_id: Some("testing".to_owned()),
            secret: Some("testing".to_owned().into()),
            session_token: None,
        };
        let made = async || reqwest::Client::new().put(format!("{endpoint}/interviews")).send().await.ok();
        eventually("the bucket is made", made).await.error_for_status().unwrap();
        Self { server, bucket }
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
