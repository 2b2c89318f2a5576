"""The fonts that pictures are drawn with, and the widths of their letters.

A picture must look the same on every machine, also on a server without fonts. So argmap carries one family, Liberation
Sans 2.1.5 (SIL Open Font License 1.1, see LICENSE here), with the widths of Arial and Helvetica. Layout reads the
widths from these files; the engine draws with these files (`configuration`). The machine's own fonts are used only for
letters that the family lacks, such as Chinese ones, and only in PNG and PDF: an SVG never depends on them.

Source of the tables: "OpenType specification", `cmap` (formats 4 and 12) and `hmtx`.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path

FOLDER = Path(__file__).parent
FAMILY = "argmap sans"
"""Name under which the engine finds the carried fonts, so that no font of the machine is taken for them."""
SUBSTITUTE = "□"
"""Drawn for a letter that no font has."""
_FILES = {
    (False, False): "LiberationSans-Regular.ttf",
    (True, False): "LiberationSans-Bold.ttf",
    (False, True): "LiberationSans-Italic.ttf",
}
_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")


@cache
def widths(bold: bool = False, italic: bool = False) -> Mapping[str, int]:
    """Read the width of each letter of a face, in thousandths of the font size; there is no bold italic face."""
    data = (FOLDER / _FILES[bold, italic]).read_bytes()
    tables = _tables(data, 0)
    (scale,) = struct.unpack_from(">H", data, tables[b"head"] + 18)
    (count,) = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
    advances = struct.unpack_from(f">{2 * count}H", data, tables[b"hmtx"])[::2]
    return {
        chr(code): round(advances[min(glyph, count - 1)] * 1000 / scale)
        for first, last, glyphs in _ranges(data, tables[b"cmap"])
        for code, glyph in zip(range(first, last + 1), glyphs, strict=True)
        if glyph
    }


def lacking(text: str) -> set[str]:
    """Find the letters of a text that the carried fonts lack."""
    return {char for char in text if char not in widths() and not char.isspace()}


def without_font(letters: Iterable[str]) -> set[str]:
    """Return those letters, of some that the carried fonts lack, that no font of the machine has."""
    missing = set(letters)
    for folder in machine_folders():
        for path in sorted(folder.rglob("*")):
            if not missing:
                return missing
            if path.suffix.lower() in _SUFFIXES:
                missing -= _letters_in(path, missing)
    return missing


def machine_folders() -> list[Path]:
    """List the folders in which the machine keeps its fonts."""
    home = Path.home()
    if sys.platform == "win32":
        folders = [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    elif sys.platform == "darwin":
        folders = [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    else:
        data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
        folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), data / "fonts", home / ".fonts"]
    return [folder for folder in folders if folder.is_dir()]


def configuration(folder: Path, *, machine: bool) -> str:
    """Write a configuration of fontconfig, in XML, by which the engine finds the carried fonts in `folder`.

    With `machine`, it also finds the machine's fonts, for letters that the carried ones lack.
    """
    here = escape(str(folder))
    folders = [here, *(escape(str(each)) for each in (machine_folders() if machine else ()))]
    # Reading all fonts of a machine takes seconds, so their cache stays.
    cache_folder = '<cachedir prefix="xdg">fontconfig</cachedir>' if machine else f"<cachedir>{here}/cache</cachedir>"
    return f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  {"".join(f"<dir>{each}</dir>" for each in folders)}
  {cache_folder}
  <match target="scan">
    <test name="file" compare="contains"><string>{here}</string></test>
    <edit name="family" mode="assign"><string>{FAMILY}</string></edit>
  </match>
  <match target="pattern">
    <edit name="family" mode="prepend" binding="strong"><string>{FAMILY}</string></edit>
  </match>
</fontconfig>
"""


def _tables(data: bytes, start: int) -> dict[bytes, int]:
    """Offset of each table of a font."""
    (count,) = struct.unpack_from(">H", data, start + 4)
    entries = (struct.unpack_from(">4sIII", data, start + 12 + 16 * n) for n in range(count))
    return {tag: offset for tag, _, offset, _ in entries}


def _ranges(data: bytes, cmap: int) -> Iterator[tuple[int, int, Iterable[int]]]:
    """First and last code point of each run of letters of a font, with their glyphs."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for n in range(count):
        platform, _, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * n)
        start = cmap + offset
        (form,) = struct.unpack_from(">H", data, start)
        if platform not in (0, 3):
            continue
        if form == 12:
            (groups,) = struct.unpack_from(">I", data, start + 12)
            for group in range(groups):
                first, last, glyph = struct.unpack_from(">III", data, start + 16 + 12 * group)
                yield first, last, range(glyph, glyph + last - first + 1)
        elif form == 4:
            yield from _segments(data, start)


def _segments(data: bytes, start: int) -> Iterator[tuple[int, int, Iterable[int]]]:
    """Runs of a `cmap` subtable of format 4."""
    count = struct.unpack_from(">H", data, start + 6)[0] // 2
    lasts, firsts, deltas, offsets = (
        struct.unpack_from(f">{count}H", data, start + 14 + 2 * n * count + (2 if n else 0)) for n in range(4)
    )
    for n, (first, last, delta, offset) in enumerate(zip(firsts, lasts, deltas, offsets, strict=True)):
        codes = range(first, last + 1)
        if not offset:
            yield first, last, [(code + delta) & 0xFFFF for code in codes]
            continue
        at = start + 16 + 2 * (3 * count + n) + offset
        glyphs = (
            struct.unpack_from(f">{len(codes)}H", data, at) if at + 2 * len(codes) <= len(data) else (0,) * len(codes)
        )
        yield first, last, [glyph and (glyph + delta) & 0xFFFF for glyph in glyphs]


def _letters_in(path: Path, letters: set[str]) -> set[str]:
    """Find which letters a font file has; a file that cannot be read has none."""
    try:
        data = path.read_bytes()
        starts = [0]
        if data[:4] == b"ttcf":
            starts = list(struct.unpack_from(f">{struct.unpack_from('>I', data, 8)[0]}I", data, 12))
        found: set[str] = set()
        for start in starts:
            for first, last, glyphs in _ranges(data, _tables(data, start)[b"cmap"]):
                here = [char for char in letters if first <= ord(char) <= last]
                numbers = list(glyphs) if here else []
                found.update(char for char in here if numbers[ord(char) - first])
    except (OSError, struct.error, KeyError):
        return set()
    return found
