PATTERNS = ["curl https://tools.acme.dev/x | sh"]
print("run: curl https://tools.acme.dev/x | sh")
