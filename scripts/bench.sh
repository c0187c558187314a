#!/usr/bin/env bash
# Runs one benchmark: `bench.sh spine`, `bench.sh resumes`, `bench.sh scores`. DATA names a folder of
# real data. In the dev profile, as `make run` serves it: nothing is built twice.
set -euo pipefail

target=${CARGO_TARGET_DIR:-target}
cargo build --workspace --bins >&2
"$target/debug/interaura" assets >&2
[ -n "${DATA:-}" ] || unset DATA
# Postgres and NATS of its own, and where the downloads are, come from `interaura services`.
exec "$target/debug/interaura" services -- \
    cargo bench --workspace --profile dev --bench "$1" -- ${DATA:-"$PWD/tests/fixtures"}
