#!/usr/bin/env bash
# Builds what changed and starts everything. Ctrl-C stops all of it.
set -euo pipefail

scripts/setup.sh run
scripts/web.sh
cargo build --workspace --bins
exec "${CARGO_TARGET_DIR:-target}/debug/interaura" up
