"""Double entry: money, drafts of entries (pure), the only place that books them, the chart of accounts, VAT,
exchange rates, closed periods. It imports `db`, `models`, `errors` and `audit`, and knows no bill's rules and no
bank's file. Every folder that moves or counts money stands on it.
"""
