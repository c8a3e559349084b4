"""How long until messages are durable: at a rate by every way, and while looking up who wrote takes seconds."""
