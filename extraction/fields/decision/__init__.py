"""Which candidate is the value of each field and how sure that is: weights, the choice, its explanation, the document.

The only folder of fields that chooses. Imports all the others; whoever wants a document read imports it.
"""
