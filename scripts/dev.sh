#!/usr/bin/env bash
# Serves the app and the web sources with hot reload. Ctrl-C stops both.
set -euo pipefail

scripts/web-install.sh
cargo build --workspace --bins
"${CARGO_TARGET_DIR:-target}/debug/interaura" up &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" || true' EXIT
npm --prefix web run dev
