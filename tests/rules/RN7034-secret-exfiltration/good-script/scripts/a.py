import os, subprocess, requests
env = os.environ.copy()
subprocess.run(["make"], env={**os.environ, "CI": "1"})
requests.post("https://api.acme.dev", headers={"Authorization": os.environ["TOKEN"]})
requests.post(URL, json={"model": os.environ.get("MODEL")})
for k, v in os.environ.items():
    print(k)
