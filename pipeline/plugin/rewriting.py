"""Pages of a site that is built already, written again as MkDocs writes each page of a build."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mkdocs.commands.build import get_context
from mkdocs.structure.pages import Page

from ..render import RenderedCourse
from .events import MasterclassPlugin


class Rewriting:
    def __init__(self, plugin: MasterclassPlugin) -> None:
        self._plugin = plugin
        self.outdated: set[str] = set()
        """Pages made from all masterclasses, by path, that have not been written since one changed."""

    def renew(self, courses: Sequence[RenderedCourse]) -> None:
        """Write what looks different in `courses`, which have the shape that they had."""
        stale = self._plugin.masterclasses.refresh(courses)
        self.outdated = set(self._plugin.own.unfilled)
        for path in stale:
            self._write(path)

    def renew_list(self, output: str) -> None:
        """A page made from all masterclasses is written again when somebody looks at it: the file `output` of the site."""
        for path in self.outdated:
            file = self._plugin.site.files.get_file_from_path(path)
            if file is not None and file.dest_uri == output:
                self.outdated.remove(path)
                self._write(path)
                return

    def _write(self, path: str) -> None:
        env, config, files, nav = self._plugin.site
        file = files.get_file_from_path(path)
        assert file is not None and isinstance(file.page, Page)
        page = file.page
        html = self._plugin.own.unfilled.get(path, "")
        page.content = self._plugin.on_page_content(html, page=page, config=config, files=files)
        page.active = True
        context = get_context(nav, files, config, page)
        context = self._plugin.on_page_context(context, page=page, config=config, nav=nav)
        output = config.plugins.on_post_page(env.get_template("main.html").render(context), page=page, config=config)
        page.active = False
        Path(file.abs_dest_path).write_text(output, encoding="utf-8")
