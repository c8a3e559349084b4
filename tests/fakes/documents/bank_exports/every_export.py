"""All exports, in one list."""

from __future__ import annotations

from tests.fakes.documents.bank_exports.camt import CAMT
from tests.fakes.documents.bank_exports.cards_and_wallets import CARDS_AND_WALLETS
from tests.fakes.documents.bank_exports.german_tables import GERMAN_TABLES
from tests.fakes.documents.bank_exports.later_tables import LATER_TABLES
from tests.fakes.documents.bank_exports.northern_and_eastern_tables import NORTHERN_AND_EASTERN_TABLES
from tests.fakes.documents.bank_exports.ofx_and_qif import OFX_AND_QIF
from tests.fakes.documents.bank_exports.overseas_tables import OVERSEAS_TABLES
from tests.fakes.documents.bank_exports.swift import SWIFT
from tests.fakes.documents.bank_exports.western_tables import WESTERN_TABLES
from tests.fakes.documents.bank_exports.workbooks import WORKBOOKS

EXPORTS = (
    *GERMAN_TABLES, *WESTERN_TABLES, *NORTHERN_AND_EASTERN_TABLES, *OVERSEAS_TABLES, *CARDS_AND_WALLETS, *WORKBOOKS,
    *SWIFT, *OFX_AND_QIF, *CAMT, *LATER_TABLES,
)  # fmt: skip
