"""A door whose links and people a test lists."""

from __future__ import annotations

from handlers.language.translation import Language


class ListedDoor:
    """Implements `bot.channels.web.SignIn`.

    `names` says who is known, by address; `tokens` maps each token that still works to an address, at first
    "anna-link" to "anna" and so on. `languages` is what people told to be spoken to in, by address.
    """

    def __init__(self, names: dict[str, str]) -> None:
        self.names = dict(names)
        self.languages: dict[str, Language] = {}
        self.tokens = {f"{address}-link": address for address in names}

    async def enter(self, token: str) -> str | None:
        return self.tokens.pop(token, None)

    async def name(self, address: str) -> str | None:
        return self.names.get(address)

    async def language(self, address: str) -> Language | None:
        return self.languages.get(address)
