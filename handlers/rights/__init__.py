"""What each request needs, who may make it, and how that is said. Use cases import it; `bot.processing` enforces it."""
