#!/usr/bin/env bash
# Runs one benchmark: `bench.sh resumes`, `bench.sh scores`. DATA names a folder of real data.
# In the dev profile, whose models and parsers are optimised: nothing is built twice.
set -euo pipefail

target=${CARGO_TARGET_DIR:-target}
cargo build --workspace --bins >&2
"$target/debug/interaura" assets >&2
assets=${INTERAURA_ASSETS:-$PWD/.interaura/assets}
INTERAURA_PDFIUM=$(find "$assets" -name libpdfium.so | sort | tail -n 1)
INTERAURA_MODEL_DIR=$(dirname "$(find "$assets" -name model.safetensors | sort | tail -n 1)")
export INTERAURA_PDFIUM INTERAURA_MODEL_DIR
[ -n "${DATA:-}" ] || unset DATA
exec cargo bench --workspace --profile dev --bench "$1" -- ${DATA:-"$PWD/tests/fixtures"}
