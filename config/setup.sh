#!/bin/sh
# Creates the virtual environment and installs Billify into it: setup.sh PYTHON VENV [EXTRAS]
set -eu
python=$1 venv=$2 extras=${3:+[$3]}

if ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
  echo "Billify needs Python 3.11, 3.12 or 3.13; “$python” is not one. Name yours: make run PYTHON=python3.12" >&2
  exit 1
fi
if [ ! -x "$venv/bin/python" ]; then
  echo "Creating $venv …"
  "$python" -m venv "$venv" || {
    echo "That failed. On Debian or Ubuntu: apt install python3-venv" >&2
    exit 1
  }
fi
echo "Installing Billify and what it needs; the first time this takes a few minutes …"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --editable ".$extras"
