spawn("make", { env: { ...process.env, CI: "1" } });
fetch(url, { method: "POST", body: JSON.stringify({ key: process.env.KEY }) });
