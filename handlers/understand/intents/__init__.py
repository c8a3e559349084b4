"""What a message asks for, as a guess with a probability: for messages that fit no phrase of the grammar.

At the bottom of `understand`, beside `text`; knows the kinds of requests (`due`, `paid`, …) and imports nothing of
ours.
"""
