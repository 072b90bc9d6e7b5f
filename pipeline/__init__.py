"""Compiles masterclasses into a site and packages; `build` has the steps in a row."""
