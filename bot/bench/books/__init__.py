"""A company's books as they are after years, filled in at once, and what asking and serving them costs."""
