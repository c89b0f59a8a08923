#!/usr/bin/env bash
# Finds ExifTool, or has it installed.
set -euo pipefail
command -v exiftool >/dev/null && exit 0
exec "$(dirname "$0")/debian.sh" ExifTool libimage-exiftool-perl
