"""Mail on its way out, beside how it looks: several replies as one mail, and whether the servers let us in."""
