"""The outside world: channels, durable work, the conversation, the command line."""
