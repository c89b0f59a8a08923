#!/usr/bin/env bash
# debian.sh NAME PACKAGE: installs what some tests need from Debian, when this user may. Without it they skip, loudly; in
# CI that fails. Those who call have looked for it before.
set -euo pipefail
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "No $1 here: installing Debian's package '$2' on this machine, for its tests." >&2
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2" >/dev/null && exit 0
fi
echo "No $1 here: its tests cannot run. Install the package '$2'." >&2
[ -z "${CI:-}" ]
