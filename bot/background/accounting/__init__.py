"""Pushes confirmed bills into accounting software: each platform a file behind one protocol (`platform`).

`pushing` is what `application` starts: in the order of the log, tried again, told in chat where a person has to see to
it. `lexware` lets in by a key, `xero` by OAuth 2.0 (`oauth`).
"""
