/* security_host.c - whom the address in a command belongs to. */
#include "rules/security.h"

/* ---- those that are known ------------------------------------------------------------------ */

/* Where programs that many use are installed from, by their makers' own words. */
static const struct {
	const char *host, *path; /* the path begins with it */
} installers[] = {
	{ "aka.ms", "/" },
	{ "app.factory.ai", "/cli" },
	{ "aspire.dev", "/install" },
	{ "astral.sh", "/" },
	{ "atuin.sh", "/" },
	{ "awscli.amazonaws.com", "/" },
	{ "bootstrap.pypa.io", "/" },
	{ "bun.com", "/install" },
	{ "bun.sh", "/install" },
	{ "chocolatey.org", "/install.ps1" },
	{ "claude.ai", "/install" },
	{ "cli.doppler.com", "/" },
	{ "cli.github.com", "/" },
	{ "cli.kiro.dev", "/install" },
	{ "code.claude.com", "/" },
	{ "community.chocolatey.org", "/install.ps1" },
	{ "cursor.com", "/install" },
	{ "deb.nodesource.com", "/" },
	{ "deno.land", "/" },
	{ "dl.google.com", "/" },
	{ "dot.net", "/v1/" },
	{ "downloads.claude.ai", "/" },
	{ "fluxcd.io", "/install.sh" },
	{ "fly.io", "/install.sh" },
	{ "fnm.vercel.app", "/install" },
	{ "foundry.paradigm.xyz", "/" },
	{ "get.anza.xyz", "/" },
	{ "get.cilium.io", "/" },
	{ "get.docker.com", "/" },
	{ "get.helm.sh", "/" },
	{ "get.ignite.com", "/" },
	{ "get.jetify.com", "/" },
	{ "get.k3s.io", "/" },
	{ "get.nextflow.io", "/" },
	{ "get.opentofu.org", "/" },
	{ "get.pnpm.io", "/" },
	{ "get.pulumi.com", "/" },
	{ "get.rke2.io", "/" },
	{ "get.rvm.io", "/" },
	{ "get.scoop.sh", "/" },
	{ "get.sdkman.io", "/" },
	{ "get.starkli.sh", "/" },
	{ "get.volta.sh", "/" },
	{ "install.determinate.systems", "/" },
	{ "install.duckdb.org", "/" },
	{ "install.python-poetry.org", "/" },
	{ "istio.io", "/downloadIstio" },
	{ "mise.jdx.dev", "/" },
	{ "mise.run", "/" },
	{ "nixos.org", "/nix/" },
	{ "ollama.ai", "/install.sh" },
	{ "ollama.com", "/install.sh" },
	{ "opencode.ai", "/install" },
	{ "packages.microsoft.com", "/" },
	{ "pixi.sh", "/install" },
	{ "pyenv.run", "/" },
	{ "railway.com", "/install.sh" },
	{ "raw.githubusercontent.com", "/Homebrew/install/" },
	{ "raw.githubusercontent.com", "/anchore/" },
	{ "raw.githubusercontent.com", "/aquasecurity/" },
	{ "raw.githubusercontent.com", "/asdf-vm/" },
	{ "raw.githubusercontent.com", "/aws/" },
	{ "raw.githubusercontent.com", "/babashka/babashka/" },
	{ "raw.githubusercontent.com", "/conda-forge/miniforge/" },
	{ "raw.githubusercontent.com", "/dapr/cli/" },
	{ "raw.githubusercontent.com", "/golangci/" },
	{ "raw.githubusercontent.com", "/hashicorp/" },
	{ "raw.githubusercontent.com", "/helm/helm/" },
	{ "raw.githubusercontent.com", "/k3d-io/k3d/" },
	{ "raw.githubusercontent.com", "/kubernetes-sigs/" },
	{ "raw.githubusercontent.com", "/nvm-sh/nvm/" },
	{ "raw.githubusercontent.com", "/ohmyzsh/ohmyzsh/" },
	{ "raw.githubusercontent.com", "/pyenv/" },
	{ "raw.githubusercontent.com", "/terraform-linters/tflint/" },
	{ "raw.githubusercontent.com", "/trufflesecurity/" },
	{ "release.anza.xyz", "/" },
	{ "release.solana.com", "/" },
	{ "repo.anaconda.com", "/" },
	{ "rclone.org", "/install.sh" },
	{ "rpm.nodesource.com", "/" },
	{ "run.linkerd.io", "/install" },
	{ "sdk.cloud.google.com", "/" },
	{ "sentry.io", "/get-cli" },
	{ "semgrep.dev", "/" },
	{ "setup.atuin.sh", "/" },
	{ "sh.rustup.rs", "/" },
	{ "starship.rs", "/install.sh" },
	{ "static.rust-lang.org", "/" },
	{ "tailscale.com", "/install.sh" },
	{ "win.rustup.rs", "/" },
};

/* Where anybody can put anything, or receive it, and nobody asks who. */
static const char *const shady[] = { "0x0.st", "anonfiles.com", "beeceptor.com", "bit.ly",
	"burpcollaborator.net", "catbox.moe", "cutt.ly", "dpaste.com", "dpaste.org",
	"file.io", "ghostbin.com", "glot.io", "goo.gl", "gofile.io", "hastebin.com",
	"hookb.in", "interact.sh", "interactsh.com", "is.gd", "ix.io", "lhr.life",
	"loca.lt", "localhost.run", "localtunnel.me", "mockbin.org", "ngrok-free.app",
	"ngrok-free.dev", "ngrok.app", "ngrok.dev", "ngrok.io", "oast.fun", "oast.live",
	"oast.me", "oast.online", "oast.pro", "oast.site", "oastify.com", "ow.ly",
	"paste.ee", "paste.rs", "pastebin.com", "pipedream.net", "privatebin.net",
	"ptsv2.com", "rebrand.ly", "rentry.co", "rentry.org", "requestbin.com",
	"requestbin.net", "requestcatcher.com", "serveo.net", "sprunge.us", "t.co",
	"t.ly", "temp.sh", "tiny.cc", "tinyurl.com", "transfer.sh", "trycloudflare.com",
	"v.gd", "webhook.site", "wtools.io", "x0.at", NULL };

/* ---- what it looks like --------------------------------------------------------------------- */

static bool ends_with_host(struct str name, const char *host)
{
	size_t n = strlen(host);

	return name.n >= n && str_eq_nocase(str_from(name, name.n - n), str_c(host)) &&
	       (name.n == n || name.p[name.n - n - 1] == '.');
}

static bool is_figures(struct str name)
{
	size_t dots = 0;

	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == '.')
			dots++;
		else if (!char_is_digit(name.p[i]))
			return false;
	}
	return dots == 3 && name.n >= 7;
}

static bool is_private(struct str name)
{
	static const char *const v[] = { "127.", "10.", "192.168.", "169.254.", "0.0.0.0",
		NULL };
	unsigned second = 0;

	for (size_t i = 0; v[i]; i++)
		if (str_starts(name, str_c(v[i])))
			return true;
	if (!str_starts(name, STR("172.")))
		return false;
	for (size_t i = 4; i < name.n && char_is_digit(name.p[i]) && second < 256; i++)
		second = second * 10 + (unsigned)(name.p[i] - '0');
	return second >= 16 && second <= 31;
}

static bool is_example(struct str name)
{
	static const char *const v[] = { "example.com", "example.org", "example.net",
		"example.io", "example", "invalid", "test", "yourdomain.com",
		"domain.com", "yourcompany.com", "company.com", "mycompany.com",
		"your-domain.com", NULL };
	static const char *const roles[] = { "attacker", "evil", "malicious", "victim",
		"target.", "hacker", "malware", NULL };
	static const char *const figures[] = { "192.0.2.", "198.51.100.", "203.0.113.",
		"1.2.3.4", "x.x.x.x", NULL };

	for (size_t i = 0; v[i]; i++)
		if (ends_with_host(name, v[i]))
			return true;
	/* nobody who means it calls himself so */
	for (size_t i = 0; roles[i]; i++)
		if (sec_find(name, roles[i]) != STR_NPOS)
			return true;
	for (size_t i = 0; figures[i]; i++)
		if (sec_starts(name, figures[i]))
			return true;
	return false;
}

static bool is_local(struct str name)
{
	static const char *const v[] = { "localhost", "local", "internal", "lan", "svc",
		"cluster.local", "docker.internal", NULL };

	for (size_t i = 0; v[i]; i++)
		if (ends_with_host(name, v[i]))
			return true;
	return str_find_char(name, '.', 0) == STR_NPOS;
}

/* Has it something in place of letters: $HOST, <host>, {host}, YOUR-HOST, …? */
static bool is_open(struct str name)
{
	size_t upper = 0, lower = 0;

	for (size_t i = 0; i < name.n; i++) {
		if (memchr("$<>{}[]*%()\\", name.p[i], 12))
			return true;
		upper += char_is_upper(name.p[i]);
		lower += char_is_lower(name.p[i]);
	}
	return str_find(name, STR("..."), 0) != STR_NPOS || sec_starts(name, "your") ||
	       str_find(name, STR("…"), 0) != STR_NPOS ||
	       (upper > 2 && !lower && str_find_char(name, '.', 0) == STR_NPOS);
}

static bool is_known(const struct sec_host *h)
{
	struct str path = h->path.n ? h->path : STR("/");

	for (size_t i = 0; i < COUNTOF(installers); i++)
		if (sec_is(h->name, installers[i].host) &&
			sec_starts(path, installers[i].path))
			return true;
	return false;
}

static bool is_shady(struct str name)
{
	for (size_t i = 0; shady[i]; i++)
		if (ends_with_host(name, shady[i]))
			return true;
	return false;
}

static enum sec_host_kind kind_of(const struct sec_host *h)
{
	if (is_open(h->name))
		return HOST_OPEN;
	if (is_figures(h->name))
		return is_private(h->name)   ? HOST_LOCAL
		       : is_example(h->name) ? HOST_EXAMPLE
					     : HOST_NUMBER;
	if (is_local(h->name))
		return HOST_LOCAL;
	if (is_shady(h->name))
		return HOST_SHADY;
	if (is_example(h->name))
		return HOST_EXAMPLE;
	return h->secure && is_known(h) ? HOST_KNOWN : HOST_OTHER;
}

/* "evil.example/x" without a scheme: letters, a dot, letters, and it is no file. */
static bool looks_like_host(struct str name)
{
	static const char *const files[] = { "sh", "py", "js", "json", "md", "txt",
		"yaml", "yml", "tar", "gz", "zip", "html", "csv", "log", "xml", "env",
		"toml", "conf", "cfg", "pem", "key", "crt", "out", "bin", "png", "jpg",
		"pdf", "sql", "ts", "go", "rs", "rb", "tgz", "deb", "rpm", "exe", "msi",
		"ps1", "d", "data", NULL };
	size_t dot = STR_NPOS;

	if (is_figures(name))
		return true;
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == '.')
			dot = i;
		else if (!char_is_alnum(name.p[i]) && name.p[i] != '-')
			return false;
	}
	if (dot == STR_NPOS || !dot || name.n - dot < 3)
		return false;
	for (size_t i = 0; files[i]; i++)
		if (sec_is(str_from(name, dot + 1), files[i]))
			return false;
	for (size_t i = dot + 1; i < name.n; i++)
		if (char_is_digit(name.p[i]))
			return false;
	return true;
}

struct sec_host sec_host_of(struct str word)
{
	struct sec_host h = { .kind = HOST_NONE };
	size_t at = str_find(word, STR("://"), 0), end, user, port;
	struct str rest = word;

	if (at != STR_NPOS) {
		h.scheme = str_sub(word, 0, at);
		rest = str_from(word, at + 3);
	}
	for (end = 0; end < rest.n && !memchr("/?#\"' \t`|;,", rest.p[end], 11);)
		end++;
	h.name = str_sub(rest, 0, end);
	h.path = str_from(rest, end);
	user = str_find_char(h.name, '@', 0);
	if (user != STR_NPOS)
		h.name = str_from(h.name, user + 1);
	port = str_find_char(h.name, ':', 0);
	if (port != STR_NPOS && h.name.p[0] != '[')
		h.name = str_sub(h.name, 0, port);
	h.secure = sec_is(h.scheme, "https");
	if (at == STR_NPOS && !looks_like_host(h.name))
		return (struct sec_host){ .kind = HOST_NONE };
	h.kind = h.name.n ? kind_of(&h) : HOST_NONE;
	return h;
}

/* Those that only collect what is sent to them. */
bool sec_host_collects(const struct sec_host *h)
{
	static const char *const v[] = { "webhook.site", "emailhook.site",
		"requestbin.com", "requestbin.net", "requestcatcher.com", "pipedream.net",
		"hookb.in", "beeceptor.com", "ptsv2.com", "burpcollaborator.net",
		"oastify.com", "oast.fun", "oast.live", "oast.me", "oast.online",
		"oast.pro", "oast.site", "interact.sh", "interactsh.com", "mockbin.org",
		NULL };

	for (size_t i = 0; v[i]; i++)
		if (ends_with_host(h->name, v[i]))
			return true;
	return false;
}

bool sec_host_remote(const struct sec_host *h)
{
	switch (h->kind) {
	case HOST_NONE:
	case HOST_OPEN:
	case HOST_LOCAL: return false;
	case HOST_EXAMPLE:
	case HOST_KNOWN:
	case HOST_OTHER:
	case HOST_NUMBER:
	case HOST_SHADY: break;
	}
	return true;
}
