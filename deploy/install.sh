#!/usr/bin/env bash
# Puts this code into TARGET as a release beside the others, and makes it the one that runs.
#
#   deploy/install.sh TARGET [STEP...]
#
# Steps, all of them unless named, in this order; each may be done again:
#   code      copy to TARGET/releases/NAME, unless it is run from there
#   packages  its own .venv, by the hashes of requirements.txt
#   static    collect static files, beside those of the releases before
#   migrate   bring the database, the regions' rights and the index of visitors' search up to date
#   check     say what is missing; an error ends it here, and the release before goes on
#   switch    have TARGET/current lead to it
#
# Variables: ENVIRONMENT (default TARGET/environment, read if it is there), RELEASE (a name for the
# release, else that of the commit, else the time), PYTHON (default python3).
set -euo pipefail

SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
PARTS=(manage.py pyproject.toml requirements.txt region_gate home therapies site deploy docs)

code() {
    [ "$SOURCE" = "$HOME_OF_RELEASE" ] && return
    mkdir -p "$HOME_OF_RELEASE"
    tar -C "$SOURCE" --exclude=__pycache__ --exclude=deploy/environment -cf - "${PARTS[@]}" | tar -C "$HOME_OF_RELEASE" -xf -
}

packages() {
    [ -x "$HOME_OF_RELEASE/.venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$HOME_OF_RELEASE/.venv"
    "$HOME_OF_RELEASE/.venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes \
        -r "$HOME_OF_RELEASE/requirements.txt"
}

static() { manage collectstatic --noinput --verbosity 0; }

migrate() {
    manage migrate --skip-checks --verbosity 0
    manage add_region --all --skip-checks --verbosity 0
    manage keep_record --sign-former --skip-checks
    # A release may find words in another way; until 4:00 visitors would find nothing by an index that is new.
    manage update_index --backend visitors --skip-checks --verbosity 0
}

check() { manage check --deploy; }

# At one stroke: whoever starts meanwhile finds the one or the other.
switch() {
    ln -sfn "releases/$NAME" "$TARGET/.next"
    mv -fT "$TARGET/.next" "$TARGET/current"
    echo "$TARGET/current is $NAME. Now restart what runs: docs/operations.md says in which order."
}

manage() { "$HOME_OF_RELEASE/.venv/bin/python" "$HOME_OF_RELEASE/manage.py" "$@"; }

name_of_release() {
    case "$SOURCE" in "$TARGET"/releases/*) basename "$SOURCE" && return ;; esac
    git -C "$SOURCE" rev-parse --short HEAD 2> /dev/null || date -u +%Y%m%d%H%M%S
}

read_environment() {
    export DJANGO_SETTINGS_MODULE="${DJANGO_SETTINGS_MODULE:-config.settings.production}"
    local file="${ENVIRONMENT:-$TARGET/environment}"
    if [ -r "$file" ]; then
        set -a
        # shellcheck source=/dev/null
        . "$file"
        set +a
    fi
}

usage() {
    sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2
    exit 2
}

[ $# -ge 1 ] || usage
case "$1" in -*) usage ;; esac
mkdir -p "$1"
TARGET=$(cd "$1" && pwd -P)
shift
[ $# -gt 0 ] || set -- code packages static migrate check switch
for step in "$@"; do
    case "$step" in code | packages | static | migrate | check | switch) ;; *) usage ;; esac
done
read_environment
NAME="${RELEASE:-$(name_of_release)}"
HOME_OF_RELEASE="$TARGET/releases/$NAME"
for step in "$@"; do
    echo "$step: $NAME"
    "$step"
done
