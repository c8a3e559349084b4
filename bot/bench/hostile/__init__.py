"""`billify bench hostile`: inputs that are made to harm, and documents, mails and statements with some of their bytes
changed, thrown at the processes that read what strangers send.

`tricks` are the former (of PDFs, pictures, files of other kinds, statements, workbooks, letters), `originals` what is
changed by `mutations`; `throwing` throws, `measure` counts and prints.
"""
