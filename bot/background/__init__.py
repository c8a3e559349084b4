"""What happens by itself: the clock that sends notices, heartbeats of workers, and the nightly clean-up.

May import `processing`, the protocol of `channels` and `handlers`. `application` and `console` import it.
"""
