"""A company whose owner can be told, and a machine that can be in trouble."""

from __future__ import annotations

from tests.trouble.conftest import ledger as ledger
from tests.trouble.conftest import ledger_chats as ledger_chats
