"""What lets programs in, or tells them, in somebody's name: tokens, secret addresses and webhooks."""
