"""The MkDocs plugin, and the only package that imports MkDocs (ProperDocs runs the same code under its own name).

Masterclasses become generated files of the site. Their Markdown never goes through MkDocs: the body that the
packages have is handed over when MkDocs has rendered the page's (empty) text.
"""

from .events import MasterclassPlugin

__all__ = ["MasterclassPlugin"]
