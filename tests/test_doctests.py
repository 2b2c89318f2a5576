"""Examples in docstrings are run."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import argmap

MODULES = [
    module.name for module in pkgutil.walk_packages(argmap.__path__, "argmap.") if not module.name.endswith("__main__")
]


@pytest.mark.parametrize("name", ["argmap", *MODULES])
def test_examples_hold(name: str) -> None:
    """What a docstring shows is what happens."""
    assert doctest.testmod(import_module(name)).failed == 0
