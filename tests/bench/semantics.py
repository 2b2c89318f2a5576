"""How evaluation grows: grounded, gradual, rejections, and labellings beside the solver called directly.

python -m tests.bench semantics
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from argmap.model import Map
from argmap.semantics import evaluate, framework_of, grounded, labellings, network_of, plain_framework, strengths
from argmap.semantics.labellings import _COMPLETE, _MAXIMAL, _SHOW_IN, _STABLE, _facts


def cpu(function: Callable[[], Any]) -> float:
    """Return the CPU seconds that a call takes."""
    start = time.process_time()
    function()
    return time.process_time() - start


def attacks_of(size: int, degree: float, chance: random.Random) -> list[tuple[str, str]]:
    """Return about `degree` attacks an argument, anywhere in the framework."""
    return [(str(chance.randrange(size)), str(chance.randrange(size))) for _ in range(int(size * degree))]


def example(size: int) -> Map:
    """Return a map of `size` claims: broad, a few steps deep, some premises linked, one relation in eight an attack."""
    chance = random.Random(size)  # noqa: S311 - an example, not a secret
    claims = {f"c{n}": {"text": f"Claim {n} holds."} for n in range(size)}
    relations = [
        {
            "attack" if chance.random() < 0.12 else "support": f"c{chance.randrange(max(1, n // 3), n + 1) - 1}",
            "by": [f"c{n}"],
        }
        for n in range(1, size)
    ]
    return Map.model_validate({"id": "big", "thesis": "c0", "claims": claims, "relations": relations})


def solver(facts: str, program: str, flags: tuple[str, ...]) -> int:
    """Count the models that clingo finds, called directly."""
    import clingo

    control = clingo.Control(["0", "--warn=none", *flags])
    control.add("base", [], f"{facts}\n{_COMPLETE}\n{program}")
    control.ground([("base", [])])
    count = 0
    with control.solve(yield_=True) as handle:
        for _ in handle:
            count += 1
    return count


def main() -> None:
    """Print the figures."""
    base = 0.0
    for size in (1_000, 10_000, 100_000, 1_000_000):
        chance = random.Random(1)  # noqa: S311 - the same each time
        framework = plain_framework(map(str, range(size)), attacks_of(size, 1.5, chance))
        taken = cpu(lambda framework=framework: grounded(framework))
        base = base or taken / size
        print(f"grounded, {size:>9,} arguments: {taken:7.3f} s CPU, {taken / size / base:.2f} × the first per argument")
    chance = random.Random(2)  # noqa: S311 - the same each time
    framework = plain_framework(map(str, range(1_000)), attacks_of(1_000, 1.1, chance))
    facts = _facts(framework)
    for semantics, program, flags in (("preferred", _SHOW_IN, _MAXIMAL), ("stable", _STABLE, ())):
        found = labellings(framework, semantics, most=200)  # type: ignore[arg-type]
        ours = min(cpu(lambda s=semantics: labellings(framework, s, most=200)) for _ in range(3))
        direct = min(cpu(lambda p=program, f=flags: solver(facts, p, f)) for _ in range(3))
        print(f"{found}, 1,000 arguments: {ours:.3f} s CPU, {ours / direct:.2f} × clingo directly (target ≤ 1.3)")
    network = network_of(example(100_000))
    for name in ("dfquad", "energy"):
        taken = cpu(lambda name=name: strengths(network, name))
        print(f"{name}, 100,000 claims: {taken:.2f} s CPU (target ≤ 2)")
    big = example(1_000)
    taken = cpu(lambda: evaluate(big))
    print(f"every rejection of a map of 1,000 claims: {taken:.2f} s CPU (target ≤ 5)")
    print(f"translated framework of 1,000 claims: {len(framework_of(network_of(big)).names):,} arguments")


if __name__ == "__main__":
    main()
