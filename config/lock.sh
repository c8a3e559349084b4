#!/bin/sh
# Writes config/locks/: every version that `make run` and `make test` install, with the hashes of its files, for all
# platforms and Pythons that Billify runs on: lock.sh VENV
# PyTorch is left out, for its files differ by processor and graphics card, and so do those that it brings along.
set -eu
uv=$1/bin/uv apart=$(mktemp)
trap 'rm -f "$apart"' EXIT
[ -x "$uv" ] || "$1/bin/pip" install --quiet --disable-pip-version-check uv
printf '%s ; sys_platform == "never"\n' torch torchvision >"$apart"

lock() {
  out=$1 && shift
  "$uv" pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
    --override "$apart" --no-emit-package torch --no-emit-package torchvision --no-header --no-annotate "$@" -o "$out"
}

lock config/locks/product.txt
lock config/locks/development.txt --extra check --extra test --constraint config/locks/product.txt
