#!/usr/bin/env bash
# Makes what secrets are missing in deploy/compose/secrets, and changes none that is there. Back the
# folder up apart from the database: without secret-keys, a restored database signs nobody in.
set -euo pipefail
cd "$(dirname "$0")"
# Nobody else on this machine gets into the folder. In a container, each file is readable for its
# processes, whatever user they have: Compose mounts files with the rights that they have here.
(umask 077 && mkdir -p secrets)
cd secrets

made=0
# `secret <name> <content>`
secret() {
  [ -s "$1" ] && return
  printf '%s\n' "$2" >"$1"
  chmod 444 "$1"
  printf 'made secrets/%s\n' "$1"
  made=$((made + 1))
}
# Letters and digits only: nothing to escape in an address or a configuration.
random() { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; }

secret postgres-password "$(random)"
secret charter-password "$(random)"
password=$(cat charter-password)
secret database-url "postgres://charter:$password@pgbouncer:6432/charter"
secret database-direct-url "postgres://charter:$password@postgres:5432/charter"
secret pgbouncer-users "\"charter\" \"$password\""
redis=$(random)
secret redis-conf "requirepass $redis
save \"\"
maxmemory 128mb
maxmemory-policy volatile-ttl"
secret redis-url "redis://:$(sed -n 's/^requirepass //p' redis-conf)@redis:6379"
secret secret-keys "$(head -c 48 /dev/urandom | base64 | tr -d '\n')"
secret grafana-password "$(random)"
secret smtp-url 'smtp://mail:1025'
# The mail sink speaks TLS like any mail server. This certificate can sign no other.
if [ ! -s mail-key ] || [ ! -s mail-certificate ]; then
  rm -f mail-key mail-certificate
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 \
    -subj /CN=mail -addext subjectAltName=DNS:mail -addext basicConstraints=critical,CA:FALSE \
    -keyout mail-key -out mail-certificate || {
    printf '%s\n' 'There is no certificate for the mail sink: what openssl said is above.' \
      'Install OpenSSL 1.1.1 or newer, and run this again.' >&2
    rm -f mail-key mail-certificate
    exit 1
  }
  chmod 444 mail-key mail-certificate
  printf 'made secrets/mail-key, secrets/mail-certificate\n'
fi
if [ "$made" -eq 0 ]; then printf 'All secrets are there.\n'; fi
