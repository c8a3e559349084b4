"""Forms: what a platform asks in fields of its own before a pressed button does anything, and what that asks for.

The channels may not import it: they are handed it by `bot.application`.
"""
