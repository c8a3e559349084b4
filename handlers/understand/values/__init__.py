"""Values in a sentence: amounts, currencies, dates, periods, countries, names, and the slots and conditions they fill.

May import `text` and `wording`; `readers` and `dialogue` build requests from what is found here.
"""
