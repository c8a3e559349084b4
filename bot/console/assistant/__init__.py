"""`billify mcp`: a server of the Model Context Protocol (https://modelcontextprotocol.io) for assistants people use.

It stands between an assistant's standard input and output (`protocol`) and the API of a Billify, here or elsewhere,
with a token of the person's (`remote`). It knows neither books nor requests.
"""
