"""Documents made by the project itself, with their truth: for the first five minutes, and for tests."""
