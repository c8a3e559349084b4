"""The licences of what Billify needs: fails where one is neither allowed nor excepted in `licences.toml`."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from license_expression import ExpressionError, ExpressionParseError, get_spdx_licensing

from docs.supply_chain.dependencies import ROOT, Package, installed

FILE = Path(__file__).with_name("licences.toml")
_SPDX = get_spdx_licensing()


@cache
def rules() -> dict[str, Any]:
    """`licences.toml`: SPDX ids in "allowed", "excepted", "names" that are none, "exceptions" by package."""
    return tomllib.loads(FILE.read_text("utf-8"))


def licence(package: Package) -> str:
    """A package's licence as an SPDX expression; empty where it states none that is known."""
    if excepted := _exception(package.name):
        return str(excepted["licence"])
    known = [rules()["names"].get(one, one) for one in package.states]
    # of several classifiers each has to be kept to, unless the package says in words that one may choose
    return " AND ".join(f"({one})" if " OR " in one else one for one in dict.fromkeys(known))


def problems(packages: dict[str, Package]) -> Iterator[str]:
    """What is wrong, a line a package."""
    for package in packages.values():
        if excepted := _exception(package.name):
            if list(package.states) not in excepted["states"]:
                yield (
                    f"{package.name} {package.version} states {list(package.states)}, which is none of "
                    f"{excepted['states']}: does its exception still hold?"
                )
            elif not allowed(excepted["licence"], also=rules()["excepted"]):
                yield f"{package.name} is under {excepted['licence']}, which no exception can allow"
        elif not (named := licence(package)):
            yield f"{package.name} {package.version} states no licence"
        elif not allowed(named):
            yield f"{package.name} {package.version} is under {named}, which licences.toml does not allow"


def vendored_problems(root: Path = ROOT) -> Iterator[str]:
    """What is wrong with what lies in the repository as it was published elsewhere, a line each."""
    for name, one in rules()["vendored"].items():
        if not allowed(one["licence"]):
            yield f"{name} is under {one['licence']}, which licences.toml does not allow"
        if (found := sha256((root / one["file"]).read_bytes()).hexdigest()) != one["sha256"]:
            yield f"{one['file']} is another than licences.toml says; its SHA-256 is {found}"


def _exception(name: str) -> dict[str, Any] | None:
    return next((one for pattern, one in rules()["exceptions"].items() if fnmatchcase(name, pattern)), None)


def allowed(expression: str, also: Sequence[str] = ()) -> bool:
    """Whether all that an expression asks for is allowed, or one of what it leaves to choose from."""
    try:
        return _holds(_SPDX.parse(expression), {*rules()["allowed"], *also})
    except (ExpressionError, ExpressionParseError):
        return False


def _holds(part: Any, among: set[str]) -> bool:
    if isinstance(part, _SPDX.AND):
        return all(_holds(one, among) for one in part.args)
    if isinstance(part, _SPDX.OR):
        return any(_holds(one, among) for one in part.args)
    return str(part) in among


def main() -> int:
    """Prints what is wrong; 1 if anything is."""
    wrong = [*problems(installed()), *vendored_problems()]
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
