#!/usr/bin/env bash
# Fetches what only tests need, beside the other downloads: a local S3 server.
set -euo pipefail

moto=5.2.5
tools=${INTERAURA_ASSETS:-.interaura/assets}/test-tools
if [ ! -e "$tools/moto-$moto/moto/server.py" ]; then
    echo "setup: fetching moto $moto" >&2
    mkdir -p "$tools"
    unfinished=$(mktemp -d "$tools/.unfinished.XXXXXX")
    trap 'rm -rf "$unfinished"' EXIT
    python3 -m pip install --quiet --disable-pip-version-check --target "$unfinished/moto" "moto[s3]==$moto" 'flask<4' 'flask-cors<7' 2>/dev/null
    mv -T "$unfinished/moto" "$tools/moto-$moto"
fi
