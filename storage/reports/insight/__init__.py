"""What the books tell beside what was asked of them: `subscriptions` and their prices, `anomalies`, `budgets` and
what is left, and `payment_days` of customers and of ours. Reads only, but for budgets being set. May import all of
`reports`.
"""
