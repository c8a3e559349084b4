"""The command that assistants on this machine start."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.commands.command import app
from config.setting_faults import load_settings


@app.command()
def mcp(
    url: Annotated[str, typer.Option(help="Where the web chat is opened; BILLIFY_MCP_URL, or this machine's.")] = "",
) -> None:
    """Serves an assistant by the Model Context Protocol: it asks, and proposes what you confirm."""
    from bot.console.assistant.serving import serve

    found = load_settings()
    address = url or found.mcp_url or found.chat_url
    asyncio.run(serve(address, found.mcp_token.get_secret_value()))
