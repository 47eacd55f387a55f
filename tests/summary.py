#!/usr/bin/env python3
"""summary.py NAME=BUILD_DIR... [--extra PASSED FAILED]: sums up the last ctest runs.

Reads Testing/Temporary/LastTest.log of each build directory. A test that prints its own
totals ("golden: 12 passed, 0 failed", or libcheck's "Checks: 12, ...") counts with these,
any other as one. The last line is `N passed, N failed, N skipped`."""
import pathlib
import re
import sys

OWN = re.compile(r"^(?:[\w.-]+: )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$", re.M)
CHECK = re.compile(r"^\d+%: Checks: (\d+), Failures: (\d+), Errors: (\d+)", re.M)
SKIPPED = re.compile(r"^[\w.-]+: skipped, ", re.M)
TEST = re.compile(
    r"^\d+/\d+ Test: (?P<name>\S+)\n.*?^Output:\n-+\n(?P<output>.*?)^<end of output>\n.*?^-+\n(?P<result>[^\n]*)$",
    re.M | re.S,
)


def count(output, result):
    """(passed, failed, skipped) of one ctest test"""
    if SKIPPED.search(output):  # the log says "Passed"
        return 0, 0, 1
    ok = result.startswith("Test Pass")
    passed = failed = skipped = 0
    for m in CHECK.finditer(output):
        checks, bad = int(m[1]), int(m[2]) + int(m[3])
        passed, failed = passed + checks - bad, failed + bad
    for m in OWN.finditer(output):
        passed, failed, skipped = passed + int(m[1]), failed + int(m[2]), skipped + int(m[3] or 0)
    if passed + failed + skipped == 0:
        return int(ok), int(not ok), 0
    if not ok and not failed:
        failed = 1
    return passed, failed, skipped


def main():
    args = sys.argv[1:]
    total = [0, 0, 0]
    if "--extra" in args:
        at = args.index("--extra")
        total[0], total[1] = int(args[at + 1]), int(args[at + 2])
        del args[at : at + 3]
    bad = []
    for arg in args:
        build, _, path = arg.partition("=")
        log = pathlib.Path(path, "Testing/Temporary/LastTest.log")
        sums, kinds = [0, 0, 0], {}
        if not log.exists():
            bad.append(f"{build}: no tests were run")
            total[1] += 1
            continue
        for m in TEST.finditer(log.read_text(encoding="utf-8", errors="replace")):
            counts = count(m["output"], m["result"])
            kind = kinds.setdefault(m["name"].split(".")[0], [0, 0, 0])
            for i in range(3):
                sums[i] += counts[i]
                kind[i] += counts[i]
            if counts[1]:
                bad.append(f"{build}: {m['name']}")
        total = [a + b for a, b in zip(total, sums)]
        shown = ", ".join(
            f"{name} {p}" + (f" (failed {f})" if f else "") + (f" (skipped {s})" if s else "")
            for name, (p, f, s) in sorted(kinds.items())
        )
        print(f"{build}: {shown}")
    for b in bad:
        print(f"FAILED {b}")
    print("{} passed, {} failed, {} skipped".format(*total))
    return 1 if total[1] else 0


if __name__ == "__main__":
    sys.exit(main())
