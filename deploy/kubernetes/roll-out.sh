#!/usr/bin/env bash
# One command: whatever runs in the cluster now is replaced by a release, and callers notice nothing.
#
#   deploy/kubernetes/roll-out.sh <overlay> <image>
#   deploy/kubernetes/roll-out.sh deploy/kubernetes/overlays/production registry.example.com/charter:1.4.0
#
# It lays out what stands around the release, migrates, replaces pod after pod, waits until they are
# ready, and looks at the whole from inside the cluster. What fails is rolled back: the release that ran
# before takes its place again, on the schema as it is by then (docs/operations.md, Migrations). So is
# what is interrupted; where the terminal is gone, what it says is in charter-roll-out.* in /tmp.
# Exit code 0: the new release runs. 1: it does not, and the last lines say what does. 2: wrong usage.
# shellcheck disable=SC2016 # Commands that are shown to people stand in single quotes.
set -euo pipefail
patience=${CHARTER_PATIENCE_SECONDS:-600}
deployments=(charter-worker charter-api)
declare -A before=()
applied=''
# The job that may be on its way, and what came of it.
job='' outcome=''
steps=6
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

if [ $# -ne 2 ] || [ ! -f "$1/kustomization.yaml" ]; then
  printf 'Say which overlay, and which image: %s deploy/kubernetes/overlays/production registry.example.com/charter:1.4.0\n' "$0" >&2
  exit 2
fi
overlay=$1 image=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The overlay with the image of the release: in all of its pods the same one.
render() {
  local path
  path=$(realpath --relative-to="$work" "$overlay")
  case ${image##*/} in
    *@*) printf 'images: [{ name: charter, newName: "%s", digest: "%s" }]\n' "${image%%@*}" "${image#*@}" ;;
    *:*) printf 'images: [{ name: charter, newName: "%s", newTag: "%s" }]\n' "${image%:*}" "${image##*:}" ;;
    *) die "The image $image has no tag." 'Another release would run under the same name one day.' 'Name one, as charter:1.4.0, or a digest.' ;;
  esac >"$work/kustomization.yaml"
  printf 'resources: ["%s"]\n' "$path" >>"$work/kustomization.yaml"
  kubectl kustomize "$work" >"$work/all.yaml" ||
    die "The overlay $overlay cannot be used." 'What kustomize said is above.' 'Correct it. Nothing was changed.'
  namespace=$(sed -n 's/^  namespace: //p' "$work/all.yaml" | head -n 1)
}

cluster() { kubectl --namespace "$namespace" "$@"; }
create_namespace() {
  kubectl get namespace "$namespace" >/dev/null 2>&1 || kubectl create namespace "$namespace" ||
    die "There is no namespace $namespace." 'It could not be made.' 'Ask whoever runs the cluster for it. Nothing was changed.'
}
# `apply <phase>`: what belongs to this part of the roll-out.
apply() { cluster apply --filename "$work/all.yaml" --selector "roll-out=$1"; }

# Each file that the settings name has to be a key of the Secret: a pod would not start without it.
need_secrets() {
  local keys wanted missing=()
  keys=$(cluster get secret charter-secrets --output 'go-template={{range $key, $_ := .data}}{{println $key}}{{end}}') ||
    die "There is no Secret charter-secrets in $namespace." 'It holds what nobody commits.' '"Secrets in Kubernetes" in docs/deployment.md shows how it is made. Nothing else was changed.'
  while read -r wanted; do
    grep -qxF "$wanted" <<<"$keys" || missing+=("$wanted")
  done < <(sed -n 's#.*/run/secrets/charter/\([a-z0-9-]*\)$#\1#p' "$work/all.yaml" | sort -u)
  [ ${#missing[@]} -eq 0 ] ||
    die "The Secret charter-secrets lacks ${missing[*]}." 'The settings name files of these names.' 'Add them, or take the settings out of the overlay.'
}

# With its pods: none of them goes on to work unseen.
delete_job() { cluster delete job "$1" --ignore-not-found --cascade foreground --wait; }
# `run <phase> <job>`: a job from its beginning to its end; otherwise false, and `outcome` says why.
run() {
  local conditions='' began=$SECONDS
  delete_job "$2"
  job=$2 outcome='could not be started'
  apply "$1" || return 1
  until [[ $conditions == *Complete* || $conditions == *Failed* ]]; do
    if [ $((SECONDS - began)) -ge "$patience" ]; then
      outcome="did not end within $patience s, and was stopped"
      cluster logs "job/$2" --all-containers --prefix --tail 50 || true
      return 1
    fi
    sleep "${CHARTER_POLL_SECONDS:-2}"
    conditions=$(cluster get job "$2" --output 'jsonpath={range .status.conditions[?(@.status=="True")]}{.type} {end}')
  done
  job='' outcome=failed
  cluster logs "job/$2" --all-containers --prefix --tail 50 || true
  [[ $conditions == *Complete* ]]
}

revision() { cluster get deployment "$1" --output 'jsonpath={.metadata.annotations.deployment\.kubernetes\.io/revision}' 2>/dev/null || true; }

# To the very revision that ran before: the last one need not be it. Nothing stops it on its way.
roll_back() {
  local what=$1 todo=$2 deployment back=() failed=()
  trap '' INT TERM HUP PIPE
  set +e
  printf '\n%s Rolling back.\n' "$what" >&2
  [ -z "$job" ] || delete_job "$job" || failed+=("job/$job")
  for deployment in "${deployments[@]}"; do
    # Nothing was replaced, or nothing was there.
    if [ -z "$applied" ] || [ -z "${before[$deployment]}" ]; then continue; fi
    # Always: the cluster may not have counted a new revision yet. Where there is none, this does nothing.
    if cluster rollout undo "deployment/$deployment" --to-revision "${before[$deployment]}"; then
      back+=("$deployment")
    else
      failed+=("deployment/$deployment")
    fi
  done
  for deployment in "${back[@]}"; do
    cluster rollout status "deployment/$deployment" --timeout "${patience}s" || failed+=("deployment/$deployment")
  done
  [ ${#failed[@]} -eq 0 ] ||
    die "$what" "Not everything went back: ${failed[*]}. \`kubectl --namespace $namespace describe ${failed[*]}\` tells why." "Roll the image out that ran before. $todo"
  [ -n "${before[charter-api]}" ] ||
    die "$what" 'Nothing ran before, so there is nothing to go back to.' "$todo Then run this again."
  die "$what" "The release before runs (${back[*]:-nothing was replaced}); the schema stays as it is." "$todo"
}

step "The overlay $overlay, with $image"
render
for deployment in "${deployments[@]}"; do before[$deployment]=$(revision "$deployment"); done
printf 'Namespace %s; so far: %s\n' "$namespace" "${before[charter-api]:+revision }${before[charter-api]:-nothing}"
trap 'roll_back "Interrupted." "Run it again."' INT TERM
trap 'exec >"$(mktemp -t charter-roll-out.XXXXXX)" 2>&1; roll_back "The terminal is gone." "Run it again."' HUP

step 'What stands around it: settings, services, policies'
create_namespace
apply prepare || roll_back 'The cluster refuses a part of it.' 'What it said is above.'
need_secrets

step 'Migrate, and make the first signing key'
run migrate charter-migrate ||
  roll_back "The migration $outcome." 'Read its log above. What it had begun was taken back. CHARTER_PATIENCE_SECONDS gives it longer.'

step "Replace pod after pod: ${deployments[*]}"
applied=yes
apply serve || roll_back 'The cluster refuses a part of it.' 'What it said is above.'

step 'Wait until they are ready'
for deployment in "${deployments[@]}"; do
  cluster rollout status "deployment/$deployment" --timeout "${patience}s" ||
    roll_back "$deployment did not get ready within $patience s." "\`kubectl --namespace $namespace logs deployment/$deployment\` tells why."
done

step 'Smoke: what a caller sees'
run smoke charter-smoke || roll_back "The release runs, and the smoke test $outcome." 'Read which check failed above.'

printf '\nThe release runs. Back to the one before: roll its image out again.\n'
