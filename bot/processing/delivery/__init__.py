"""Replies on their way to people: each seen once, in order, whatever a platform does; and files on their way in.

`deliver.py` is the head; `parcels.py` says what goes out by itself, `statuses.py` shows how far work is without being
waited for, `refused.py` what is done where a platform refuses for good. May import the protocol of `channels`.
"""

from __future__ import annotations

from bot.processing.delivery.deliver import Delivery

__all__ = ["Delivery"]
