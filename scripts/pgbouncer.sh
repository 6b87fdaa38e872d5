# Sourced by ./test after postgresql.sh: a PgBouncer in transaction mode before the throwaway server (S-53), on port 6432 of the
# same socket folder. Few server connections, so that requests really share them.
# shellcheck shell=bash

BOUNCER=

bouncer_find() { BOUNCER=$(PATH=$PATH:/usr/sbin:/usr/local/sbin:/opt/homebrew/bin command -v pgbouncer); }

# Finds it, or installs it when that is allowed.
bouncer_require() {
  local prefix
  bouncer_find && return 0
  prefix=$(install_prefix) || return 1
  if command -v apt-get >/dev/null; then
    say "Installing PgBouncer with apt-get"
    apt_install pgbouncer || return 1
    # Debian's package starts one of its own, on a network port; only the program is wanted here.
    # shellcheck disable=SC2086
    $prefix systemctl disable --now pgbouncer >/dev/null 2>&1 || true
  elif command -v dnf >/dev/null; then
    say "Installing PgBouncer with dnf"
    $prefix dnf install -y -q pgbouncer >&2 || return 1
  elif command -v apk >/dev/null; then
    say "Installing PgBouncer with apk"
    $prefix apk add -q pgbouncer >&2 || return 1
  fi
  bouncer_find
}

# Like PostgreSQL it refuses to run as root; it enters as the roles that are listed and as no other.
bouncer_start() {
  local role try
  for role in app_web app_signin app_public app_worker app_backup; do printf '"%s" ""\n' "$role"; done |
    as_pg tee "$PG_HOME/pgbouncer.users" >/dev/null
  as_pg tee "$PG_HOME/pgbouncer.ini" >/dev/null <<INI
[databases]
* = host=$PG_HOST port=5432
[pgbouncer]
pool_mode = transaction
default_pool_size = 4
max_client_conn = 500
listen_addr =
listen_port = 6432
unix_socket_dir = $PG_HOST
unix_socket_mode = 0700
auth_type = trust
auth_file = $PG_HOME/pgbouncer.users
logfile = $PG_HOME/pgbouncer.log
pidfile = $PG_HOME/pgbouncer.pid
log_connections = 0
log_disconnections = 0
INI
  as_pg "$BOUNCER" -q -d "$PG_HOME/pgbouncer.ini" </dev/null >/dev/null 2>&1
  for try in 1 2 3 4 5 6 7 8 9 10; do
    if [ -S "$PG_HOST/.s.PGSQL.6432" ]; then return 0; fi
    sleep 0.2
  done
  tail -n 5 "$PG_HOME/pgbouncer.log" >&2
  die "PgBouncer did not start: see above."
}

bouncer_stop() {
  local pid
  pid=$(cat "$PG_HOME/pgbouncer.pid" 2>/dev/null) && kill -TERM "$pid" 2>/dev/null || true
}
