"""What is installed because Billify needs it, from `pyproject.toml` on, and what each package says its licence is.

Not from our own installed metadata, which an editable installation keeps as it was when it was made.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
_LONGEST_NAME = 80
"""Of a licence; some packages put its whole text there, and then only their classifiers say which it is."""


@dataclass
class Package:
    """An installed package: its normalised name, what it states (of which it may be more than one thing) and what
    it needs itself."""

    name: str
    version: str
    states: tuple[str, ...]
    needs: set[str] = field(default_factory=set)


def installed(requirements: Iterable[str] = PROJECT["dependencies"]) -> dict[str, Package]:
    """Name → package, of all that these need on this machine. Raises: PackageNotFoundError for what is not there."""
    found: dict[str, Package] = {}
    walked: set[tuple[str, str]] = set()

    def walk(requirement: Requirement, extra: str) -> str | None:
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
            return None
        name = canonicalize_name(requirement.name)
        try:
            package = distribution(name)
        except PackageNotFoundError as fault:
            raise PackageNotFoundError(f"{requirement}, which is needed: `make setup` installs it") from fault
        found.setdefault(name, Package(name, package.version, states(package)))
        for wanted in {"", *requirement.extras}:
            if (name, wanted) not in walked:
                walked.add((name, wanted))
                needed = (walk(Requirement(one), wanted) for one in package.requires or ())
                found[name].needs.update(one for one in needed if one is not None)
        return name

    for requirement in requirements:
        walk(Requirement(requirement), "")
    return found


def states(package: Distribution) -> tuple[str, ...]:
    """What a package says its licence is: an expression (PEP 639), which counts alone, else a name and classifiers."""
    said = package.metadata
    if expression := said.get_all("License-Expression"):
        return tuple(expression)
    name = "".join(said.get_all("License", ())).strip()
    classifiers = [one.split(" :: ") for one in said.get_all("Classifier", ()) if one.startswith("License")]
    # "OSI Approved" alone says that it is one, and not which
    named = [parts[-1] for parts in classifiers if parts[-1] != "OSI Approved"]
    return tuple(dict.fromkeys([*([name] if 0 < len(name) <= _LONGEST_NAME and "\n" not in name else []), *named]))
