"""What the books tell beside what is asked of them: subscriptions, what is unusual, budgets, how fast invoices are
paid."""
