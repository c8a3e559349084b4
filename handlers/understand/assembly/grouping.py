"""By what an answer is grouped."""

from __future__ import annotations

from typing import Literal

from handlers.understand.assembly.material import Material

By = Literal["category", "vendor", "month", "person"]


def group(material: Material) -> By | None:
    """By what an answer is grouped: "per month", "je Lieferant", "by person"."""
    plain = material.said.plain
    for by, words in _GROUPS.items():
        if any(f"{lead} {word}" in plain for lead in _PER for word in words) or material.has(*_ALONE[by]):
            return by
    return None


_PER = (
    "by",
    "per",
    "each",
    "every",
    "pro",
    "je",
    "nach",
    "jeder",
    "jeden",
    "for each",
    "which",
    "welche",
    "welcher",
    "welchem",
)


_GROUPS: dict[By, tuple[str, ...]] = {
    "month": ("month", "monat"),
    "vendor": ("vendor", "supplier", "lieferant", "customer", "kunde"),
    "person": ("person", "employee", "colleague", "mitarbeiter", "kolleg"),
    "category": ("category", "categor", "kategorie", "kostenart", "type", "konto"),
}


_ALONE: dict[By, tuple[str, ...]] = {
    "month": ("monthly", "monatlich*", "monatsweise"),
    "vendor": ("vendors", "suppliers", "lieferanten", "customers", "kunden"),
    "person": ("persons", "personen"),
    "category": ("categories", "kategorien", "kostenarten"),
}
