"""`billify doctor`: looks over an installation and says what to mend.

`examine.py` asks everything in its order: `installation.py` what can be looked at before anything is opened,
`machine.py` what runs and what it needs, `platforms.py` whether channels let us in, and `deliveries.py` what waits.
"""

from bot.console.doctor.examine import doctor

__all__ = ["doctor"]
