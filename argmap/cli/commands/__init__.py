"""The commands, one thin function each: parse, call one verb, print, exit. `argmap --help` lists them in this order."""

from importlib import import_module

for room in ("maps", "using", "corpus"):
    import_module(f"{__name__}.{room}")
