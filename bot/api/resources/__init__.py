"""What there is to call, a file each: its shapes as JSON, and its routes. `bot.api.app` imports it."""
