"""No package that Billify needs, and no weights that it ships, are under a licence that nobody looked at."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from docs.supply_chain import licences, weights
from docs.supply_chain.dependencies import Package, installed


def test_what_is_installed_is_allowed() -> None:
    packages = installed()
    assert list(licences.problems(packages)) == []
    assert list(licences.vendored_problems()) == []
    assert {"sqlalchemy", "h11", "psycopg-binary"} <= packages.keys()  # needed by what is needed, and by an extra
    assert "pytest" not in packages
    assert "h11" in packages["uvicorn"].needs


@pytest.mark.parametrize(
    ("states", "wrong"),
    [
        (["MIT"], ""),
        (["Apache-2.0 AND MIT"], ""),
        (["Apache-2.0 WITH LLVM-exception"], ""),
        (["GPL-3.0-only OR MIT"], ""),
        (["BSD License"], ""),
        (["GPL-3.0-only"], "is under GPL-3.0-only"),
        (["MIT AND GPL-2.0-or-later"], "is under MIT AND GPL-2.0-or-later"),
        (["AGPL-3.0-or-later"], "is under AGPL-3.0-or-later"),
        (["GPL-2.0-only WITH Classpath-exception-2.0"], "is under GPL-2.0-only"),
        (["LGPL-3.0-only"], "is under LGPL-3.0-only"),
        (["MIT", "GNU General Public License v3 (GPLv3)"], "is under MIT AND GNU General"),
        (["SSPL-1.0"], "is under SSPL-1.0"),
        (["LicenseRef-Proprietary"], "is under LicenseRef-Proprietary"),
        (["see the file"], "is under see the file"),
        (["MIT AND"], "is under MIT AND"),
        ([], "states no licence"),
    ],
)
def test_what_a_package_states_is_judged(states: Sequence[str], wrong: str) -> None:
    found = " ".join(licences.problems({"new": Package("new", "1.0", tuple(states))}))
    assert wrong in found
    assert bool(found) is bool(wrong)


def test_an_exception_is_of_what_was_stated_then() -> None:
    pebble = installed()["pebble"]
    assert list(licences.problems({"pebble": pebble})) == []
    (wrong,) = licences.problems({"pebble": replace(pebble, states=("GPL-3.0-only",))})
    assert "does its exception still hold" in wrong


def test_what_torch_needs_elsewhere_is_excepted_and_nothing_else_of_that_licence() -> None:
    stated = ("LicenseRef-NVIDIA-Proprietary", "Other/Proprietary License")
    on_linux = Package("nvidia-cufft", "12.0.0.61", stated)
    assert list(licences.problems({"nvidia-cufft": on_linux})) == []
    (wrong,) = licences.problems({"other": replace(on_linux, name="other")})
    assert "other 12.0.0.61 is under" in wrong


def test_no_exception_can_allow_the_gpl(monkeypatch: pytest.MonkeyPatch) -> None:
    excepted = {"states": [["GPL-3.0-only"]], "licence": "GPL-3.0-only", "reason": "useful"}
    monkeypatch.setitem(licences.rules()["exceptions"], "ofxtools", excepted)
    (wrong,) = licences.problems({"ofxtools": Package("ofxtools", "0.9.5", ("GPL-3.0-only",))})
    assert "no exception can allow" in wrong


def test_every_exception_says_why() -> None:
    assert all(one["reason"] for one in licences.rules()["exceptions"].values())


def test_our_weights_are_the_ones_that_are_named() -> None:
    assert list(weights.problems(weights.committed(), weights.named())) == []


def test_weights_that_are_not_named_or_are_others_are_found(tmp_path: Path) -> None:
    content = {"a.onnx": b"a", "deep/b.PTH": b"b", "c": b"\0" * 2_000_000, "d.txt": b"d" * 2_000_000, "e.png": b"\0"}
    for name, data in content.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    subprocess.run("git init -q && git add --all", shell=True, cwd=tmp_path, check=True)
    files = weights.committed(tmp_path)
    assert files == ["a.onnx", "c", "deep/b.PTH"]

    good = weights.Weights("a.onnx", weights.sha256(tmp_path / "a.onnx"), "reads", "nothing", "ours", "Apache-2.0")
    assert list(weights.problems(["a.onnx"], [good], tmp_path)) == []
    for others, known, wrong in (
        (["a.onnx", "c"], good, "c is not in weights.toml"),
        ([], good, "a.onnx is in weights.toml and not in the repository"),
        (["a.onnx"], replace(good, sha256="0" * 64), "is another than in weights.toml"),
        (["a.onnx"], replace(good, licence="GPL-3.0-only"), "needs its data and a licence"),
        (["a.onnx"], replace(good, data=""), "needs its data and a licence"),
    ):
        (said,) = weights.problems(others, [known], tmp_path)
        assert wrong in said
