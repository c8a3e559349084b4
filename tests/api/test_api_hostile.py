"""What strangers and broken programs send: huge, deep, wrong, half. Each is refused with a problem."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from bot.api.gate import FILE_BYTES, JSON_BYTES
from tests.fakes.books.programs import Api

DEEP = 20_000


BODIES: tuple[tuple[bytes, str, int], ...] = (
    (b"{" * DEEP, "application/json", 422),
    (b"[" * DEEP + b"]" * DEEP, "application/json", 422),
    (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "application/json", 422),
    (b'{"total": "1e400"}', "application/json", 422),
    (b'{"total": NaN}', "application/json", 422),
    (b'{"total": 1249.5}', "application/json", 422),
    (b'{"vendor": "\\ud800"}', "application/json", 422),
    (b'{"vendor": "a\\u0000b"}', "application/json", 422),
    (b'{"vendor": "A", "owner": "me"}', "application/json", 422),
    (b"\xff\xfe{", "application/json", 422),
    (b"", "application/json", 422),
    (b"null", "application/json", 422),
    (b'{"total": "' + b"1" * JSON_BYTES + b'"}', "application/json", 413),
    (b"<xml/>", "application/xml", 415),
    (b"total=1", "application/x-www-form-urlencoded", 415),
    (b"x", "", 415),
)


async def test_a_body_that_is_none(client: httpx.AsyncClient) -> None:
    for body, kind, status in BODIES:
        answer = await client.patch("/bills/2", content=body, headers={"Content-Type": kind} if kind else {})
        assert answer.status_code in (status, 400 if status == 422 else status), (body[:40], answer.text)
        _is_problem(answer)
    assert (await client.get("/bills/2")).json()["total"] == "595.00"


PATHS = (
        "/bills/0", "/bills/-1", "/bills/99999999999999999999", "/bills/x", "/bills/1e3", "/bills/%00",
    "/bills/1/..%2f2",
        "/bills?limit=0", "/bills?limit=201", "/bills?cursor=W10", "/bills?cursor=%00", "/bills?cursor=eyJhIjoxfQ",
        "/bills?cursor=WzE4NDQ2NzQ0MDczNzA5NTUxNjE2LCAxXQ", "/bills?text=%00",
        "/bills?total_min=1e9", "/bills?total_min=-1", "/bills?issued_since=2025-02-30", "/bills?state=gone",
        "/bills?vendour=acme", "/entries?cursor=WyIyMDI1LTEzLTAxIiwgMV0", "/reports/spend?by=colour", "/nothing", "/",
)  # fmt: skip


async def test_an_address_that_is_none(client: httpx.AsyncClient) -> None:
    for path in PATHS:
        answer = await client.get(path)
        assert answer.status_code in (404, 422), (path, answer.text)
        _is_problem(answer)


async def test_methods_that_there_are_not(client: httpx.AsyncClient) -> None:
    answer = await client.delete("/bills/1")
    assert answer.status_code == 405 and "GET" in answer.headers["allow"]
    _is_problem(answer)


async def test_more_than_a_file_may_have_is_refused_before_it_is_there(api: Api, client: httpx.AsyncClient) -> None:
    before = set(api.desk.store.names())
    reader, writer = await asyncio.open_connection("127.0.0.1", api.chat.port)
    head = (
        f"POST /api/v1/documents HTTP/1.1\r\nHost: 127.0.0.1:{api.chat.port}\r\nAuthorization: Bearer {api.token()}\r\n"
        f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {FILE_BYTES * 2}\r\n\r\n"
    )
    writer.write(head.encode())
    assert (await reader.readline()).startswith(b"HTTP/1.1 413"), "it is refused by what it says of itself"
    writer.close()

    async def pouring() -> Any:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        for _ in range(80):
            yield b"x" * 2**20

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    try:
        streamed = await client.post("/documents", headers=headers, content=pouring())
        assert streamed.status_code == 413
        _is_problem(streamed)
    except httpx.WriteError:
        pass  # it hung up while we poured
    assert set(api.desk.store.names()) == before, "nothing of it is kept"


async def test_a_form_that_is_none(client: httpx.AsyncClient) -> None:
    for content, kind in (
        (b"", "multipart/form-data"),
        (b"junk", "multipart/form-data; boundary=b"),
        (b"--b\r\n\r\n", "multipart/form-data; boundary=b"),
        (
            b'--b\r\nContent-Disposition: form-data; name="other"\r\n\r\nx\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
        ),
    ):
        answer = await client.post("/documents", content=content, headers={"Content-Type": kind})
        assert answer.status_code in (400, 422), answer.text
        _is_problem(answer)
    empty = await client.post("/documents", files={"file": ("a.pdf", b"", "application/pdf")})
    assert empty.status_code == 422 and "empty" in empty.json()["detail"]
    assert (await client.post("/documents", json={"file": "x"})).status_code == 415


async def test_another_address_or_another_site_is_refused_with_a_problem(api: Api) -> None:
    async with api.client(api.token()) as client:
        for header, status in (({"Host": "evil.example"}, 421), ({"Origin": "https://evil.example"}, 403)):
            answer = await client.post("/bills/2/confirm", headers=header)
            assert answer.status_code == status
            _is_problem(answer)


async def test_a_fault_of_ours_tells_nothing_of_itself(api: Api, client: httpx.AsyncClient) -> None:
    async def fails(_: object) -> None:
        raise RuntimeError("secret 4711")

    api.programs.accept = fails
    answer = await client.post("/documents", files={"file": ("acme", b"acme")})
    assert answer.status_code == 500 and "4711" not in answer.text
    _is_problem(answer)
    api.programs.accept = None
    stopping = await client.post("/documents", files={"file": ("acme", b"acme")})
    assert stopping.status_code == 503 and stopping.headers["retry-after"]


def _is_problem(answer: httpx.Response) -> None:
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code and problem["detail"] and problem["title"]
