#!/usr/bin/env bash
# Installs the browser app's packages when the lock file is newer than the last installation.
set -euo pipefail

stamp=web/node_modules/.installed
if [ ! -f "$stamp" ] || [ web/package-lock.json -nt "$stamp" ]; then
    npm --prefix web ci --no-audit --no-fund
    touch "$stamp"
fi
