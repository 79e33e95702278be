#!/usr/bin/env bash
# Runs once, in an empty database server: a role of Charter's own, which is no superuser.
set -euo pipefail
psql --username "$POSTGRES_USER" --set ON_ERROR_STOP=1 <<'SQL'
-- Not as an argument: those can be read by whoever lists processes.
\set password `cat /run/secrets/charter-password`
create role charter login password :'password';
-- A pooler does not let DATABASE_STATEMENT_TIMEOUT_MS through. Migrations have a bound of their own.
alter role charter set statement_timeout = 5000;
create database charter owner charter;
revoke connect on database charter from public;
SQL
