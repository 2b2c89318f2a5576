"""The documentation: the site builds strictly, loads nothing from elsewhere, and names all that it must."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import metadata
from pathlib import Path
from typing import get_args

import pytest

from argmap import graph, model
from argmap.diff.model import Facet

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LOADED = re.compile(
    r"<(?:script|img|iframe|link|source|audio|video|object|embed|use)\b[^>]*?\b(?:src|href|data)=\"([^\"]+)"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make docs` builds it."""
    folder = tmp_path_factory.mktemp("docs")
    config = (DOCS / "mkdocs.yml").read_text("utf-8")
    config = config.replace("paths: [..]", f"paths: ['{ROOT.as_posix()}']").replace("build/", "")
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    for command in (
        [sys.executable, str(DOCS / "make_pages.py"), str(folder / "pages")],
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(folder / "mkdocs.yml")],
    ):
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    """No page and no style sheet loads anything from another host; links that a reader follows may lead there."""
    pages = list(site.rglob("*.html"))
    assert len(pages) > 15
    for page in pages:
        text = page.read_text("utf-8")
        loaded = [link for link in LOADED.findall(text) if re.match(r"(?:https?:)?//", link)]
        assert loaded == [], page
    for sheet in site.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", sheet.read_text("utf-8")), sheet


def test_every_table_is_filled(site: Path) -> None:
    """The pages that are made from the program's tables show them."""
    expected = {
        "formats": "arguebuf",
        "rules": "unanchored-quote",
        "schemes": "expert opinion",
        "change-words": "called-for-now-so",
        "diff": "three-to-one",
        "commands": "argmap timeline",
        "schemas": "json-schema.org",
        "api": "load_alignment",
    }
    for name, words in expected.items():
        assert words in (site / f"{name}.html").read_text("utf-8"), name


def test_the_glossary_has_every_word() -> None:
    """Each kind, mode, commitment, force, status, role, change word and facet is in the glossary."""
    text = (DOCS / "glossary.md").read_text("utf-8")
    kinds = (model.Kind, model.Mode, model.Commitment, model.Force, model.Status, model.RelationType)
    words = {
        word for kind in (*kinds, model.ChangeWord, Facet, graph.Role, graph.AttackKind) for word in get_args(kind)
    }
    assert [word for word in sorted(words) if not re.search(rf"\b{word}\b", text)] == []


def test_every_json_format_is_documented() -> None:
    """The page on JSON names each format that a program may get, in its present version."""
    code = "".join(path.read_text("utf-8") for path in (ROOT / "argmap").rglob("*.py"))
    named = set(re.findall(r"\"(argmap-[a-z]+/\d+)\"", code))
    text = (DOCS / "json.md").read_text("utf-8")
    assert [name for name in sorted(named) if name not in text] == []


def test_licences_are_those_of_the_packages() -> None:
    """The page lists each package that is installed with argmap, with the licence that the package states."""
    page = (DOCS / "licences.md").read_text("utf-8").partition("| wheel |")[0]
    listed = dict(re.findall(r"^\| ([a-z]\S*) \| (\S+) \|", page, re.MULTILINE))
    listed.pop("package", None)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert sorted(listed) == sorted(re.split(r"[^\w-]", each)[0] for each in project["dependencies"])
    for package, licence in listed.items():
        stated = metadata(package)
        texts = [stated.get("License-Expression"), stated.get("License"), *(stated.get_all("Classifier") or ())]
        family = {"PSF-2.0": "PSF"}.get(licence, licence.split("-")[0])
        assert any(family in text for text in texts if text), package
