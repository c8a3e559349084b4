"""A language model behind an OpenAI-compatible address, which says what words may mean that the grammar does not know.

It is asked outside of any transaction, and only for a choice (`handlers.understand.model_choice`). Whatever goes
wrong with it, the message is answered as if there were none.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from handlers.understand.model_choice import NONE, Choice, choice_of, offered, schema

log = logging.getLogger(__name__)

_TASK = (
    "A person writes to their company's bookkeeping assistant. Choose the request that the message makes. "
    "Copy words of the message, exactly as they stand there, into the slots that the request's phrases name in braces; "
    f"leave out slots that are not said. Add no word, number or date of your own. If no request fits, choose {NONE}."
)


class LanguageModel:
    """Asks the model. Holds nothing between questions."""

    def __init__(self, url: str, model: str = "", key: str = "", seconds: float = 8.0) -> None:
        """`url` is the API's base, such as http://localhost:11434/v1; `model` and `key` as it wants them."""
        self._url = url.rstrip("/") + "/chat/completions"
        self._model = model
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._timeout = ClientTimeout(total=seconds)

    async def choose(self, text: str) -> Choice | None:
        """What the words may ask for; None where the model does not know, or does not answer in time."""
        try:
            async with (
                ClientSession(timeout=self._timeout, headers=self._headers) as session,
                session.post(self._url, json=self._question(text)) as response,
            ):
                response.raise_for_status()
                answer = await response.json()
            return choice_of(json.loads(answer["choices"][0]["message"]["content"]))
        except (TimeoutError, ClientError, ValueError, LookupError, TypeError) as error:
            log.warning("The language model gave no answer: %s", error or type(error).__name__)
            return None

    def _question(self, text: str) -> dict[str, Any]:
        requests = "\n".join(f"{name}: {' / '.join(phrases)}" for name, phrases in offered().items())
        return {
            "model": self._model,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": f"{_TASK}\n\nRequests and phrases that make them:\n{requests}"},
                {"role": "user", "content": text},
            ],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "choice", "schema": schema(), "strict": False},
            },
        }
