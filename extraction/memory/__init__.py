"""What people's corrections teach: how the documents of one vendor say what they say."""
