"""How the classifier of messages is made: templates written by hand, what people do to messages, and training."""
