#!/usr/bin/env bash
# The whole journey in a real browser, and an interview aloud before a camera that is a file, against the
# built binary with services and data of its own, which carries out the operations of the web app and no others.
set -euo pipefail

target=${CARGO_TARGET_DIR:-target}
work=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
assets=${INTERAURA_ASSETS:-$PWD/.interaura/assets}

# The journey kills the server once (137 is the exit status of SIGKILL) and expects another.
serve() {
    trap 'kill "$up" 2>/dev/null; wait "$up"; exit 0' TERM
    local status=137
    while [ "$status" -eq 137 ]; do
        INTERAURA_DATA=$work/data INTERAURA_ASSETS=$assets INTERAURA_LISTEN=127.0.0.1:$port \
            INTERAURA_GRAPHQL=persisted \
            "$target/debug/interaura" up >>"$work/server.log" 2>&1 &
        up=$!
        echo "$up" >"$work/server.pid"
        status=0
        wait "$up" || status=$?
    done
    return "$status"
}
serve &
server=$!
cleanup() {
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

for _ in $(seq 1 600); do
    if python3 -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:$port/readyz', timeout=2)" \
        2>/dev/null; then
        break
    fi
    kill -0 "$server" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
    sleep 0.2
done

status=0
BASE_URL=http://127.0.0.1:$port RESUME_PDF=$PWD/tests/fixtures/resumes/${E2E_RESUME:-sb2nov.pdf} \
    SERVER_PID_FILE=$work/server.pid E2E_OUT=${E2E_OUT:-$work/pictures} npm --prefix web run --silent e2e || status=$?
if [ "$status" -eq 0 ]; then
    BASE_URL=http://127.0.0.1:$port FIXTURES=$PWD/tests/fixtures/interview E2E_OUT=${E2E_OUT:-$work/pictures} \
        npm --prefix web run --silent e2e:spoken || status=$?
fi
if [ "$status" -ne 0 ] || grep -E ' (WARN|ERROR) ' "$work/server.log" >&2; then
    echo "the browser test failed, or the server logged a warning:" >&2
    tail -n 40 "$work/server.log" >&2
    exit 1
fi
