"""Blocks that are no questions: what authors write in them, and what is made of it."""
