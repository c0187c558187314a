//! Single-event commands through the command path, beside stock postgres-es on the same server.
//!
//! Each command opens a new stream, which is the kindest case for postgres-es: it loads nothing.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use interaura_adapters::event_store::EventStore;
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::commands::Commands;
use interaura_domain::resume::Resume;
use interaura_tests::database::Database;
use interaura_tests::story::{fresh, request, upload};
use postgres_es::{PostgresCqrs, postgres_cqrs};
use sqlx::PgPool;

use crate::cpu;
use crate::figure::{Bound, Figure, Report, median};

const ROUNDS: usize = 3;
const WARM_UP: Duration = Duration::from_millis(700);
const MEASURED: Duration = Duration::from_secs(3);

/// The tables of postgres-es, as its `db/init.sql` makes them.
const STOCK_TABLES: &str = "CREATE SCHEMA stock; CREATE TABLE stock.events (
    aggregate_type text NOT NULL, aggregate_id text NOT NULL, sequence bigint CHECK (sequence >= 0) NOT NULL,
    event_type text NOT NULL, event_version text NOT NULL, payload json NOT NULL, metadata json NOT NULL,
    PRIMARY KEY (aggregate_type, aggregate_id, sequence))";

/// A way to carry out a command.
trait CommandPath: Send + Sync + 'static {
    fn commit(&self, owner: CandidateId) -> impl Future<Output = ()> + Send;
}

struct Ours(EventStore);

impl CommandPath for Ours {
    async fn commit(&self, owner: CandidateId) {
        let request = request(owner, fresh(), fresh(), upload());
        Commands::<Resume>::execute(&self.0, request).await.unwrap();
    }
}

struct Stock(PostgresCqrs<Resume>);

impl CommandPath for Stock {
    async fn commit(&self, owner: CandidateId) {
        let metadata = HashMap::from([
            ("event_id".to_owned(), fresh().to_string()),
            ("correlation_id".to_owned(), fresh().to_string()),
            ("candidate_id".to_owned(), owner.to_string()),
            ("command_id".to_owned(), fresh().to_string()),
        ]);
        let id = fresh().to_string();
        self.0.execute_with_metadata(&id, upload(), metadata).await.unwrap();
    }
}

async fn stock(pool: &PgPool) -> Stock {
    sqlx::raw_sql(STOCK_TABLES).execute(pool).await.unwrap();
    // The library names its table without a schema.
    let options = (*pool.connect_options()).clone().options([("search_path", "stock")]);
    let options = sqlx::postgres::PgPoolOptions::new().max_connections(24).connect_with(options);
    Stock(postgres_cqrs(options.await.unwrap(), Vec::new(), ()))
}

/// Commands per second, and microseconds of processor time per command.
async fn rate<P: CommandPath>(path: &Arc<P>, in_flight: usize, postmaster: u32) -> (f64, f64) {
    let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let workers: Vec<_> = (0..in_flight)
        .map(|_| {
            let (path, stop, done) = (Arc::clone(path), Arc::clone(&stop), Arc::clone(&done));
            tokio::spawn(async move {
                let owner = CandidateId(fresh());
                while !stop.load(Ordering::Relaxed) {
                    path.commit(owner).await;
                    done.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    tokio::time::sleep(WARM_UP).await;
    let (started, before, used) = (Instant::now(), done.load(Ordering::Relaxed), cpu::used(postmaster));
    tokio::time::sleep(MEASURED).await;
    let (seconds, after) = (started.elapsed().as_secs_f64(), done.load(Ordering::Relaxed));
    let used = cpu::used(postmaster) - used;
    stop.store(true, Ordering::Relaxed);
    for worker in workers {
        worker.await.unwrap();
    }
    let commands = f64::from(u32::try_from(after - before).unwrap());
    (commands / seconds, used * 1e6 / commands)
}

/// Both paths in turn, so that both meet the same weather.
pub(crate) async fn measure(report: &mut Report) {
    let database = Database::create().await;
    let postmaster = cpu::postmaster(&database.pool).await;
    let stock = Arc::new(stock(&database.pool).await);
    let ours = Arc::new(Ours(database.store()));
    for (in_flight, goal) in [(1, 1.0), (8, 1.0), (64, 3.0), (256, 5.0)] {
        let (mut our_rates, mut stock_rates) = (Vec::new(), Vec::new());
        let (mut our_costs, mut stock_costs) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let (per_second, cost) = rate(&stock, in_flight, postmaster).await;
            stock_rates.push(per_second);
            stock_costs.push(cost);
            let (per_second, cost) = rate(&ours, in_flight, postmaster).await;
            our_rates.push(per_second);
            our_costs.push(cost);
        }
        report.add(&Figure {
            name: format!("append/{in_flight}"),
            value: median(our_rates),
            unit: "commands/s",
            baseline: Some(median(stock_rates)),
            bound: Bound::AtLeast,
            must: 1.0,
            goal,
        });
        if in_flight == 64 {
            report.add(&Figure {
                name: "append/64/cpu".to_owned(),
                value: median(our_costs),
                unit: "us/command",
                baseline: Some(median(stock_costs)),
                bound: Bound::AtMost,
                must: 0.5,
                goal: 0.2,
            });
        }
    }
}
