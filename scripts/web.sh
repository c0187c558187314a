#!/usr/bin/env bash
# Builds the browser app into web/dist when its sources are newer than the last build.
set -euo pipefail

scripts/web-install.sh
stamp=web/dist/.built
if [ -f "$stamp" ] && [ -z "$(find web schemas -path web/node_modules -prune -o -path web/dist -prune \
    -o -type f -newer "$stamp" -print -quit)" ]; then
    exit 0
fi
npm --prefix web run build
touch "$stamp"
