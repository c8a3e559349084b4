"""The way of a message: durable jobs, delivery, the conversation, what the message asks for, and which use case
serves it.

`jobs.py` is the only file that knows DBOS. May import `handlers` and the protocol of `channels`, never a platform.
`application` wires it, `background` works on its jobs.
"""
