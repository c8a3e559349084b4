"""What people do with a bill beside deciding about it: `split` it, `note` something, `hold` its payment, put `papers`
to it, `claim` what they paid themselves. It imports `handlers.bills` and `handlers.bills.shown`.
"""
