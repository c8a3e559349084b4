"""How the invoices look: one file for each style of house."""
