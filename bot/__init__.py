"""The outside world: channels, durable work, the conversation, the command line.

`cli.py` is the `billify` command. From the top: `commands`, `console`, `application`, `background`, `processing`,
`channels`.
"""
