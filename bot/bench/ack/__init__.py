"""How long until Slack and Telegram are answered, while everything that is looked up of them takes seconds."""
