"""Every example of docs/api.md is run as it stands there, and a client that is generated of the description works."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bot.background.webhooks.outgoing import Outgoing
from bot.background.webhooks.sending import send_webhooks
from bot.background.webhooks.signature import signed
from bot.processing.companies import Companies
from tests.fakes.books.programs import Api
from tests.fakes.servers.ports import free_port, opened

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
RECEIVER = re.findall(r"^```python receiver\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
EXPECTED = (
    lambda told: [bill["vendor"] for bill in json.loads(told)["items"]] == ["Acme GmbH"],
    lambda told: told == "2025-04-02 Acme GmbH 1249.50 EUR\n",
    lambda told: json.loads(told)["name"] == "invoice.pdf",
    lambda told: told == "confirmed paid\n",
    lambda told: "vendour" in json.loads(told)["detail"],
    lambda told: (
        [one["type"] for one in json.loads(told)["items"]] == ["bill.confirmed", "bill.confirmed", "bill.paid"]
    ),
    lambda told: json.loads(told)["secret"].startswith("whsec_"),
    lambda told: "1,249.50" in json.loads(told)["text"],
)
"""What each prints, in their order."""


async def test_each_example_does_what_it_says(api: Api, tmp_path: Path) -> None:
    (tmp_path / "invoice.pdf").write_bytes(b"bau")
    assert len(EXAMPLES) == len(EXPECTED)
    around = {"BILLIFY": api.url, "TOKEN": api.token(), "PATH": "/usr/bin:/bin"}
    for (language, code), fits in zip(EXAMPLES, EXPECTED, strict=True):
        if language == "python":
            head = f"BILLIFY, TOKEN = {around['BILLIFY']!r}, {around['TOKEN']!r}\n"
            told = await _run(tmp_path, around, sys.executable, "-c", head + code)
        else:
            told = await _run(tmp_path, around, "/bin/sh", "-c", code)
        assert fits(told), (code, told)


async def test_a_client_that_is_generated_of_the_description_works(api: Api, tmp_path: Path) -> None:
    async with httpx.AsyncClient() as anyone:
        description = await anyone.get(f"{api.url}/openapi.json")
    (tmp_path / "openapi.json").write_text(description.text)
    (tmp_path / "config.yml").write_text("post_hooks: []\n")
    maker = Path(sys.executable).with_name("openapi-python-client")
    made = await _run(
        tmp_path, {}, str(maker), "generate", "--path", "openapi.json", "--config", "config.yml", "--meta", "none",
        "--output-path", "billify_client", "--fail-on-warning",
    )  # fmt: skip
    assert "Warning" not in made
    code = f"""
from billify_client import AuthenticatedClient
from billify_client.api.bills import confirm_bill, list_bills
from billify_client.models import Confirmation, ListBillsSort

client = AuthenticatedClient({api.url!r}, {api.token()!r})
page = list_bills.sync(client=client, sort=ListBillsSort.OLDEST)
print([(bill.id, str(bill.state), bill.total) for bill in page.items])
print(confirm_bill.sync(2, client=client, body=Confirmation()).state.value)
print(confirm_bill.sync(2, client=client, body=Confirmation()).status)
"""
    told = await _run(tmp_path, {"PYTHONPATH": str(tmp_path)}, sys.executable, "-c", code)
    assert told.splitlines() == ["[(1, 'confirmed', '1249.50'), (2, 'draft', '595.00')]", "confirmed", "409"]


async def test_the_receiver_takes_what_is_from_us_and_nothing_else(api: Api) -> None:
    port, database = free_port(), api.desk.database
    async with api.client(api.token()) as client, Outgoing(["127.0.0.0/8"]) as outgoing:
        made = (await client.post("/webhooks", json={"url": f"http://127.0.0.1:{port}"})).json()
        code = RECEIVER[0].replace("whsec_…", made["secret"]).replace("8400", str(port))
        receiver = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
        sending = asyncio.create_task(send_webhooks(database, Companies(database), ["127.0.0.0/8"]))
        try:
            await opened(port)
            await client.post("/bills/2/confirm")
            assert receiver.stdout is not None
            assert (await receiver.stdout.readline()).split()[1:] == [b"bill.confirmed", b"/api/v1/bills/2"]
            while (sent := (await client.get(f"/webhooks/{made['id']}/deliveries")).json()["items"][0])["tries"] == 0:
                await asyncio.sleep(0.02)
            assert (sent["state"], sent["status"]) == ("delivered", 204)
            forged = signed(["whsec_AAAA"], "evt_1", datetime.now(UTC), b"{}")
            assert (await outgoing.post(f"http://127.0.0.1:{port}", b"{}", forged)).status == 401
        finally:
            sending.cancel()
            receiver.kill()
            await receiver.wait()


async def _run(folder: Path, around: dict[str, str], *command: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=around, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    told, complaints = await process.communicate()
    assert process.returncode == 0, complaints.decode()
    return told.decode()
