#!/usr/bin/env python3
"""fences.py [PATH...]: every code fence of the library through the real compiler or parser.

What a language is checked with is in CHECKS below. A fence that cannot stand alone says so by the
word `fragment` after its language and is only counted; a language that nothing here can check must
be one. `file=src/x.ts` gives a fence a name, so that fences of one recipe can import each other.

Compilers and parsers for TypeScript, SQL, CSS and so on come from npm, in the versions of
package-lock.json beside this script (tests/npm.py). A tool that is absent skips its fences: that is
said, and the test counts as skipped (exit 77), though all others were checked."""
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from library import files

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import npm  # noqa: E402

PATH = os.environ.get("PATH", "") + ":/usr/sbin"  # Debian's place for servers
PROSE = {"text", "markdown", "md", "console", "diff", "http", "csv", "gherkin", "gitignore", "ini", "mermaid"}
TS = {"typescript": "ts", "ts": "ts", "tsx": "tsx", "javascript": "js", "js": "js", "jsx": "jsx"}
TSCONFIG = {
    "compilerOptions": {
        "strict": True, "noEmit": True, "target": "es2023", "module": "esnext", "moduleResolution": "bundler",
        "lib": ["es2024", "dom", "dom.iterable", "esnext.disposable"], "jsx": "react-jsx", "skipLibCheck": True,
        "moduleDetection": "force", "allowJs": True, "checkJs": False, "esModuleInterop": True,
        "resolveJsonModule": True, "experimentalDecorators": True, "emitDecoratorMetadata": True, "allowImportingTsExtensions": True,
    },
    "include": ["**/*"],
}
NODE = {"json", "jsonc", "yaml", "yml", "sql", "css", "html", "dockerfile", "svg", "xml", "toml", "graphql", "prisma"}


class Result:
    def __init__(self):
        self.checked = collections.Counter()
        self.skipped = collections.Counter()
        self.problems = []

    def bad(self, fence, message, line=0):
        at = f"{fence.text.label}:{fence.first + 1 + max(line, 0)}"
        self.problems.append(f"{at}: {fence.language}: {message}")


def run(argv, **more):
    return subprocess.run(argv, capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL, **more)


def first_line_of(text, pattern):
    m = re.search(pattern, text)
    return int(m.group(1)) if m else 0


# react-native declares globals of its own (setTimeout) that are not Node's
APART = {"mobile"}


def check_typescript(result, fences, base, modules):
    """One program of all fences, but for packs that need one of their own; each fence is a
    module."""
    for apart in sorted(APART | {""}):
        mine = [f for f in fences if (f.text.path.parent.name if f.text.path.parent.name in APART else "") == apart]
        if mine:
            compile_typescript(result, mine, base / f"program-{apart}", modules)


def compile_typescript(result, fences, work, modules):
    place = {}
    for n, fence in enumerate(fences):
        part = re.sub(r"[^a-z0-9-]", "_", (fence.text.path.parent.name + "." + fence.part).lower())
        name = fence.file or f"L{fence.first + 1}.{TS[fence.language]}"
        path = work / "ts" / part / name
        if path in place:  # a second version of a named file
            path = work / "ts" / f"{part}.{n}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fence.code)
        place[path] = fence
    (work / "tsconfig.json").write_text(json.dumps(TSCONFIG))
    (work / "ts" / "assets.d.ts").write_text("declare module '*.css';\n")
    if not (work / "node_modules").exists():
        (work / "node_modules").symlink_to(modules)
    done = run(["node", modules / "typescript/bin/tsc", "-p", work / "tsconfig.json", "--pretty", "false"], cwd=work)
    for line in done.stdout.splitlines():
        m = re.match(r"(\S[^(]*)\((\d+),\d+\): error (.*)$", line)
        if m:
            fence = place.get(work / m.group(1))
            if fence:
                result.bad(fence, m.group(3), int(m.group(2)))
            else:
                result.problems.append(line)
        elif re.match(r"error", line):
            result.problems.append(line)
    if done.returncode and not result.problems:
        result.problems.append("tsc: " + done.stdout[-300:] + done.stderr[-300:])


def check_node(result, fences, modules, work):
    asked = work / "fences.json"
    asked.write_text(json.dumps([{"language": f.language, "words": f.words, "code": f.code} for f in fences]))
    done = run(["node", HERE / "parse.mjs", asked], env=dict(os.environ, RUNE_MODULES=str(modules)))
    if done.returncode:
        result.problems.append("parse.mjs: " + done.stderr[-2000:])
        return
    for fence, errors in zip(fences, json.loads(done.stdout)):
        for e in errors:
            result.bad(fence, e["message"], e.get("line", 0))


def check_bash(fence, work):
    path = work / f"{abs(hash(fence.where))}.sh"
    path.write_text(fence.code)
    # a fence is a piece of a session: no shebang, variables come from the text around it
    done = run(["shellcheck", "-s", "bash", "-f", "json", "-e", "SC2154,SC2034,SC1091", path])
    return [(f"SC{x['code']} {x['message']}", x["line"]) for x in json.loads(done.stdout or "[]")]


def check_python(fence, work):
    try:
        compile(fence.code, fence.where, "exec")
    except SyntaxError as e:
        return [(str(e), e.lineno or 0)]
    if not shutil.which("pyflakes3") and not shutil.which("pyflakes"):
        return []
    path = work / f"{abs(hash(fence.where))}.py"
    path.write_text(fence.code)
    done = run([shutil.which("pyflakes3") or "pyflakes", path])
    return [(line.split(":", 3)[-1].strip(), first_line_of(line, r"\.py:(\d+)")) for line in done.stdout.splitlines()]


def check_glsl(fence, work):
    stage = next((w for w in fence.words if w in ("vert", "frag", "comp")), "")
    if not stage:
        return [("the word after the language must name the stage: vert, frag or comp", 0)]
    path = work / f"{abs(hash(fence.where))}.{stage}"
    path.write_text(fence.code)
    done = run(["glslangValidator", path])
    return [(line, first_line_of(line, r":(\d+):")) for line in done.stdout.splitlines() if line.startswith("ERROR: ") and done.returncode]


def check_nginx(fence, work):
    """A fence holds what stands in http {}, or a whole configuration."""
    path = work / f"{abs(hash(fence.where))}.conf"
    code = fence.code
    base = f"pid {work}/nginx.pid;\nerror_log {work}/error.log;\n"
    if not re.search(r"^\s*http\s*\{", code, re.M):
        code = "events {}\nhttp {\naccess_log off;\n" + code + "}\n"
    # certificates and hosts of the example exist on no other machine
    cert, key = certificate(work)
    code = re.sub(r"(ssl_certificate|ssl_trusted_certificate)\s+\S+;", rf"\1 {cert};", code)
    code = re.sub(r"ssl_certificate_key\s+\S+;", f"ssl_certificate_key {key};", code)
    code = re.sub(r"(access_log|error_log)\s+/\S+", rf"\1 {work}/some.log", code)
    code = re.sub(r"^user\s.*$", "", code, flags=re.M)
    code = re.sub(r"^(pid)\s.*$", "", code, flags=re.M)
    path.write_text(base + code)
    done = run([shutil.which("nginx", path=PATH), "-t", "-q", "-c", path, "-p", work])
    return [(line, 0) for line in done.stderr.splitlines() if "[emerg]" in line]


def certificate(work):
    cert, key = work / "cert.pem", work / "key.pem"
    if not cert.exists():
        run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=example.com", "-keyout", key, "-out", cert])
    return cert, key


# language: (program that it needs, check of one fence)
CHECKS = {
    "bash": ("shellcheck", check_bash),
    "sh": ("shellcheck", check_bash),
    "python": ("python3", check_python),
    "glsl": ("glslangValidator", check_glsl),
    "nginx": ("nginx", check_nginx),
}


def main():
    result, texts = Result(), files(sys.argv[1:])
    todo = [f for t in texts for f in t.fences if not f.is_fragment and f.language not in PROSE]
    fragments = sum(f.is_fragment for t in texts for f in t.fences)
    groups = collections.defaultdict(list)
    for fence in todo:
        groups["ts" if fence.language in TS else "node" if fence.language in NODE else fence.language].append(fence)
    with tempfile.TemporaryDirectory(prefix="rune-fences-") as tmp:
        work = pathlib.Path(tmp).resolve()
        modules, why = npm.installed("library", manifest=HERE, limit=900)
        for kind in ("ts", "node"):
            if groups[kind] and not modules:
                result.skipped[f"{kind} ({why})"] = len(groups[kind])
            elif groups[kind]:
                result.checked.update(f.language for f in groups[kind])
                if kind == "ts":
                    check_typescript(result, groups[kind], work, modules)
                else:
                    check_node(result, groups[kind], modules, work)
        for language, fences in groups.items():
            if language in ("ts", "node"):
                continue
            if language not in CHECKS:
                for fence in fences:
                    result.bad(fence, "nothing here checks this language: mark the fence as a fragment")
                continue
            program, check = CHECKS[language]
            if not shutil.which(program, path=PATH):
                result.skipped[f"{language} (no {program})"] = len(fences)
                continue
            result.checked[language] = len(fences)
            with concurrent.futures.ThreadPoolExecutor() as pool:
                for fence, found in zip(fences, pool.map(lambda f: check(f, work), fences)):
                    for message, line in found:
                        result.bad(fence, message, line)
    for problem in result.problems:
        print(problem)
    counts = ", ".join(f"{n} {language}" for language, n in sorted(result.checked.items()))
    print(f"fences: {counts or 'none'} checked; {fragments} fragments; {len(result.problems)} problems")
    for what, n in result.skipped.items():
        print(f"fences: {n} not checked: {what}")
    if result.problems:
        return 1
    return 77 if result.skipped else 0


if __name__ == "__main__":
    sys.exit(main())
