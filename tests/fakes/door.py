"""A door whose links and people a test lists."""

from __future__ import annotations


class ListedDoor:
    """Implements `bot.channels.web.Door`.

    `names` says who is known, by address; `tokens` maps each token that still works to an address, at first
    "anna-link" to "anna" and so on.
    """

    def __init__(self, names: dict[str, str]) -> None:
        self.names = dict(names)
        self.tokens = {f"{address}-link": address for address in names}

    async def enter(self, token: str) -> str | None:
        return self.tokens.pop(token, None)

    async def name(self, address: str) -> str | None:
        return self.names.get(address)
