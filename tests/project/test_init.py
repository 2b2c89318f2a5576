"""`init` makes a folder that runs from texts in many formats, and overwrites nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import argmap
from argmap import store
from argmap.cli import main
from argmap.findings import ArgmapError
from argmap.project import init

BODY = "The pool should stay open. It serves the whole town. But the mayor says that it costs too much."
HTML = f"""<html><head><title>Keep it | Site</title><meta name="author" content="Ada Holm">
<meta property="article:published_time" content="2024-05-01T08:00"></head><body><nav><a>Home</a><a>Sport</a></nav>
<article><h1>Keep the pool</h1><p>{BODY}</p><p>A second paragraph has enough words for the reader of the page to take it
for text, and not for a menu or a list of links.</p></article><script>var x = "never";</script>
<footer>Imprint and contact of the site</footer></body></html>"""
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Keep the pool</dc:title>'
    "<dc:creator>Ada Holm</dc:creator><dcterms:created>2024-05-01T08:00:00Z</dcterms:created></cp:coreProperties>"
)


def docx(body: str = BODY, document: str | None = None) -> bytes:
    """Make a Word file with one paragraph, a part of which was deleted."""
    word = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
        f"{body}</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p></w:body></w:document>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", word if document is None else document)
        archive.writestr("docProps/core.xml", _CORE)
    return file.getvalue()


def pdf(password: str = "", text: bool = True) -> bytes:
    """Make a PDF with the text, or with an empty page, as a scan has."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    if text:
        claims = {"a": {"text": BODY}}
        drawn = argmap.draw(argmap.Map.model_validate({"id": "m", "thesis": "a", "claims": claims}), format="pdf")
        writer.append(PdfReader(io.BytesIO(drawn if isinstance(drawn, bytes) else drawn.encode())))
    else:
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


FORMATS: dict[str, bytes] = {
    "plain.txt": f"Keep the pool\n\nBy Ada Holm\n\n1 May 2024\n\n{BODY}\n".encode(),
    "windows.txt": f"Keep the pool\r\n\r\nBy Ada Holm\r\nMay 1, 2024\r\n\r\n{BODY} Café.\r\n".encode("cp1252"),
    "notes.md": f"---\ntitle: Keep the pool\nauthor: Ada Holm\ndate: 2024-05-01\n---\n# Keep the pool\n\n{BODY.replace('should', '**should**')}\n".encode(),
    "page.html": HTML.encode(),
    "letter.docx": docx(),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_text_is_frozen_with_what_its_file_says(tmp_path: Path, name: str) -> None:
    """The words, title, author and date arrive; the hash is that of the frozen file; check finds nothing wrong."""
    if name.endswith(".html"):
        pytest.importorskip("trafilatura")
    (tmp_path / name).write_bytes(FORMATS[name])
    started = init([tmp_path / name], tmp_path / "project")
    (path,) = started.maps
    map_ = argmap.load(path)
    source = map_.sources["text"]
    assert BODY in " ".join((source.text or "").split())
    assert "gone" not in (source.text or "")
    assert "never" not in (source.text or "")
    assert (source.title, source.author, source.published) == ("Keep the pool", "Ada Holm", "2024-05-01")
    assert (source.path, source.sha256) == (path.with_suffix(".txt").name, source.digest)
    assert {f.rule for f in argmap.check(path)} <= {"sentence-left-out"}
    if name == "page.html":
        reasons = {(p.quote or p.from_).exact: p.reason for p in source.excluded}  # type: ignore[union-attr]
        assert reasons["Imprint and contact of the site"] == "page furniture"
    drafted = argmap.draft(map_)
    first = next(iter(drafted.claims.values()))
    assert first.quotes[0].exact == "The pool should stay open."


def test_a_pdf_is_read(tmp_path: Path) -> None:
    """The text of a PDF is frozen, its words in order."""
    (tmp_path / "drawn.pdf").write_bytes(pdf())
    started = init([tmp_path / "drawn.pdf"], tmp_path / "project")
    assert "The pool should stay open." in " ".join((argmap.load(started.maps[0]).sources["text"].text or "").split())


def test_running_titles_of_a_pdf_are_furniture_and_its_lines_are_joined() -> None:
    """Titles and numbers of pages go to the end; a sentence goes on over the page; an early end is that of a paragraph."""
    from argmap.project.readers.pdf import _joined

    body = [
        "has letters of page {}, because",
        "nobody knows what will be needed in the com‐",
        "ing years. It is cheap.",
        "Another line of page {} begins here, and goes on to",
    ]
    words = ["one", "two", "three"]
    pages = [
        "\n".join(
            [
                "Annual Report",
                *(line.format(word) for line in (f"The paper archive {word} of the whole office", *body)),
                str(n),
            ]
        )
        for n, word in enumerate(words, 1)
    ]
    text, ((start, end, reason),) = _joined(pages)
    assert "nobody knows what will be needed in the coming years. It is cheap.\nAnother line" in text
    assert "goes on to The paper archive two" in text
    assert (text[start:end], reason) == (
        "Annual Report\n1\nAnnual Report\n2\nAnnual Report\n3",
        "running titles and page numbers",
    )


UNREADABLE: list[tuple[str, Callable[[], bytes], str]] = [
    ("scan.pdf", lambda: pdf(text=False), "no text in the PDF, perhaps it is a scan"),
    ("locked.pdf", lambda: pdf("secret"), "protected by a password"),
    ("broken.pdf", lambda: b"%PDF-1.7\nnothing", "damaged"),
    ("text.pdf", lambda: b"not a PDF", "not a .pdf file"),
    ("empty.txt", lambda: b" \n\n", "no text in it"),
    ("empty.html", lambda: b"<html><body><script>1</script></body></html>", "no text in it"),
    ("empty.docx", lambda: docx(" "), "no text in it"),
    ("broken.docx", lambda: b"PK\x03\x04 and nothing more", "damaged"),
    ("bad.docx", lambda: docx(document="<w:document"), "damaged"),
    ("bomb.docx", lambda: docx(document='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "damaged"),
    ("table.docx", lambda: _zip("xl/workbook.xml"), "no Word file"),
    ("old.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Word file"),
    ("photo.txt", lambda: b"\x89PNG\r\n\x1a\n", "a picture"),
    ("binary.txt", lambda: bytes(range(256)), "binary.txt"),
    ("rich.txt", lambda: b"{\\rtf1 hello}", "rich-text"),
]


def _zip(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(("name", "data", "words"), UNREADABLE, ids=[name for name, _, _ in UNREADABLE])
def test_what_cannot_be_read_is_one_clear_line(
    tmp_path: Path, name: str, data: Callable[[], bytes], words: str
) -> None:
    """The line names the file and the reason, the exit code is 2, and nothing is written."""
    if name.endswith(".html"):
        pytest.importorskip("trafilatura")
    (tmp_path / name).write_bytes(data())
    result = CliRunner().invoke(main, ["init", str(tmp_path / name), "-o", str(tmp_path / "project")])
    assert result.exit_code == 2
    assert words in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert not (tmp_path / "project").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A map, a codebook and settings that are there stay; another text of the same name is refused."""
    (tmp_path / "a.txt").write_text("One is true.\n")
    folder = tmp_path / "project"
    init([tmp_path / "a.txt"], folder)
    (folder / "codebook.yaml").write_text("argmap-codebook: 1\nid: mine\nissues: {x: {question: Why?}}\n")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert "kept as it is" in init([tmp_path / "a.txt"], folder).notes[0]
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    (folder / "a.yaml").unlink()
    (tmp_path / "a.txt").write_text("Two is true.\n")
    with pytest.raises(ArgmapError, match="another text of this name"):
        init([tmp_path / "a.txt"], folder)
    assert (folder / "a.txt").read_text() == "One is true.\n"


def test_texts_in_the_folder_itself_stay_as_they_are(tmp_path: Path) -> None:
    """A text that stands in the project already is used byte by byte."""
    text = b"Keep it\r\n\r\nOne is true.  \r\nTwo is true."
    (tmp_path / "Our Text.txt").write_bytes(text)
    started = init([tmp_path / "Our Text.txt"], tmp_path)
    assert [path.name for path in started.maps] == ["our-text.yaml"]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".toml", ".txt", ".yaml", ".yaml"]
    (tmp_path / "b.txt").write_bytes(text)
    init([tmp_path / "b.txt"], tmp_path)
    assert (tmp_path / "b.txt").read_bytes() == text
    assert {f.rule for f in argmap.check(tmp_path)} <= {"sentence-left-out"}


def test_texts_of_one_name_get_maps_of_their_own(tmp_path: Path) -> None:
    """Names are told apart by a number."""
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"The {folder} is true.\n")
    started = init([tmp_path / "x" / "a.txt", tmp_path / "y" / "a.txt"], tmp_path / "project")
    assert [path.name for path in started.maps] == ["a.yaml", "a-2.yaml"]


def test_the_sample_is_clean_and_compares(tmp_path: Path) -> None:
    """Without texts a sample is written: no finding, every sentence accounted for, and a diff with a headline."""
    result = CliRunner().invoke(main, ["init", "-o", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "argmap report" in result.output
    assert argmap.check(tmp_path) == ()
    diff = argmap.compare(
        argmap.load(tmp_path / "before.yaml"),
        argmap.load(tmp_path / "after.yaml"),
        store.load_alignment(tmp_path / "before-after.yaml"),
    )
    assert diff.summary["reversed"] >= 1
    again = CliRunner().invoke(main, ["init", "-o", str(tmp_path)])
    assert (again.exit_code, "is there already" in again.output) == (2, True)
