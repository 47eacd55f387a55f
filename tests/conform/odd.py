"""odd.py: skills that clients stumble over, as files. Each case is a directory below skills/ and
what its SKILL.md holds; the directory is the declared name unless the case is about that."""

BODY = "\n# Deploy\n\n1. Run `make ship`.\n"
GOOD = 'description: "Ships the app. Use when asked to deploy."\n'
LONG_WORDS = "Ships the app when asked. "


def head(name, *lines, description=GOOD):
    return f"---\nname: {name}\n{description}{''.join(lines)}---\n{BODY}"


def described(name, text):
    return head(name, description=f"description: {text}\n")


def cases():
    """directory -> text, bytes, or a dict of such by path; sorted by what is odd about them."""
    return {
        "plain": head("plain"),
        # keys
        "key-model": head("key-model", "model: opus\n"),
        "key-several": head("key-several", "model: opus\ncontext: fork\nagent: general\nfoo: bar\n"),
        "key-misspelt": head("key-misspelt", "licence: MIT\n"),
        "key-case": head("key-case", "License: MIT\n"),
        "key-twice": head("key-twice", GOOD),
        "key-version": head("key-version", "version: 1.0.0\n"),
        "key-tools-list": head("key-tools-list", "allowed-tools: [Read, Grep]\n"),
        "key-tools-commas": head("key-tools-commas", "allowed-tools: Read, Grep\n"),
        "key-tools-map": head("key-tools-map", "allowed-tools:\n  Read: true\n"),
        "key-tools-empty": head("key-tools-empty", "allowed-tools:\n"),
        "key-license-number": head("key-license-number", "license: 2\n"),
        "key-license-map": head("key-license-map", "license:\n  name: MIT\n"),
        "key-compatibility-long": head("key-compatibility-long", f'compatibility: "{LONG_WORDS * 22}"\n'),
        "key-compatibility-list": head("key-compatibility-list", "compatibility: [git]\n"),
        "key-compatibility-empty": head("key-compatibility-empty", 'compatibility: ""\n'),
        "key-flags": head("key-flags", "disable-model-invocation: maybe\nuser-invocable: 3\n"),
        "key-hooks": head("key-hooks", "hooks: yes\n"),
        "key-number": head("key-number", "1: one\n"),
        # metadata
        "metadata-number": head("metadata-number", "metadata:\n  n: 1.10\n"),
        "metadata-bool": head("metadata-bool", "metadata:\n  b: true\n"),
        "metadata-null": head("metadata-null", "metadata:\n  b: null\n"),
        "metadata-nothing": head("metadata-nothing", "metadata:\n  b:\n"),
        "metadata-date": head("metadata-date", "metadata:\n  d: 2026-11-23\n"),
        "metadata-list": head("metadata-list", "metadata:\n  l: [a, b]\n"),
        "metadata-map": head("metadata-map", "metadata:\n  m:\n    a: b\n"),
        "metadata-text": head("metadata-text", "metadata: text\n"),
        "metadata-sequence": head("metadata-sequence", "metadata: [a]\n"),
        "metadata-empty": head("metadata-empty", "metadata:\n"),
        "metadata-hex": head("metadata-hex", "metadata:\n  h: 0x1F\n  o: 0o17\n"),
        "metadata-inf": head("metadata-inf", "metadata:\n  i: .inf\n  n: .nan\n"),
        "metadata-exponent": head("metadata-exponent", "metadata:\n  e: 1e3\n  u: 1_000\n"),
        "metadata-tilde": head("metadata-tilde", "metadata:\n  t: ~\n"),
        "metadata-time": head("metadata-time", "metadata:\n  t: 2026-11-23T10:00:00Z\n"),
        # names
        "name-other": head("name-differs"),
        "Name-Upper": head("Name-Upper"),
        "name.dots": head("name.dots"),
        "name--double": head("name--double"),
        "name-end-": head("name-end-"),
        "-name-start": head('"-name-start"'),
        "name space": head("name space"),
        "name_under": head("name_under"),
        "name-" + "x" * 60: head("name-" + "x" * 60),
        "name-colon": head("ns:name-colon"),
        "123": head("123"),
        "true": head("true"),
        "null": head("null"),
        "name-list": head("[name-list]"),
        "name-missing": f"---\n{GOOD}---\n{BODY}",
        "name-empty": head('""'),
        "name-nothing": f"---\nname:\n{GOOD}---\n{BODY}",
        "name-blank": head('"  "'),
        "name-umlaut-ü": head("name-umlaut-ü"),
        "claude-helper": head("claude-helper"),
        "name-slash": head("name/slash"),
        "name-emoji": head("name-😀"),
        # descriptions
        "description-missing": f"---\nname: description-missing\n---\n{BODY}",
        "description-empty": described("description-empty", '""'),
        "description-nothing": described("description-nothing", ""),
        "description-blank": described("description-blank", '"   "'),
        "description-long": described("description-long", f'"{LONG_WORDS * 41}"'),
        "description-longer": described("description-longer", f'"{LONG_WORDS * 80}"'),
        "description-colon": described("description-colon", "Ships the app: staging first"),
        "description-hash": described("description-hash", "Ships the app # and more. Use when asked"),
        "description-both": described("description-both", "Ships a: b # c"),
        "description-number": described("description-number", "42"),
        "description-bool": described("description-bool", "yes"),
        "description-true": described("description-true", "true"),
        "description-date": described("description-date", "2026-11-23"),
        "description-list": described("description-list", "\n  - Ships the app."),
        "description-map": described("description-map", "\n  text: Ships the app."),
        "description-folded": described("description-folded", ">\n  Ships the app.\n  Use when asked."),
        "description-literal": described("description-literal", "|\n  Ships the app.\n  Use when asked."),
        "description-lines": described("description-lines", "Ships the app.\n  Use when asked."),
        "description-tags": described("description-tags", '"Fills <template> files. Use when asked."'),
        "description-quote": described("description-quote", '"Ships the app.'),
        "description-apostrophe": described("description-apostrophe", "'Ships the app's parts'"),
        "description-star": described("description-star", "*Ships* the app"),
        "description-at": described("description-at", "@ships the app"),
        "description-backtick": described("description-backtick", "`ship` the app"),
        "description-percent": described("description-percent", "%ship the app"),
        "description-bracket": described("description-bracket", "[Ships] the app"),
        "description-brace": described("description-brace", "{ships} the app"),
        "description-bang": described("description-bang", "!ships the app"),
        "description-question": described("description-question", "? ships the app"),
        "description-dash": described("description-dash", "- ships the app"),
        # YAML
        "yaml-tab": "---\nname: yaml-tab\n" + GOOD + "metadata:\n\tn: x\n---\n" + BODY,
        "yaml-anchor": described("yaml-anchor", "&a Ships the app"),
        "yaml-tag": described("yaml-tag", "!!str Ships the app"),
        "yaml-alias": head("yaml-alias", "license: &l MIT\ncompatibility: *l\n"),
        "yaml-merge": head("yaml-merge", "metadata:\n  <<: {a: b}\n"),
        "yaml-indent": "---\n  name: yaml-indent\n  " + GOOD + "---\n" + BODY,
        "yaml-indent-bad": "---\nname: yaml-indent-bad\n  " + GOOD + "---\n" + BODY,
        "yaml-list": "---\n- name: yaml-list\n---\n" + BODY,
        "yaml-text": "---\njust some text\n---\n" + BODY,
        "yaml-two": "---\nname: yaml-two\n" + GOOD + "--- \nlicense: MIT\n---\n" + BODY,
        "yaml-dots": "---\nname: yaml-dots\n" + GOOD + "...\n" + BODY,
        "yaml-directive": "---\n%YAML 1.2\nname: yaml-directive\n" + GOOD + "---\n" + BODY,
        "yaml-control": "---\nname: yaml-control\ndescription: \"Ships \x07 the app\"\n---\n" + BODY,
        "yaml-json": '---\n{"name": "yaml-json", "description": "Ships the app."}\n---\n' + BODY,
        # the block itself
        "block-missing": BODY.lstrip(),
        "block-empty": "---\n---\n" + BODY,
        "block-blank": "---\n\n---\n" + BODY,
        "block-comment": "---\n# nothing\n---\n" + BODY,
        "block-unclosed": "---\nname: block-unclosed\n" + GOOD + BODY,
        "block-late": "\n" + head("block-late"),
        "block-space": " " + head("block-space"),
        "block-four": "-" + head("block-four"),
        "block-trailing": head("block-trailing").replace("---\n", "---  \n"),
        "block-toml": '+++\nname = "block-toml"\ndescription = "Ships the app."\n+++\n' + BODY,
        "block-twice": head("block-twice").replace(BODY, "\n---\n---\n" + BODY),
        "block-only": f"---\nname: block-only\n{GOOD}---\n",
        "block-end": f"---\nname: block-end\n{GOOD}---",
        # bytes
        "bytes-bom": b"\xef\xbb\xbf" + head("bytes-bom").encode(),
        "bytes-crlf": head("bytes-crlf").replace("\n", "\r\n").encode(),
        "bytes-cr": head("bytes-cr").replace("\n", "\r").encode(),
        "bytes-latin1": head("bytes-latin1").replace("Ships", "Pr\xfcft").encode("latin-1"),
        "bytes-body-latin1": head("bytes-body-latin1").encode() + b"caf\xe9\n",
        "bytes-nul": head("bytes-nul").encode() + b"\0\n",
        "bytes-nul-head": head("bytes-nul-head").replace("Ships", "Ships\0").encode(),
        "bytes-utf16": head("bytes-utf16").encode("utf-16"),
        "bytes-empty": "",
        "bytes-big": head("bytes-big") + "A line of a text that is much too long.\n" * 8000,
        # places
        "place-lower": {"skill.md": head("place-lower")},
        "place-flat.md": head("place-flat"),
        "place-group": {"nested/SKILL.md": head("nested")},
        "place-mixed": {"Skill.md": head("place-mixed")},
        "place-readme": {"README.md": head("place-readme")},
    }


def write(base):
    """The cases below base/skills; their number."""
    all_cases = cases()
    for name, content in all_cases.items():
        if name.endswith(".md"):
            files = {name: content}
        elif isinstance(content, dict):
            files = {f"{name}/{rel}": text for rel, text in content.items()}
        else:
            files = {f"{name}/SKILL.md": content}
        for rel, data in files.items():
            path = base / "skills" / rel
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return len(all_cases)
