"""Learners who never lived: so that reports can be seen at once, and checked against what is known of them."""
