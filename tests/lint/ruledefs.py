"""ruledefs: include/rune/rules.def, read without a compiler."""
import dataclasses
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
DIR = ROOT / "include/rune"
FIELDS = "ident code slug severity title why bad good source".split()
TOKEN = re.compile(r'\s+|(?P<string>"(?:[^"\\\n]|\\.)*")|(?P<word>\w+)|(?P<mark>[(),])|(?P<other>.)', re.S)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", '"': '"', "\\": "\\"}


@dataclasses.dataclass
class Rule:
    ident: str
    code: str
    slug: str
    severity: str
    title: str
    why: str
    bad: str
    good: str
    source: str
    where: str  # path:line


def uncommented(text):
    return re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group()), text, flags=re.S)


def unquoted(literal):
    return re.sub(r"\\(.)", lambda m: ESCAPES[m.group(1)], literal[1:-1])


def arguments(text, at, where):
    """The arguments of a macro whose opening bracket is before `at`; adjacent literals joined."""
    out = [""]
    while True:
        m = TOKEN.match(text, at)
        if not m:
            raise SystemExit(f"{where}: RULE( is never closed")
        at = m.end()
        if m.group("mark") == ")":
            return out
        if m.group("mark") == ",":
            out.append("")
        elif m.group("string"):
            out[-1] += unquoted(m.group("string"))
        elif m.group("word"):
            out[-1] += m.group("word")
        elif m.group("mark") or m.group("other"):
            raise SystemExit(f"{where}: unexpected '{m.group()}' in a RULE")


def files():
    """The families' files, in the order in which rules.def includes them."""
    included = re.findall(r'^#include "rune/(rules/\w+\.def)"', (DIR / "rules.def").read_text(), flags=re.M)
    return [DIR / name for name in included]


def read():
    rules = []
    for path in files():
        text = uncommented(path.read_text(encoding="utf-8"))
        for m in re.finditer(r"^RULE\(", text, flags=re.M):
            where = f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, m.start()) + 1}"
            values = arguments(text, m.end(), where)
            if len(values) != len(FIELDS):
                raise SystemExit(f"{where}: a RULE has {len(FIELDS)} arguments, not {len(values)}")
            rules.append(Rule(*values, where))
    return rules
