#!/usr/bin/env bash
# Installs what is missing: `setup.sh run` for running Interaura, `setup.sh test` for its tests too.
# Where system packages may not be installed, it prints the one line to run and stops.
set -euo pipefail
purpose=${1:-run}

fail() {
    echo "setup: $*" >&2
    exit 1
}

command -v cargo >/dev/null || fail "Rust is missing; install 1.95 or newer with rustup, then run this again"
required=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
present=$(rustc --version | cut -d' ' -f2)
if [ "$(printf '%s\n' "$required" "$present" | sort -V | head -n 1)" != "$required" ]; then
    fail "Rust $present is too old; run: rustup update stable"
fi

packages=()
command -v cc >/dev/null && command -v make >/dev/null || packages+=(build-essential)
command -v pkg-config >/dev/null || packages+=(pkg-config)
command -v python3 >/dev/null || packages+=(python3)
# OpenCV looks at camera frames; its Rust bindings are written by clang when they are built.
command -v clang >/dev/null || packages+=(clang)
for part in core imgproc imgcodecs dnn; do
    [ -e "/usr/include/opencv4/opencv2/$part.hpp" ] || packages+=("libopencv-$part-dev")
done
python3 -m pip --version >/dev/null 2>&1 || packages+=(python3-pip)
# ffmpeg joins the parts of recordings.
command -v ffmpeg >/dev/null || packages+=(ffmpeg)
# Node from Debian's own packages is often too old for the web build, so a present one is kept.
command -v node >/dev/null || packages+=(nodejs)
command -v npm >/dev/null || packages+=(npm)
if [ "$purpose" = test ]; then
    command -v chromium >/dev/null || packages+=(chromium)
fi

if [ ${#packages[@]} -gt 0 ]; then
    install="apt-get install -y --no-install-recommends ${packages[*]}"
    if ! command -v apt-get >/dev/null; then
        fail "missing: ${packages[*]} (these are Debian's names); install them, then run this again"
    elif [ "$(id -u)" = 0 ]; then
        as_root=()
    elif sudo -n true 2>/dev/null; then
        as_root=(sudo -n)
    else
        fail "missing: ${packages[*]}; run this line, then start again:
  sudo apt-get update && sudo $install"
    fi
    echo "setup: installing ${packages[*]}" >&2
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive $install
fi

node_major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
[ "$node_major" -ge 20 ] || fail "Node $(node --version) is too old; the web app needs 20.19 or newer"

if [ "$purpose" = test ]; then
    # These are built apart, so that our own builds keep their target folder as it is.
    tool() {
        cargo "$1" --version >/dev/null 2>&1 || (unset CARGO_TARGET_DIR && cargo install --locked "cargo-$1")
    }
    tool nextest
    tool deny
fi
