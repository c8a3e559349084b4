"""How the classifier of messages is made: phrases written by hand as templates, what people do to them, and training.
"""
