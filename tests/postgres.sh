#!/usr/bin/env bash
# Finds PostgreSQL, or installs Debian's when this user may. Without one its tests skip, loudly; in CI that fails.
set -euo pipefail
command -v postgres >/dev/null && exit 0
compgen -G "/usr/lib/postgresql/*/bin/postgres" >/dev/null && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "No PostgreSQL here: installing Debian's package 'postgresql' on this machine, for its tests." >&2
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null && exit 0
fi
echo "No PostgreSQL here: its tests cannot run. Install the package 'postgresql'." >&2
[ -z "${CI:-}" ]
