"""What becomes of what was made of a message, when its sender edits or deletes it. `bot.processing` imports it."""
