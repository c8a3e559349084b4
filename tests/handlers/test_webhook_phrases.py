"""What people say of webhooks, in both languages."""

from __future__ import annotations

import pytest

from handlers.language.translation import speaking
from handlers.requests import ChangeWebhook, MakeWebhook, ShowWebhooks
from handlers.understand.interpreter import understand
from tests.fakes.books.grammar_scene import SCENE

URL = "https://example.com/Hook?a=1&b=2"
SAID = [
    ("en", f"create a webhook for {URL}", MakeWebhook(URL)),
    ("de", f"Erstelle einen Webhook für {URL}", MakeWebhook(URL)),
    ("en", "my webhooks", ShowWebhooks()),
    ("de", "zeig mir meine Webhooks", ShowWebhooks()),
    ("en", "pause webhook 3", ChangeWebhook(3, "pause")),
    ("de", "pausiere Webhook 3", ChangeWebhook(3, "pause")),
    ("en", "resume webhook 3", ChangeWebhook(3, "resume")),
    ("de", "aktiviere Webhook 3", ChangeWebhook(3, "resume")),
    ("en", "rotate the secret of webhook 3", ChangeWebhook(3, "rotate")),
    ("de", "erneuere das Geheimnis von Webhook 3", ChangeWebhook(3, "rotate")),
    ("en", "test webhook 3", ChangeWebhook(3, "test")),
    ("de", "teste Webhook 3", ChangeWebhook(3, "test")),
    ("en", "replay webhook 3", ChangeWebhook(3, "replay")),
    ("de", "wiederhole Webhook 3", ChangeWebhook(3, "replay")),
    ("en", "delete webhook 3", ChangeWebhook(3, "delete")),
    ("de", "lösche Webhook 3", ChangeWebhook(3, "delete")),
]


@pytest.mark.parametrize(("language", "said", "understood"), SAID)
def test_webhooks_are_spoken_of(language, said, understood):
    with speaking(language):
        assert understand(said, SCENE) == understood
