#!/usr/bin/env bash
# Finds PostgreSQL, or has it installed.
set -euo pipefail
command -v postgres >/dev/null && exit 0
compgen -G "/usr/lib/postgresql/*/bin/postgres" >/dev/null && exit 0
exec "$(dirname "$0")/debian.sh" PostgreSQL postgresql
