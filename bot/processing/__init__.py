"""The way of a message: durable jobs, delivery, the conversation, what the message asks for, and which use case
serves it.

`jobs.py` and the workflow in `durable` are the only files that know DBOS. May import `handlers` and the protocol of
`channels`, never a platform. `application` wires it, `background` works on its jobs.
"""
