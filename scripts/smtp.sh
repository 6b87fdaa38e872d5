# Sourced by ./test after postgresql.sh: a Python that knows aiosmtpd, a small mail server with STARTTLS and passwords. It was chosen over
# Postfix and Exim because installing it starts nothing and takes the place of no mail server that the machine has.
# shellcheck shell=bash

smtp_find() {
  local name
  for name in "${REGISTRY_TEST_PYTHON-}" python3 /usr/bin/python3; do
    if [ -n "$name" ] && "$name" -c 'import aiosmtpd' 2>/dev/null; then
      export REGISTRY_TEST_PYTHON=$name
      return 0
    fi
  done
  return 1
}

# Finds it, or installs it when that is allowed.
smtp_require() {
  local prefix
  smtp_find && return 0
  prefix=$(install_prefix) || return 1
  if command -v apt-get >/dev/null; then
    say "Installing aiosmtpd with apt-get"
    apt_install python3-aiosmtpd || return 1
  elif command -v dnf >/dev/null; then
    say "Installing aiosmtpd with dnf"
    $prefix dnf install -y -q python3-aiosmtpd >&2 || return 1
  elif command -v apk >/dev/null; then
    say "Installing aiosmtpd with apk"
    $prefix apk add -q py3-aiosmtpd >&2 || return 1
  fi
  smtp_find
}
