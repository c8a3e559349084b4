"""Asking a platform's API who we are, and what is wrong where it does not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from bot.console.connect.guide import NotThis

SECONDS = 15.0


@dataclass(frozen=True)
class Answer:
    """`said` is the JSON of an answer that is "ok"; `headers` are what came with it."""

    said: Mapping[str, Any]
    headers: Mapping[str, str]


async def ask(platform: str, url: str, token: str = "", *, refused: str) -> Answer:
    """Slack and Telegram alike answer with JSON that says whether it is "ok". `refused` says what to do where it is
    not, with the platform's reason at {why}. Raises: NotThis; its text never has the address, which may hold a token.
    """
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        async with httpx.AsyncClient(timeout=SECONDS) as client:
            answer = await client.post(url, headers=headers)
        said = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotThis(
            f"{platform} cannot be reached ({type(error).__name__}). Look at the network or the proxy, and try again."
        ) from None
    except ValueError:
        raise NotThis(
            f"What answers is not {platform}. Check the address of its API in the settings (`billify config`)."
        ) from None
    if not said.get("ok"):
        raise NotThis(refused.format(why=said.get("error") or said.get("description") or "no reason given"))
    return Answer(said, answer.headers)
