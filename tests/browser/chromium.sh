#!/usr/bin/env bash
# Finds Chromium, or installs Debian's when this user may. Without one the browser tests skip, loudly; in CI that fails.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "No Chromium here: installing Debian's package 'chromium' on this machine, for the browser tests." >&2
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && exit 0
fi
echo "No Chromium here: the browser tests cannot run. Install the package 'chromium'." >&2
[ -z "${CI:-}" ]
