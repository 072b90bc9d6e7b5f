"""What ``masterclass serve`` runs."""
