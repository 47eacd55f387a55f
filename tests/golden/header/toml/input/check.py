"""What Codex and Gemini CLI read back is what was written in Markdown."""
import tomllib

role = tomllib.load(open(".codex/agents/rune-pilot.toml", "rb"))
body = open("src/agents/pilot.md", encoding="utf-8", newline="").read().split("---\n", 2)[2]
assert role["description"] == 'Says "go", C:\\new, a tab and Ä \u2028 end.', role["description"]
assert role["name"] == "rune-pilot" and role["model_reasoning_effort"] == "high"
assert role["developer_instructions"] == body.strip("\n") + "\n", role["developer_instructions"]
command = tomllib.load(open(".gemini/commands/rune.toml", "rb"))
assert command["prompt"].startswith('"{{args}}" \\"\n'), command["prompt"]
assert set(command) == {"description", "prompt"}
