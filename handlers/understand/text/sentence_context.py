"""What a sentence is understood against."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from handlers.last_answer import Last
from handlers.understand.text.words import fold
from storage.bills.names.vendor_index import VendorIndex


@dataclass(frozen=True)
class KnownNames:
    """Who and what the books know, for names that are half remembered.

    `vendors` are found by match key (`storage.bills.names.match_keys`) and by the words of their names; `accounts`
    (of liquidity), `further` (on the balance sheet, without money) and `categories` map what people may call one to
    what requests call it, its code; `titles` map a category's code to its name in the language that is spoken; `kept`
    maps a liquidity account's code to the currency it is kept in; `category_words` map what bills of a category speak
    of ("strom") to its code. `people` are the names of colleagues. Of late (24 months), `numbers` are those of bills,
    as far as the message can mean them, `customers` the names on bills of ours, and `payees` the names on bills that
    we have to pay.
    """

    vendors: VendorIndex = field(default_factory=lambda: VendorIndex({}))
    accounts: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    further: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    category_words: Mapping[str, str] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    customers: Container[str] = frozenset()
    payees: Container[str] = frozenset()

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that names in the books are made of, folded."""
        called = (*self.accounts, *self.categories, *self.further, *self.people)
        return frozenset(self.vendors.words.union(word for name in called for word in fold(name).split()))

    @cached_property
    def folded_people(self) -> tuple[tuple[str, str], ...]:
        """Each colleague's name, folded and as it is."""
        return tuple((fold(name), name) for name in self.people)

    def is_customer_only(self, name: str) -> bool:
        """Whether somebody owes us, and we owe them nothing."""
        return name in self.customers and name not in self.payees

    def is_payee_only(self, name: str) -> bool:
        """Whether we owe somebody, and they owe us nothing."""
        return name in self.payees and name not in self.customers


@dataclass(frozen=True)
class SentenceContext:
    """Today, what is known of the bill in focus, what was said last, and the names in the books.

    `currency` is the bill's, else the company's, else None. `day_first` reads 3/4 as 3 April. `known` holds the
    bill's values as normalised text by field name; empty where no bill is in focus. `booked` says that the bill is
    in the ledger already.
    """

    today: date
    currency: str | None = None
    day_first: bool = True
    known: Mapping[str, str] = field(default_factory=dict)
    booked: bool = False
    last: Last = field(default_factory=Last)
    names: KnownNames = field(default_factory=KnownNames)

    @property
    def issued(self) -> date | None:
        """The bill's issue date; None where it is not known as a date."""
        try:
            return date.fromisoformat(self.known.get("issue_date", ""))
        except ValueError:
            return None
