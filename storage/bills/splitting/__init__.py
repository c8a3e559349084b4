"""Bills that are split over categories, people, projects and cost centres, with what of them is private: `split_text`
is how it is said, pure; `split_bill` what a bill's split comes to; `cost_objects` the projects and cost centres.
Imports `ledger` and `models`; `storage.bills` imports it.
"""
