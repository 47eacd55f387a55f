"""What the checks of the library share: its files, read."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^( *)(`{3,}|~{3,})\s*(.*)$")


class Text:
    """A Markdown file: frontmatter, lines of the body, and which of them are in a fence."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.raw = self.path.read_text(encoding="utf-8")
        self.lines = self.raw.split("\n")
        self.body = 0  # index of the first line after the frontmatter
        if self.lines[0] == "---" and "---" in self.lines[1:]:
            self.body = self.lines.index("---", 1) + 1
        self.fences = list(self._fences())
        self.fenced = {i for f in self.fences for i in range(f.first, f.last + 1)}

    @property
    def label(self):
        try:
            return self.path.resolve().relative_to(ROOT).as_posix()
        except ValueError:
            return self.path.as_posix()

    def field(self, name):
        """A value of the frontmatter that stands on one line, wherever it is nested; "" if absent."""
        for line in self.lines[1 : self.body]:
            m = re.match(rf"\s*{re.escape(name)}:\s+(.*)$", line)
            if m:
                return m.group(1).strip().strip("\"'")
        return ""

    def listed(self, name):
        return [x for x in re.split(r"[,\s]+", self.field(name)) if x]

    def _fences(self):
        i, part = self.body, ""
        while i < len(self.lines):
            heading = re.match(r"### (\S.*?)\s*$", self.lines[i])
            part = heading.group(1) if heading else part
            m = FENCE.match(self.lines[i])
            if not m:
                i += 1
                continue
            indent, mark, info = m.groups()
            end = i + 1
            while end < len(self.lines) and not re.match(rf" *{re.escape(mark[0])}{{{len(mark)},}}\s*$", self.lines[end]):
                end += 1
            yield Fence(self, i, end, info.split(), len(indent), part)
            i = end + 1

    def sections(self, level=2):
        """[(title, [lines outside of fences])]; one ends at the next heading of its level or above"""
        found, inside = [], False
        for i in range(self.body, len(self.lines)):
            if i in self.fenced:
                continue
            line = self.lines[i]
            heading = re.match(r"(#{1,6}) (.*?)\s*$", line)
            if heading and len(heading.group(1)) <= level:
                inside = len(heading.group(1)) == level
                if inside:
                    found.append((heading.group(2), []))
            elif inside:
                found[-1][1].append(line)
        return found

    def section(self, title, level=2):
        return next((lines for name, lines in self.sections(level) if name == title), [])


class Fence:
    def __init__(self, text, first, last, info, indent, part):
        self.text, self.first, self.last, self.part = text, first, last, part
        self.language = info[0] if info else ""
        self.words = info[1:]
        inside = text.lines[first + 1 : last]
        self.code = "\n".join(x[min(indent, len(x) - len(x.lstrip(" "))) :] for x in inside) + "\n"

    @property
    def is_fragment(self):
        return "fragment" in self.words

    @property
    def file(self):
        return next((w[5:] for w in self.words if w.startswith("file=")), "")

    @property
    def where(self):
        return f"{self.text.label}:{self.first + 1}"


def files(arguments=()):
    """The texts of the library, or those under the paths."""
    roots = [pathlib.Path(a) for a in arguments] or [ROOT / "skills", ROOT / "extensions"]
    found = []
    for root in roots:
        found += [root] if root.is_file() else sorted(root.rglob("*.md"))
    return [Text(p) for p in found]
