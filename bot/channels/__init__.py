"""One adapter a platform: translate in, render out, nothing else.

`channel.py` is the protocol of all, `chatlog.py` keeps the chats that have no platform. May import the vocabulary of
handlers and `handlers.language`; `processing` knows the protocol, `application` the adapters.
"""
