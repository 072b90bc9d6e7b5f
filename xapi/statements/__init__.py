"""Statement logic without a database: reading them in, comparing them, what finds them, how they are given back."""
