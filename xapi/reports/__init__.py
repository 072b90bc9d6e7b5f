"""What became of a masterclass: statements → facts → measures → tables, which others write down or draw."""
