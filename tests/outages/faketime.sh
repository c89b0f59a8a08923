#!/usr/bin/env bash
# Finds libfaketime, or has it installed.
set -euo pipefail
compgen -G "/usr/lib/*/faketime/libfaketimeMT.so.1" >/dev/null && exit 0
exec "$(dirname "$0")/../debian.sh" libfaketime faketime
