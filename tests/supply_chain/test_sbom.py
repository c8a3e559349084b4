"""What Billify is made of, for whoever has to know it, and what is known of it."""

from __future__ import annotations

import json
import os

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from docs.supply_chain import weights
from docs.supply_chain.audit import audit, verdict
from docs.supply_chain.dependencies import Package, installed
from docs.supply_chain.licences import rules
from docs.supply_chain.sbom import bill_of_materials


def test_the_bill_of_materials_is_valid_and_whole() -> None:
    text = bill_of_materials()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = json.loads(text)
    components = {one["bom-ref"]: one for one in bill["components"]}
    assert all(one["licenses"] for one in components.values())

    models = [one for one in components.values() if one["type"] == "machine-learning-model"]
    assert {one["name"] for one in models} == set(weights.committed())
    assert {one["hashes"][0]["content"] for one in models} == {one.sha256 for one in weights.named()}

    packages = installed()
    shipped = {one["name"] for one in models} | rules()["vendored"].keys()
    assert {one["name"] for one in components.values()} == packages.keys() | shipped
    needs = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    reached, ahead = set(), [bill["metadata"]["component"]["bom-ref"]]
    while ahead:
        if (ref := ahead.pop()) not in reached:
            reached.add(ref)
            ahead += needs[ref]
    assert reached == {"billify", *components}


KNOWN = {"id": "PYSEC-2025-1", "fix_versions": ["2.1"], "aliases": [], "description": ""}
SOUND = {"name": "sound", "version": "1.0", "vulns": []}
WEAK = {"name": "weak", "version": "2.0", "vulns": [KNOWN]}
UNKNOWN = {"name": "unknown", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("entries", "said", "status"),
    [
        ([SOUND], "Checked: 1 of 1 packages.\nNo vulnerability is known.", 0),
        ([SOUND, WEAK], "Checked: 2 of 2 packages.\nweak 2.0: PYSEC-2025-1, mended in 2.1", 1),
        ([SOUND, UNKNOWN], "Checked: 1 of 2 packages.\nNot in the database, and not checked: unknown\nNo vuln", 0),
        ([WEAK, UNKNOWN], "weak 2.0: PYSEC-2025-1", 1),
        ([UNKNOWN], "Nothing was checked", 0),
    ],
)
def test_what_was_not_looked_up_is_not_called_sound(entries: list[object], said: str, status: int) -> None:
    text, exit_status = verdict(json.dumps({"dependencies": entries, "fixes": []}), "", status)
    assert said in text
    assert exit_status == status


def test_a_database_that_is_away_is_said_and_fails_nothing() -> None:
    away = {**os.environ, "HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "NO_PROXY": ""}
    text, status = audit([Package("filelock", "3.16.0+local", ())], away)
    assert (text, status) == ("Nothing was checked: the database of vulnerabilities cannot be reached from here.", 0)


def test_an_audit_that_breaks_for_another_reason_fails() -> None:
    assert verdict("", "pip_audit: unrecognised arguments", 2) == ("pip_audit: unrecognised arguments", 2)
