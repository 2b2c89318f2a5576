"""Make a command meet a fault at a file: put this folder on PYTHONPATH, and name faults in FAULTS.

    FAULTS='{"a.tgf": "die", "b.tgf": "interrupt"}'     by the name of the file that is read

It works in every process that the command starts. A fault with `FAULT_ONCE`, the path of a file, happens once.
"""

import json
import os
import re
import signal
from pathlib import Path

FAULTS = json.loads(os.environ.get("FAULTS", "{}"))


def meet(fault: str) -> None:
    mark = os.environ.get("FAULT_ONCE")
    if mark:
        try:
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return
    if fault == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif fault == "interrupt":
        os.kill(os.getppid(), signal.SIGINT)
    elif fault == "kill the command":
        os.kill(os.getppid(), signal.SIGKILL)
    elif fault == "kill the scheduler":
        os.kill(int(os.environ["SCHEDULER"]), signal.SIGKILL)
    elif fault == "for ever":
        while True:
            pass
    elif fault == "for ever in C":
        re.match(r"(a+)+b", "a" * 64)
    elif fault == "memory":
        hold = []
        while True:
            hold.append(bytearray(10_000_000))


if FAULTS:
    from argmap import formats

    examine = formats.examine_content

    def examine_content(content, *rest, **more):  # type: ignore[no-untyped-def]
        fault = FAULTS.get(Path(content.name).name)
        if fault:
            meet(fault)
        return examine(content, *rest, **more)

    formats.examine_content = examine_content
