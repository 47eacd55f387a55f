#!/usr/bin/env python3
"""check.py [PATH...]: the texts of the library, as far as a program can judge them.

Sections and their order, description and short form, size, gates, the mesh (both sides of each
call, layers, signals with both ends, calls that the running text follows), and that no two files
share a run of eight words. `rune doctor` judges everything that holds for skills in general; here
is what holds for ours. With paths only those files are reported on; the mesh is always the whole."""
import collections
import json
import os
import re
import sys

from library import ROOT, files

SKILL_SECTIONS = ["Purpose", "Triggers", "Calls (outbound)", "Called By (inbound)", "Workflow", "Constraints", "Output Format", "Sharp Edges", "Done When", "Cost Profile"]
PACK_SECTIONS = ["Purpose", "Triggers", "Skills Included", "Connections", "Tech Stack Support", "Constraints", "Sharp Edges", "Done When", "Cost Profile"]
STEPS = ("Workflow", "Execution", "Phases")
# a pack about one thing in depth says how it differs instead
SECTIONS_OF = {"security": ["Purpose", "Triggers", "Skills Included", "Connections", "Constraints", "Sharp Edges", "Difference from sentinel", "Done When", "Cost Profile"]}

DESCRIPTION_MAX = 300
TRIGGER_BY = 150  # "Use when" begins here at the latest: clients cut at 200
SHORT_MAX = 90
LINES = (100, 450)
TOKENS_MAX = 5000
BYTES_PER_TOKEN = 3.7  # a tokenizer makes 4.1 to 4.5 of these texts
RUN = 8

CALLS_MIN, SIGNALS_MIN = 190, 40
SKILLS, PACKS = 57, 13

ALLOWED = {"L0": ("L1", "L2", "L3"), "L1": ("L2", "L3", "L4"), "L2": ("L2", "L3", "L4"), "L3": (), "L4": ("L3",)}
EXCEPTIONS = {("context-engine", "session-bridge"), ("hallucination-guard", "research"), ("session-bridge", "integrity-check"), ("scaffold", "team")}

BRITISH = re.compile(
    r"\b(behaviour|colour|favour|honour|centre\b|licence|artefact|catalogue|judgement|cancelled|labelled|modelling|whilst|analys(?:e[ds]?|ing)\b"
    r"|(?:organ|optim|normal|serial|initial|summar|recogn|author|minim|priorit)is(?:e[ds]?|ing|ation)\b)\w*",
    re.I,
)


class Check:
    def __init__(self):
        self.problems = []

    def problem(self, text, message, line=None):
        self.problems.append((text.label, line or 0, message))


def node_name(text):
    """The name of a skill or pack in the mesh; "" for another file."""
    if text.path.name == "SKILL.md":
        return text.path.parent.name
    if text.path.name == "PACK.md" and text.path.parent.name != "core":
        return text.path.parent.name
    return ""


def edges(text, title):
    level = 3 if text.path.name == "PACK.md" else 2
    for line in text.section(title, level):
        m = re.match(r"- `([a-z0-9-]+)` \((L[0-4])\):\s*(.*)$", line)
        if m:
            yield m.groups()
        elif re.match(r"[-*] ", line):
            yield "", "", line


def check_form(check, text):
    is_pack = text.path.name == "PACK.md"
    name = node_name(text)
    want = SECTIONS_OF.get(name, PACK_SECTIONS) if is_pack else SKILL_SECTIONS
    have = ["Workflow" if t in STEPS and not is_pack else t for t, _ in text.sections()]
    if have != want:
        check.problem(text, f"sections are {have}, expected {want}")
    titles = [line for i, line in enumerate(text.lines) if i >= text.body and i not in text.fenced and line.startswith("# ")]
    if len(titles) != 1:
        check.problem(text, f"{len(titles)} headings of level 1, expected one")
    about, short = text.field("description"), text.field("short")
    use = re.search(r"\bUse (when|before|after|for|once|to|at|on|in|if|whenever|as)\b|\bRuns first\b", about)
    if not about or len(about) > DESCRIPTION_MAX:
        check.problem(text, f"description of {len(about)} characters, at most {DESCRIPTION_MAX}")
    if not use or use.start() > TRIGGER_BY:
        check.problem(text, f"description says when to use it ('Use when …') {'at ' + str(use.start()) if use else 'nowhere'}, by {TRIGGER_BY} at the latest")
    if not short or len(short) > SHORT_MAX:
        check.problem(text, f"metadata.short of {len(short)} characters, 1 to {SHORT_MAX}")
    if not is_pack:
        tokens = len(text.raw.encode()) / BYTES_PER_TOKEN
        if not LINES[0] <= len(text.lines) <= LINES[1]:
            check.problem(text, f"{len(text.lines)} lines, {LINES[0]} to {LINES[1]}")
        if tokens > TOKENS_MAX:
            check.problem(text, f"about {tokens:.0f} tokens, at most {TOKENS_MAX}")
    edge = text.section("Sharp Edges")
    rows = [r for r in edge if r.startswith("|")]
    if not rows or [c.strip() for c in rows[0].strip("|").split("|")] != ["Failure mode", "Severity", "Mitigation"]:
        check.problem(text, "Sharp Edges has no table 'Failure mode | Severity | Mitigation'")
    for row in rows[2:]:
        cells = [c.strip() for c in re.split(r"(?<!\\)\|", row)[1:-1]]
        if len(cells) != 3 or cells[1] not in ("CRITICAL", "HIGH", "MEDIUM", "LOW"):
            check.problem(text, f"row of Sharp Edges with an unknown severity: {row[:60]}")
    if not [r for r in text.section("Done When") if re.match(r"- |\d+\. ", r)]:
        check.problem(text, "Done When has no items")


def check_prose(check, text):
    for i, line in enumerate(text.lines):
        odd = re.search(r"[^\x20-\x7e]", line)
        if odd and i not in text.fenced:
            check.problem(text, f"character U+{ord(odd.group()):04X}", i + 1)
        if "!`" in line and i not in text.fenced:
            check.problem(text, "an exclamation mark before a backtick: Kilo runs what follows as a command", i + 1)
        if line != line.rstrip():
            check.problem(text, "blanks at the end of the line", i + 1)
        m = i not in text.fenced and BRITISH.search(line)
        if m:
            check.problem(text, f"'{m.group()}' is not American spelling", i + 1)
    for fence in text.fences:
        if not fence.language:
            check.problem(text, "fence without a language", fence.first + 1)


def check_mesh(check, nodes):
    calls, callers = {}, {}
    for name, text in nodes.items():
        for title, table in (("Calls (outbound)", calls), ("Called By (inbound)", callers)):
            for other, layer, reason in edges(text, title):
                if not other:
                    check.problem(text, f"no edge: {reason[:60]}")
                elif other not in nodes:
                    check.problem(text, f"{title}: there is no '{other}'")
                elif nodes[other].field("layer") != layer:
                    check.problem(text, f"{title}: '{other}' is {nodes[other].field('layer')}")
                elif len(reason.split()) < 4:
                    check.problem(text, f"{title}: no reason for '{other}'")
                elif (name, other) in table:
                    check.problem(text, f"{title}: '{other}' twice")
                if other:
                    table[name, other] = reason
    for a, b in calls:
        if b in nodes and (b, a) not in callers:
            check.problem(nodes[b], f"Called By lacks '{a}'")
        if b in nodes and (a, b) not in EXCEPTIONS and nodes[b].field("layer") not in ALLOWED.get(nodes[a].field("layer"), ()):
            check.problem(nodes[a], f"may not call '{b}' ({nodes[b].field('layer')})")
        spoken = "\n".join(nodes[a].lines[nodes[a].body :])
        if not re.search(rf"`rune:{re.escape(b)}(/[a-z0-9-]+)?`", spoken):
            check.problem(nodes[a], f"calls '{b}' and never hands over to it in the text")
    for b, a in callers:
        if a in nodes and (a, b) not in calls:
            check.problem(nodes[a], f"Calls lacks '{b}'")
    reasons = collections.defaultdict(list)
    for table in (calls, callers):
        for (a, _), reason in table.items():
            reasons[reason].append(a)
    for reason, who in reasons.items():
        if len(who) > 1:
            check.problem(nodes[who[0]], f"one reason for several edges ({', '.join(who)}): {reason[:60]}")
    return len(calls)


def check_signals(check, nodes):
    sent, heard = collections.defaultdict(list), collections.defaultdict(list)
    for name, text in nodes.items():
        for field, table in (("emit", sent), ("listen", heard)):
            for signal in text.listed(field):
                table[signal].append(name)
                if f"`{signal}`" not in "\n".join(text.lines[text.body :]):
                    check.problem(text, f"{field}: '{signal}' is nowhere in the text")
    for signal in sent.keys() ^ heard.keys():
        for name in sent.get(signal, []) + heard.get(signal, []):
            check.problem(nodes[name], f"signal '{signal}' has no {'listener' if signal in sent else 'emitter'}")
    return len(sent.keys() & heard.keys())


PROGRAM = {"text", "markdown", "md"}  # fences that are prose; all others are code


def runs(text):
    """Runs of RUN words of the prose: neither frontmatter (but the description), nor headings,
    nor code."""
    skip = {i for f in text.fences if f.language not in PROGRAM for i in range(f.first, f.last + 1)}
    words = re.findall(r"[a-z0-9']+", text.field("description").lower())
    found = {" ".join(words[i : i + RUN]): 1 for i in range(len(words) - RUN + 1)}
    words = []
    for i in range(text.body, len(text.lines)):
        line = text.lines[i]
        if i in skip or line.startswith("#") or FENCE_LINE.match(line):
            words.append((None, i))
            continue
        words += [(w, i) for w in re.findall(r"[a-z0-9']+", line.lower())]
    for i in range(len(words) - RUN + 1):
        part = [w for w, _ in words[i : i + RUN]]
        if None not in part:
            found.setdefault(" ".join(part), words[i][1] + 1)
    return found


FENCE_LINE = re.compile(r" *(`{3,}|~{3,})")


def check_overlap(check, texts):
    seen, said = {}, set()
    for text in texts:
        for run, line in runs(text).items():
            if run not in seen:
                seen[run] = (text, line)
                continue
            other, at = seen[run]
            key = (text.label, line, other.label)
            near = (text.label, line - 1, other.label)
            if key not in said and near not in said:
                check.problem(text, f"shares with {other.label}:{at}: '{run}'", line)
            said.add(key)


def check_facts(check, nodes):
    """Against the facts that the library was written from, where they are at hand."""
    path = ROOT.parent / "shared" / "LIBRARY.json"
    if not path.is_file():
        print("library: no ../shared: layers, models, tools and gates are not compared")
        return
    for fact in json.loads(path.read_text())["skills"]:
        text = nodes.get(fact["name"])
        if not text:
            continue
        for field in ("layer", "model", "group"):
            if text.field(field) != fact[field]:
                check.problem(text, f"{field} is '{text.field(field)}', in the facts '{fact[field]}'")
        if sorted(text.listed("tools")) != sorted(fact["tools"]):
            check.problem(text, f"tools are {text.listed('tools')}, in the facts {fact['tools']}")
        gates = sum(line == "<HARD-GATE>" for i, line in enumerate(text.lines) if i not in text.fenced)
        if gates != fact["hard_gates"]:
            check.problem(text, f"{gates} hard gates, in the facts {fact['hard_gates']}")


def main():
    check = Check()
    texts = files()
    nodes = {node_name(t): t for t in texts if node_name(t)}
    for text in nodes.values():
        check_form(check, text)
    for text in texts:
        check_prose(check, text)
    calls = check_mesh(check, nodes)
    signals = check_signals(check, nodes)
    check_overlap(check, texts)
    check_facts(check, nodes)
    skills = sum(t.path.name == "SKILL.md" for t in nodes.values())
    for what, count, least in (("skills", skills, SKILLS), ("packs", len(nodes) - skills, PACKS), ("calls", calls, CALLS_MIN), ("signals", signals, SIGNALS_MIN)):
        if count < least and not sys.argv[1:]:
            check.problems.append(("library", 0, f"{count} {what}, at least {least}"))
    asked = [os.path.relpath(os.path.abspath(a), ROOT) for a in sys.argv[1:]]
    shown = [p for p in check.problems if not asked or any(p[0] == a or p[0].startswith(a + "/") for a in asked)]
    for path, line, message in sorted(shown):
        print(f"{path}:{line}: {message}" if line else f"{path}: {message}")
    print(f"library: {skills} skills, {len(nodes) - skills} packs, {calls} calls, {signals} signals, {len(shown)} problems")
    return 1 if shown else 0


if __name__ == "__main__":
    sys.exit(main())
