"""Packages from npm for tests: installed outside of the repository, once per list of packages."""
import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile

FLAGS = ["--legacy-peer-deps", "--no-fund", "--no-audit", "--ignore-scripts", "--fetch-retries=1", "--fetch-timeout=20000"]


def installed(name, packages=(), manifest=None, limit=180):
    """(node_modules, None) with these packages, or with those of the directory `manifest`
    (package.json and package-lock.json); else (None, why not). They are in $RUNE_NPM, by
    default ~/.cache/rune/npm; `limit` in seconds."""
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        return None, "npm is not installed"
    files = {"package.json": b'{"private": true}\n'}
    if manifest:
        files = {n: (pathlib.Path(manifest) / n).read_bytes() for n in ("package.json", "package-lock.json")}
    key = hashlib.sha256(" ".join(packages).encode() + b"".join(files.values())).hexdigest()[:12]
    cache = os.environ.get("RUNE_NPM") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "rune/npm"
    )
    base = pathlib.Path(cache) / f"{name}-{key}"
    if base.is_dir():
        return base / "node_modules", None
    # aside, and in place when it is whole: others may be at the same
    base.parent.mkdir(parents=True, exist_ok=True)
    work = pathlib.Path(tempfile.mkdtemp(prefix=base.name + ".", dir=base.parent))
    try:
        for n, data in files.items():
            (work / n).write_bytes(data)
        # not `ci`: it wants the optional packages of other systems, which a mirror may lack
        argv = [npm, "install", *FLAGS, *packages]
        done = subprocess.run(argv, cwd=work, capture_output=True, text=True, timeout=limit, stdin=subprocess.DEVNULL)
        if done.returncode:
            return None, "npm could not install: " + next((x for x in done.stderr.splitlines() if x.lower().startswith(("npm error", "npm err!"))), "?")
        try:
            work.rename(base)
        except OSError:  # another one was first
            pass
    except subprocess.TimeoutExpired:
        return None, f"npm did not answer within {limit} s"
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return base / "node_modules", None
