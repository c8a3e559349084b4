"""What programs call, `/api/v1`: requests of `handlers.requests` made of HTTP, and answers of theirs as JSON.

There is no logic of its own: rights, use cases and transactions are those of messages (`bot.processing`), which this
imports. `bot.application` and above import it.
"""
