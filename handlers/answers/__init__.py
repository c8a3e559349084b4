"""Questions to the ledger, one file a subject. Every figure comes from postings and names the bills it rests on."""
