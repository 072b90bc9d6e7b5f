"""What became of a masterclass: statements → facts → measures → tables, which others write down or draw."""

from pathlib import Path

CATALOGUE = Path("build") / "catalogue.json"
"""The masterclasses' words, as 'masterclass build' writes them."""
