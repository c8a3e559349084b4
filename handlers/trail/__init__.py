"""The audit trail in words: who changed this, what somebody did, and all of it as files. `days` bounds periods, `words`
say what changed, `answers` are the use cases.
"""
