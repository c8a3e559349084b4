"""What stands beside a bill: `notes`, `payment_holds`, and further `papers` (delivery note, contract, reminder). Each
is a row that is taken away by a mark on it. Imports `models`, `audit` and `db`; whoever knows bills may import it.
"""
