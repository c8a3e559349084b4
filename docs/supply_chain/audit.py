"""Known vulnerabilities of what Billify needs (`make audit-dependencies`), by pip-audit, where its database answers."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from packaging.version import Version

from docs.supply_chain.dependencies import Package, installed

_UNREACHED = ("requests.exceptions.", "urllib3.exceptions.", "Could not connect", "not redirecting properly")
"""What pip-audit, or the library by which it asks, writes where nobody answers."""


def audit(packages: Iterable[Package], environment: Mapping[str, str] | None = None) -> tuple[str, int]:
    """What is known of these packages as text, and the exit status: 1 where any is vulnerable or pip-audit failed."""
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "requirements.txt"
        # the part after "+" says who built it, as in 2.13.0+cpu, and the database does not know it
        asked.write_text("".join(f"{one.name}=={Version(one.version).public}\n" for one in packages), "utf-8")
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(asked), "--no-deps", "--disable-pip"]
        options = ["--format", "json", "--progress-spinner", "off", "--timeout", "10"]
        done = subprocess.run([*command, *options], capture_output=True, text=True, env=environment)  # noqa: S603
    return verdict(done.stdout, done.stderr, done.returncode)


def verdict(found: str, complaint: str, status: int) -> tuple[str, int]:
    """What pip-audit's JSON says, or why there is none. What was not looked up is said, and is not taken for sound."""
    if not found.strip():
        if any(sign in complaint for sign in _UNREACHED):
            return "Nothing was checked: the database of vulnerabilities cannot be reached from here.", 0
        return complaint, status or 1
    entries = json.loads(found)["dependencies"]
    unknown = [one["name"] for one in entries if "skip_reason" in one]
    if len(unknown) == len(entries):
        return "Nothing was checked: the database of vulnerabilities that answers here knows none of the packages.", 0
    lines = [f"Checked: {len(entries) - len(unknown)} of {len(entries)} packages."]
    if unknown:
        lines.append(f"Not in the database, and not checked: {', '.join(unknown)}")
    vulnerable = [(one, known) for one in entries for known in one.get("vulns", ())]
    for one, known in vulnerable:
        mended = ", ".join(known["fix_versions"]) or "no version yet"
        lines.append(f"{one['name']} {one['version']}: {known['id']}, mended in {mended}")
    return "\n".join(lines if vulnerable else [*lines, "No vulnerability is known."]), 1 if vulnerable else 0


def main() -> int:
    """Prints it; 1 if something is vulnerable."""
    text, status = audit(installed().values())
    print(text)
    return status


if __name__ == "__main__":
    sys.exit(main())
