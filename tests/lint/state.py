#!/usr/bin/env python3
"""state.py ARCHIVE: no mutable file-scope state. Every object in a writable section of
librune.a is one. (Data that is const but needs relocation is in .data.rel.ro: fine.)
Meaningful for builds without instrumentation."""
import re
import subprocess
import sys


def main():
    dump = subprocess.run(["objdump", "-t", sys.argv[1]], check=True, capture_output=True, text=True)
    member, problems, objects = "?", 0, 0
    for line in dump.stdout.splitlines():
        m = re.match(r"(\S+):\s+file format", line)
        if m:
            member = m.group(1)
            continue
        # value flags section size name
        m = re.match(r"[0-9a-f]+ .{6}O (\S+)\s+([0-9a-f]+)\s+(?:\.hidden )?(\S+)", line)
        if not m:
            continue
        section, size, name = m.groups()
        objects += 1
        if re.match(r"\.(data|bss|tdata|tbss)(\.|$)|\*COM\*", section) and not section.startswith(".data.rel.ro"):
            print(f"{member}: '{name}' ({int(size, 16)} bytes in {section}) can change: pass it, or make it const")
            problems += 1
    print(f"state: {objects} objects, {problems} problems")
    return 1 if problems or not objects else 0


if __name__ == "__main__":
    sys.exit(main())
