#!/bin/sh
# Installs the Debian programs that tests use, where apt is at hand and they are missing. Elsewhere the tests that
# need one skip and say so.
set -eu
missing=
for pair in postgres:postgresql dovecot:dovecot-imapd swaks:swaks chromium:chromium hledger:hledger promtool:prometheus faketime:faketime; do
  program=${pair%%:*}
  command -v "$program" >/dev/null 2>&1 && continue
  [ "$program" = postgres ] && ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 && continue
  [ -x "/usr/sbin/$program" ] && continue
  missing="$missing ${pair#*:}"
done
case "$missing" in *dovecot-imapd*) missing="$missing dovecot-lmtpd" ;; esac
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "Tests that need these will skip:$missing" >&2
  exit 0
fi
echo "Installing for the tests:$missing"
apt-get update -qq
# shellcheck disable=SC2086  # a list of packages
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
