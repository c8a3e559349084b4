"""What files that came with a message are answered with. `bot.processing.conversation` imports it."""
