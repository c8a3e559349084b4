"""What is said about keeping the books: what is asked back, and VAT. As `wording`, of which it is a part."""
