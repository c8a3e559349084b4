"""What happened, as programs are told of it: a log that is read by its place, and what of it is sent to webhooks.

The log is the audit's chain (`trail`), told in other words; nothing is written down twice. It imports `people` and
`messages`; in `storage` only `undo` and `backup` lie above it.
"""
