#!/usr/bin/env bash
# One command, as root: whatever runs now is replaced by a release, and callers notice nothing.
#
#   deploy/systemd/roll-out.sh /opt/charter/releases/1.4.0    # a checkout, in which `npm ci --omit=dev` ran
#
# It migrates, replaces one unit after the other, waits until each is ready, and looks at the whole from
# outside. What fails or is interrupted is rolled back: the release that ran before takes its place again,
# on the schema as it is by then (docs/operations.md, Migrations). Where the terminal is gone, what it says
# is in charter-roll-out.* in /tmp.
# Exit code 0: the new release runs. 1: it does not, and the last lines say what does. 2: wrong usage.
# shellcheck disable=SC2016 # Commands that are shown to people stand in single quotes.
set -euo pipefail
patience=${CHARTER_PATIENCE_SECONDS:-120}
home=${CHARTER_HOME:-/opt/charter}
# HAProxy before the processes: deploy/haproxy/haproxy.cfg.
address=${CHARTER_ADDRESS:-http://127.0.0.1:8080}
# Workers first: what the new API enqueues, an old worker may not know.
units=(charter-worker)
for number in ${CHARTER_APIS:-1 2 3}; do units+=("charter-api@$number"); done
replaced=()
steps=4
at=0

step() {
  at=$((at + 1))
  printf '\n[%s/%s] %s\n' "$at" "$steps" "$*"
}
# `die <what> <why> <what to do>`
die() {
  printf '\n%s\n  Why:        %s\n  What to do: %s\n' "$@" >&2
  exit 1
}

if [ $# -ne 1 ]; then
  printf 'Say which release: %s %s/releases/1.4.0\n' "$0" "$home" >&2
  exit 2
fi
release=$(realpath "$1")
node=$release/node_modules/.bin/node
if [ ! -e "$node" ] || [ ! -e "$release/server/main.ts" ]; then
  die "There is no release in $release." 'A checkout, and its libraries, are not both there.' '`git clone` and `npm ci --omit=dev`, as docs/deployment.md tells. Nothing was changed.'
fi
# A process stays in the folder in which it was started, whatever the link says. The one that is replaced
# last tells what ran: a roll-out that was killed on its way has left the link to a release that never did.
running_release() { readlink "/proc/$(systemctl show --property MainPID --value "${units[-1]}")/cwd"; }
before=$(running_release || readlink "$home/current" || true)

make_current() { ln -sfn "$1" "$home/current"; }

# What tells that a unit works: readiness of the API, metrics of a worker.
door_of() {
  case $1 in
    charter-api@*) printf 'http://127.0.0.1:300%s/api/v1/health/readiness' "${1#*@}" ;;
    *) printf 'http://127.0.0.1:9460/metrics' ;;
  esac
}

# systemd comes back when the old process has ended and the new one has begun.
replace() {
  local began=$SECONDS
  systemctl restart "$1" || return 1
  until "$node" "$release/deploy/image/healthcheck.mjs" "$(door_of "$1")" >/dev/null; do
    [ $((SECONDS - began)) -lt "$patience" ] || return 1
    sleep "${CHARTER_POLL_SECONDS:-0.5}"
  done
}

# What was replaced goes back, the last one first, one after the other. Nothing stops it on its way.
roll_back() {
  local what=$1 todo=$2 back=() failed=()
  trap '' INT TERM HUP PIPE
  set +e
  printf '\n%s Rolling back.\n' "$what" >&2
  # A migration that is on its way ends; what it had begun is taken back.
  systemctl stop charter-migrate
  [ -n "$before" ] ||
    die "$what" 'Nothing ran before, so there is nothing to go back to.' "$todo Then run this again."
  make_current "$before"
  for ((i = ${#replaced[@]} - 1; i >= 0; i--)); do
    if replace "${replaced[i]}"; then back+=("${replaced[i]}"); else failed+=("${replaced[i]}"); fi
  done
  [ ${#failed[@]} -eq 0 ] ||
    die "$what" "Not everything came back: ${failed[*]}. \`systemctl status ${failed[*]}\` tells why; the release before runs in ${back[*]:-nothing else}." "$todo"
  die "$what" "The release before runs again (${back[*]:-none of it was replaced}); the schema stays as it is." "$todo"
}

trap 'roll_back "Interrupted." "Run it again."' INT TERM
trap 'exec >"$(mktemp -t charter-roll-out.XXXXXX)" 2>&1; roll_back "The terminal is gone." "Run it again."' HUP

step "Migrate, and make the first signing key: $release"
make_current "$release"
systemctl start charter-migrate || roll_back 'The migration failed.' '`journalctl --unit charter-migrate` tells why. What it had begun was taken back.'

step "Replace ${units[*]}, one after the other"
for unit in "${units[@]}"; do
  printf '%s …\n' "$unit"
  replaced+=("$unit")
  replace "$unit" || roll_back "$unit did not get ready within $patience s." "\`journalctl --unit $unit\` tells why."
done

step 'Smoke: what a caller sees'
(cd "$release" && "$node" server/cli/main.ts smoke "$address") ||
  roll_back 'The release runs, and does not do what it should.' 'Read which check failed above.'

step 'Start with the machine from now on'
systemctl enable charter.target "${units[@]}" ||
  die 'The release runs, but would not start with the machine.' 'What systemd said is above.' "\`systemctl enable charter.target ${units[*]}\`"

printf '\nThe release runs. Back to the one before: deploy/systemd/roll-out.sh %s\n' "${before:-<its folder>}"
