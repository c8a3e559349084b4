"""What was served, sent, said and is to be told: each once, whatever is repeated; chats without a platform; which
processes live. It imports `bills` and `people`; in `storage` only `undo` imports it.
"""
