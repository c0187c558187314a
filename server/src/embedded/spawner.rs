//! Starts child processes from one thread that lives as long as they may.
//!
//! The kernel's parent-death signal goes out when the *thread* that started a child ends, and the
//! runtime ends its threads as it sees fit. So this thread does nothing but start processes; it ends
//! when nobody can ask it for more, and then takes along whatever was not stopped.

use std::io;
use std::sync::mpsc;

use anyhow::Context as _;
use tokio::process::{Child, Command};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// Starts child processes.
#[derive(Debug, Clone)]
pub(crate) struct Spawner {
    requests: mpsc::Sender<Request>,
}

#[derive(Debug)]
struct Request {
    command: Command,
    reply: oneshot::Sender<io::Result<Child>>,
}

impl Spawner {
    /// Starts the thread.
    ///
    /// # Panics
    ///
    /// Outside of a runtime.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let (requests, queue) = mpsc::channel::<Request>();
        let runtime = Handle::current();
        std::thread::Builder::new()
            .name("spawner".to_owned())
            .spawn(move || {
                let _context = runtime.enter();
                for Request { mut command, reply } in queue {
                    let _ = reply.send(command.spawn());
                }
            })
            .context("could not start a thread")?;
        Ok(Self { requests })
    }

    /// Starts `command`.
    pub(crate) async fn spawn(&self, command: Command) -> io::Result<Child> {
        let (reply, answer) = oneshot::channel();
        self.requests
            .send(Request { command, reply })
            .map_err(|_| io::Error::other("the spawner has ended"))?;
        answer.await.map_err(io::Error::other)?
    }
}
