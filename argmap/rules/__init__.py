"""Check maps, codebooks and alignments: one function for each rule, and the list of rules.

A rule knows the model only. `check` opens the files, asks every rule, and gives each problem its place. Problems of the file itself
(bad YAML, unknown keys) are found by the store; `argmap.store.FILE_RULES` lists them.
"""

from argmap.rules.checking import check, check_alignment, check_codebook, check_each, check_map
from argmap.rules.fixing import fix
from argmap.rules.listed import RULES
from argmap.rules.rule import Problem, Rule

__all__ = ["RULES", "Problem", "Rule", "check", "check_alignment", "check_codebook", "check_each", "check_map", "fix"]
