#!/usr/bin/env bash
# Finds Chromium, or has it installed.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done
exec "$(dirname "$0")/../debian.sh" Chromium chromium
