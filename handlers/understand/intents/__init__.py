"""What a message asks for, as a guess with a probability: for messages that fit no phrase of the grammar.

At the bottom of `understand`, beside `text`; imports nothing of ours; names requests by their kind (`due`, `paid`).
"""
