#!/usr/bin/env bash
# Fails when the committed schemas and the code generated from them differ from what the code says.
set -euo pipefail

dirty=$(git status --porcelain -- schemas web/src/gql)
if [ -n "$dirty" ]; then
    echo "$dirty" >&2
    echo "schemas: run \`make schemas\` and commit what it changes" >&2
    exit 1
fi
