"""Sends events to webhooks: signed, to addresses where nobody of our own network is, tried again as their time comes.

`sending` is what `application` starts; `signature` and `outgoing` know neither events nor the database.
"""
