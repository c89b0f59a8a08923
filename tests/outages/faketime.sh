#!/usr/bin/env bash
# Finds libfaketime, or installs Debian's when this user may. Without it its tests skip, loudly; in CI that fails.
set -euo pipefail
compgen -G "/usr/lib/*/faketime/libfaketimeMT.so.1" >/dev/null && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "No libfaketime here: installing Debian's package 'faketime' on this machine, for its tests." >&2
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq faketime >/dev/null && exit 0
fi
echo "No libfaketime here: its tests cannot run. Install the package 'faketime'." >&2
[ -z "${CI:-}" ]
