#!/usr/bin/env bash
# One command: whatever runs now is replaced by a release, and callers notice nothing.
#
#   deploy/compose/roll-out.sh                   # builds the image from this checkout
#   deploy/compose/roll-out.sh <image>           # takes one that was built before, here or in a registry
#
# It makes the secrets that are missing, migrates, replaces one process after the other, waits until
# each is ready, and looks at the whole from outside. What fails is rolled back: the release that ran
# before takes its place again, on the schema as it is by then (docs/operations.md, Migrations). So is
# what is interrupted; where the terminal is gone, what it says is in charter-roll-out.* in /tmp.
# Exit code 0: the new release runs. 1: it does not, and the last lines say what does.
# shellcheck disable=SC2016 # Commands that are shown to people stand in single quotes.
set -euo pipefail
cd "$(dirname "$0")"
patience=${CHARTER_PATIENCE_SECONDS:-120}
# Workers first: what the new API enqueues, an old worker may not know.
processes=(worker api-1 api-2)
replaced=()
before=''
steps=7
at=0

compose() { docker compose --file compose.yaml "$@"; }
step() {
  at=$((at + 1))
  printf '\n[%s/%s] %s\n' "$at" "$steps" "$*"
}
# `die <what> <why> <what to do>`
die() {
  printf '\n%s\n  Why:        %s\n  What to do: %s\n' "$@" >&2
  exit 1
}

need_docker() {
  docker compose version >/dev/null 2>&1 ||
    die 'There is no Docker with Compose here.' '`docker compose version` failed.' \
      'Install Docker Engine with its Compose plugin, or see "Without containers" in docs/deployment.md.'
}

id_of() { docker image inspect --format '{{.Id}}' "$1" 2>/dev/null; }
# The image of the process that is replaced last: a roll-out that was killed on its way has left the name
# to a release that never ran as a whole.
running_image() { docker inspect --format '{{.Image}}' "$(compose ps --all --quiet "${processes[-1]}")" 2>/dev/null; }

# The name that compose.yaml starts is moved to the release; what ran before is remembered.
take_image() {
  local image=$1
  before=$(running_image || id_of charter:current || true)
  if [ -z "$image" ]; then
    image=charter:$(git -C ../.. describe --always --dirty 2>/dev/null || date -u +%Y%m%d%H%M%S)
    docker build --file ../Dockerfile --tag "$image" ../.. ||
      die "The image could not be built." "What Docker said is above." "Put it right, and run this again: nothing was changed."
  elif ! docker image inspect "$image" >/dev/null 2>&1; then
    docker pull "$image" ||
      die "There is no image $image." 'It is not here, and no registry gave it.' 'Check its name, and `docker login`. Nothing was changed.'
  fi
  docker tag "$image" charter:current
  printf 'The release is %s.\n' "$image"
}

# A command of the release that ends, such as `migrate`; under a name, so that none goes on to work unseen.
end_command() { docker rm --force charter-command >/dev/null 2>&1 || true; }
run() {
  end_command
  compose run --rm --name charter-command --no-deps "$1"
}

# Always a new container: it gets the secrets as they are now, which Compose does not look at.
replace() { compose up --detach --no-deps --force-recreate --wait --wait-timeout "$patience" "$1"; }

# What was replaced goes back, the last one first, one after the other. Nothing stops it on its way.
roll_back() {
  local what=$1 todo=$2 back=() failed=()
  trap '' INT TERM HUP PIPE
  set +e
  end_command
  printf '\n%s Rolling back.\n' "$what" >&2
  compose logs --no-log-prefix --tail 20 "${replaced[@]:-migrate}" >&2
  [ -n "$before" ] ||
    die "$what" 'Nothing ran before, so there is nothing to go back to.' "$todo Then run this again."
  docker tag "$before" charter:current
  for ((i = ${#replaced[@]} - 1; i >= 0; i--)); do
    if replace "${replaced[i]}"; then back+=("${replaced[i]}"); else failed+=("${replaced[i]}"); fi
  done
  [ ${#failed[@]} -eq 0 ] ||
    die "$what" "Not everything came back: ${failed[*]}. \`docker compose logs ${failed[*]}\` tells why; the release before runs in ${back[*]:-nothing else}." "$todo"
  die "$what" "The release before runs again (${back[*]:-none of it was replaced}); the schema stays as it is." "$todo"
}

need_docker
trap 'roll_back "Interrupted." "Run it again."' INT TERM
trap 'exec >"$(mktemp -t charter-roll-out.XXXXXX)" 2>&1; roll_back "The terminal is gone." "Run it again."' HUP
step 'Secrets that are missing'
./secrets.sh

step 'The image'
take_image "${1:-}"

step 'What it stands on: PostgreSQL, PgBouncer, Redis, mail'
compose up --detach --wait --wait-timeout "$patience" postgres pgbouncer redis mail ||
  roll_back 'What it stands on is not healthy.' '`docker compose ps` and `docker compose logs <name>` tell which, and why.'
# Compose does not look at what is in a file that is mounted.
compose exec -T pgbouncer bash -c 'kill -HUP 1' ||
  roll_back 'PgBouncer does not read its configuration again.' '`docker compose logs pgbouncer` tells why.'

step 'Migrate, and make the first signing key'
run migrate || roll_back 'The migration failed.' 'Read what it said. What it had begun was taken back.'
run keys || roll_back 'There is no signing key.' 'Read what it said.'

step "Replace ${processes[*]}, one after the other"
for process in "${processes[@]}"; do
  printf '%s …\n' "$process"
  replaced+=("$process")
  replace "$process" || roll_back "$process did not get ready within $patience s." 'Read its log above.'
done

step 'What leads there and watches: HAProxy, Prometheus, Grafana'
compose up --detach --no-deps --wait --wait-timeout "$patience" haproxy ||
  roll_back 'HAProxy is not healthy.' '`docker compose logs haproxy` tells why.'
# As above; HAProxy takes it without closing a connection.
compose exec -T haproxy bash -c 'haproxy -c -q -f /usr/local/etc/haproxy/haproxy.cfg && kill -HUP 1' ||
  roll_back 'HAProxy does not take deploy/haproxy/haproxy.cfg.' 'Correct what it says above; it goes on with the one before.'
compose up --detach --no-deps --force-recreate --wait --wait-timeout "$patience" prometheus grafana ||
  roll_back 'Prometheus or Grafana does not start.' '`docker compose logs <name>` tells why.'

step 'Smoke: what a caller sees'
run smoke || roll_back 'The release runs, and does not do what it should.' 'Read which check failed above.'
# The same release again leaves what was before it.
if [ -n "$before" ] && [ "$before" != "$(id_of charter:current)" ]; then docker tag "$before" charter:previous; fi

printf '\nThe release runs. Back to the one before: deploy/compose/roll-out.sh charter:previous\n'
