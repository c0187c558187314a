#!/usr/bin/env bash
# Every check, in the order in which a mistake shows soonest. The last line counts the tests.
set -euo pipefail

export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-never}
target=${CARGO_TARGET_DIR:-target}
summary=$target/test-summary.txt
rm -f "$summary"
log=$(mktemp)
trap 'rm -f "$log"' EXIT

step() {
    echo "== $*" >&2
}

step format
cargo fmt --all --check
step lint
cargo clippy --workspace --all-targets -- -D warnings
step documentation
RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --document-private-items --quiet
step dependencies
cargo deny --log-level error check bans licenses sources
step schemas
make --no-print-directory schemas
scripts/schemas-are-current.sh
step web
scripts/web-install.sh
npm --prefix web run typecheck
npm --prefix web run lint
npm --prefix web run test
scripts/web.sh
step tests
cargo build --workspace --bins
"$target/debug/interaura" assets >&2
scripts/test-tools.sh >&2
status=0
"$target/debug/interaura" services -- cargo nextest run --workspace 2>&1 | tee "$log" || status=$?
step browser
if ! scripts/e2e.sh; then
    echo "the browser tests failed" >&2
    [ "$status" -ne 0 ] || status=1
fi
grep -E '^ *Summary \[' "$log" | tail -n 1 >"$summary" || echo "0 passed, 1 failed" >"$summary"
cat "$summary"
exit "$status"
