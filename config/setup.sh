#!/bin/sh
# Creates the virtual environment and installs Billify into it: setup.sh VENV EXTRAS [PYTHON]
# EXTRAS may be empty; without PYTHON the first suitable one on the PATH is taken. "easyocr" among them adds EasyOCR with
# PyTorch (gigabytes), which is needed for a GPU and for networks of others alone.
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
pip() { "$venv/bin/pip" --disable-pip-version-check "$@"; }
lock=config/locks/product.txt
case $extras in *test*) lock=config/locks/development.txt ;; esac
if ! said=$(pip install --quiet --require-hashes --no-deps --requirement "$lock" 2>&1); then
  case $said in
  *"DO NOT MATCH THE HASHES"*)
    echo "$said" >&2
    echo "What was downloaded is not what $lock names: nothing was installed. Try again; if it stays so, tell us." >&2
    exit 1
    ;;
  esac
  echo "The versions of $lock cannot be had for this machine; the newest that fit are installed instead." >&2
fi
# What is missing now: Billify itself, and of an extra PyTorch, which no lock can name for all machines, with its own.
pip install --quiet --editable ".$extras"
