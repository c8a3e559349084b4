"""What happens by itself: the clock that sends notices, the outbox, long imports, and the night's work.

May import `processing`, the protocol of `channels` and `handlers`. `application` and `console` import it.
"""
