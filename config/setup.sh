#!/bin/sh
# Creates the virtual environment and installs Billify into it: setup.sh VENV EXTRAS [PYTHON]
# EXTRAS may be empty; without PYTHON the first suitable one on the PATH is taken.
set -eu
venv=$1 extras=${2:+[$2]} python=

for candidate in ${3:-python3 python3.13 python3.12 python3.11}; do
  if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "Billify needs Python 3.11, 3.12 or 3.13, and none was found. If yours has another name or place:" >&2
  echo "  make run PYTHON=/path/to/python3.12" >&2
  exit 1
fi
if [ ! -x "$venv/bin/pip" ]; then
  echo "Creating $venv …"
  "$python" -m venv "$venv" || {
    echo "That failed. On Debian or Ubuntu this helps: apt install python3-venv" >&2
    exit 1
  }
fi
echo "Installing Billify and what it needs; the first time this takes a few minutes …"
"$venv/bin/pip" install --quiet --disable-pip-version-check --editable ".$extras"
