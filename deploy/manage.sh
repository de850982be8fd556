#!/usr/bin/env bash
# Runs manage.py of this release with the variables that its site has: deploy/manage.sh COMMAND...
# ENVIRONMENT names their file.
set -euo pipefail
release=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
set -a
# shellcheck source=/dev/null
. "${ENVIRONMENT:-$release/../../environment}"
set +a
exec "$release/.venv/bin/python" "$release/manage.py" "$@"
