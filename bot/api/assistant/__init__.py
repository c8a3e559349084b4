"""What assistants outside (by MCP, `billify mcp`) call: the requests as tools, answered, or proposed to the person.

It is a resource of the API like those of `bot.api.resources`, with `bot.processing.assistants` behind it.
"""
