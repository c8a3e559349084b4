"""What a sentence means in a conversation: follow-ups, "the second", several requests at once, what is no instruction,
and the nearest things one could say.

May import `readers`, `values` and `text`; only `interpreter`, `model` and the bot import it.
"""
