/* security_words.c - the words that the pass over a text stops at.
 *
 * In order of the alphabet: neighbours share a bit of the filter, so that few words
 * pass it that are not in the table. */
#include "rules/security.h"

enum match {
	WHOLE, /* the word is it */
	START /* the word begins with it and goes on for long */
};

#define START_MIN 16 /* bytes of a word that only begins like one */

#define BIT(topic) (1u << SEC_##topic)

/* In small letters; in a text they may have any case. */
static const struct {
	struct str word;
	enum match match;
	unsigned topics;
} words[] = {
	{ STR_INIT("abia"), START, BIT(TOKEN) },
	{ STR_INIT("acca"), START, BIT(TOKEN) },
	{ STR_INIT("accountkey"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("advfirewall"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("age"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("aiza"), START, BIT(TOKEN) },
	{ STR_INIT("akia"), START, BIT(TOKEN) },
	{ STR_INIT("alert"), WHOLE, BIT(ASK) },
	{ STR_INIT("alerting"), WHOLE, BIT(ASK) },
	{ STR_INIT("alwaysallow"), WHOLE, BIT(SETTING) },
	{ STR_INIT("amqp"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("amqps"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("anthropic_base_url"), WHOLE, BIT(SETTING) },
	{ STR_INIT("approval_policy"), WHOLE, BIT(SETTING) },
	{ STR_INIT("aria2c"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("asia"), START, BIT(TOKEN) },
	{ STR_INIT("atob"), WHOLE, BIT(CODE) },
	{ STR_INIT("authorized_keys"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("autoapprove"), WHOLE, BIT(SETTING) },
	{ STR_INIT("awareness"), WHOLE, BIT(ASK) },
	{ STR_INIT("b64decode"), WHOLE, BIT(CODE) },
	{ STR_INIT("base64"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("bash_history"), WHOLE, BIT(CODE) },
	{ STR_INIT("bash_profile"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("bashrc"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("begin"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("bitsadmin"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("bound"), WHOLE, BIT(ASK) },
	{ STR_INIT("bun"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("bypass"), WHOLE, BIT(ASK) },
	{ STR_INIT("bypasspermissions"), WHOLE, BIT(SETTING) },
	{ STR_INIT("cargo"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("certutil"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("chmod"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("chown"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("clean"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("clickhouse"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("conceal"), WHOLE, BIT(ASK) },
	{ STR_INIT("consent"), WHOLE, BIT(ASK) },
	{ STR_INIT("cookies"), WHOLE, BIT(CODE) },
	{ STR_INIT("covertly"), WHOLE, BIT(ASK) },
	{ STR_INIT("createconnection"), WHOLE, BIT(CODE) },
	{ STR_INIT("credentials"), WHOLE, BIT(CODE) },
	{ STR_INIT("crontab"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("csrutil"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("curl"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("dan"), WHOLE, BIT(ASK) },
	{ STR_INIT("danger"), WHOLE, BIT(SETTING) },
	{ STR_INIT("dangerously"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("dapi"), START, BIT(TOKEN) },
	{ STR_INIT("dckr_pat_"), START, BIT(TOKEN) },
	{ STR_INIT("dd"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("decodeuricomponent"), WHOLE, BIT(CODE) },
	{ STR_INIT("deno"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("developer"), WHOLE, BIT(ASK) },
	{ STR_INIT("dig"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("disclose"), WHOLE, BIT(ASK) },
	{ STR_INIT("discreetly"), WHOLE, BIT(ASK) },
	{ STR_INIT("disk0"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("disregard"), WHOLE, BIT(ASK) },
	{ STR_INIT("dop_v1_"), START, BIT(TOKEN) },
	{ STR_INIT("downloadfile"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("downloadstring"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("drop"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("dropdb"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("dup2"), WHOLE, BIT(CODE) },
	{ STR_INIT("enableallprojectmcpservers"), WHOLE, BIT(SETTING) },
	{ STR_INIT("encodedcommand"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("endoftext"), WHOLE, BIT(ASK) },
	{ STR_INIT("environ"), WHOLE, BIT(CODE) },
	{ STR_INIT("eval"), WHOLE, BIT(CODE) },
	{ STR_INIT("exec"), WHOLE, BIT(CODE) },
	{ STR_INIT("execute"), WHOLE, BIT(ASK) },
	{ STR_INIT("executionpolicy"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("exfiltrate"), WHOLE, BIT(ASK) },
	{ STR_INIT("extract"), WHOLE, BIT(ASK) },
	{ STR_INIT("eyj"), START, BIT(TOKEN) },
	{ STR_INIT("figd_"), START, BIT(TOKEN) },
	{ STR_INIT("find"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("follow"), WHOLE, BIT(ASK) },
	{ STR_INIT("forget"), WHOLE, BIT(ASK) },
	{ STR_INIT("forward"), WHOLE, BIT(ASK) },
	{ STR_INIT("frombase64string"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("fromcharcode"), WHOLE, BIT(CODE) },
	{ STR_INIT("fromhex"), WHOLE, BIT(CODE) },
	{ STR_INIT("fsockopen"), WHOLE, BIT(CODE) },
	{ STR_INIT("ftp"), WHOLE, BIT(COMMAND) | BIT(ADDRESS) },
	{ STR_INIT("ftps"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("gem"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("gho_"), START, BIT(TOKEN) },
	{ STR_INIT("ghp_"), START, BIT(TOKEN) },
	{ STR_INIT("ghr_"), START, BIT(TOKEN) },
	{ STR_INIT("ghs_"), START, BIT(TOKEN) },
	{ STR_INIT("ghu_"), START, BIT(TOKEN) },
	{ STR_INIT("gist"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("github_pat_"), START, BIT(TOKEN) },
	{ STR_INIT("gldt"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("glpat"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("glptt"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("glrt"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("glsa_"), START, BIT(TOKEN) },
	{ STR_INIT("gocspx"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("gsk_"), START, BIT(TOKEN) },
	{ STR_INIT("hf_"), START, BIT(TOKEN) },
	{ STR_INIT("hide"), WHOLE, BIT(ASK) },
	{ STR_INIT("histfile"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("hooks"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("hookspath"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("http"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("https"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("hvs"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("id_ecdsa"), WHOLE, BIT(CODE) },
	{ STR_INIT("id_ed25519"), WHOLE, BIT(CODE) },
	{ STR_INIT("id_rsa"), WHOLE, BIT(CODE) },
	{ STR_INIT("iex"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("ignora"), WHOLE, BIT(ASK) },
	{ STR_INIT("ignore"), WHOLE, BIT(ASK) },
	{ STR_INIT("ignorez"), WHOLE, BIT(ASK) },
	{ STR_INIT("ignoriere"), WHOLE, BIT(ASK) },
	{ STR_INIT("im_start"), WHOLE, BIT(ASK) },
	{ STR_INIT("inform"), WHOLE, BIT(ASK) },
	{ STR_INIT("informing"), WHOLE, BIT(ASK) },
	{ STR_INIT("inst"), WHOLE, BIT(ASK) },
	{ STR_INIT("invoke"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("irm"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("iwr"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("jailbroken"), WHOLE, BIT(ASK) },
	{ STR_INIT("keychain"), WHOLE, BIT(CODE) },
	{ STR_INIT("knowing"), WHOLE, BIT(ASK) },
	{ STR_INIT("knowledge"), WHOLE, BIT(ASK) },
	{ STR_INIT("launchagents"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("launchctl"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("launchdaemons"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("ldap"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("ldaps"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("lin_api_"), START, BIT(TOKEN) },
	{ STR_INIT("mariadb"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("marshal"), WHOLE, BIT(CODE) },
	{ STR_INIT("mention"), WHOLE, BIT(ASK) },
	{ STR_INIT("mkfifo"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("mkfs"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("mmcblk0"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("mongodb"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("mppreference"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("mshta"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("mssql"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("mysql"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("nc"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("ncat"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("netcat"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("nopasswd"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("noticing"), WHOLE, BIT(ASK) },
	{ STR_INIT("notify"), WHOLE, BIT(ASK) },
	{ STR_INIT("notifying"), WHOLE, BIT(ASK) },
	{ STR_INIT("npm"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("npm_"), START, BIT(TOKEN) },
	{ STR_INIT("npx"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("nrak"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("nslookup"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("ntn_"), START, BIT(TOKEN) },
	{ STR_INIT("nvme0n1"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("obey"), WHOLE, BIT(ASK) },
	{ STR_INIT("openssl"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("override"), WHOLE, BIT(ASK) },
	{ STR_INIT("overrule"), WHOLE, BIT(ASK) },
	{ STR_INIT("password"), WHOLE, BIT(ASK) },
	{ STR_INIT("pip"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("pip3"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("pipx"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("pmak"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("pnpm"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("post"), WHOLE, BIT(ASK) },
	{ STR_INIT("postgres"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("postgresql"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("postinstall"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("powershell"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("pplx"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("preinstall"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("process"), WHOLE, BIT(CODE) },
	{ STR_INIT("profile"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("pwsh"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("pypi"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("quarantine"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("quietly"), WHOLE, BIT(ASK) },
	{ STR_INIT("r8_"), START, BIT(TOKEN) },
	{ STR_INIT("rclone"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("rd"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("redis"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("rediss"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("remove"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("restmethod"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("restrictions"), WHOLE, BIT(ASK) },
	{ STR_INIT("reveal"), WHOLE, BIT(ASK) },
	{ STR_INIT("rk_live_"), START, BIT(TOKEN) },
	{ STR_INIT("rk_test_"), START, BIT(TOKEN) },
	{ STR_INIT("rm"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("rsync"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("rubygems_"), START, BIT(TOKEN) },
	{ STR_INIT("runinthiscontext"), WHOLE, BIT(CODE) },
	{ STR_INIT("sandbox_mode"), WHOLE, BIT(SETTING) },
	{ STR_INIT("sbp_"), START, BIT(TOKEN) },
	{ STR_INIT("schtasks"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("scp"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("sda"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("secretly"), WHOLE, BIT(ASK) },
	{ STR_INIT("send"), WHOLE, BIT(ASK) },
	{ STR_INIT("setenforce"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("settings"), WHOLE, BIT(SETTING) },
	{ STR_INIT("sftp"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("sg"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("shadow"), WHOLE, BIT(CODE) },
	{ STR_INIT("shpat_"), START, BIT(TOKEN) },
	{ STR_INIT("silently"), WHOLE, BIT(ASK) },
	{ STR_INIT("sk"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("sk_live_"), START, BIT(TOKEN) },
	{ STR_INIT("sk_test_"), START, BIT(TOKEN) },
	{ STR_INIT("skipdangerousmodepermissionprompt"), WHOLE, BIT(SETTING) },
	{ STR_INIT("smtp"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("smtps"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("sntrys_"), START, BIT(TOKEN) },
	{ STR_INIT("socat"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("socket"), WHOLE, BIT(CODE) },
	{ STR_INIT("spctl"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("sqlserver"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("srv"), WHOLE, BIT(ADDRESS) },
	{ STR_INIT("stealthily"), WHOLE, BIT(ASK) },
	{ STR_INIT("submit"), WHOLE, BIT(ASK) },
	{ STR_INIT("sudo"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("sudoers"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("surreptitiously"), WHOLE, BIT(ASK) },
	{ STR_INIT("system"), WHOLE, BIT(ASK) },
	{ STR_INIT("tcp"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("tell"), WHOLE, BIT(ASK) },
	{ STR_INIT("telling"), WHOLE, BIT(ASK) },
	{ STR_INIT("telnet"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("transmit"), WHOLE, BIT(ASK) },
	{ STR_INIT("tskey"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("ufw"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("unescape"), WHOLE, BIT(CODE) },
	{ STR_INIT("unhexlify"), WHOLE, BIT(CODE) },
	{ STR_INIT("unquote"), WHOLE, BIT(CODE) },
	{ STR_INIT("unrestricted"), WHOLE, BIT(ASK) },
	{ STR_INIT("unzip"), WHOLE, BIT(COMMAND) | BIT(ASK) },
	{ STR_INIT("upload"), WHOLE, BIT(ASK) },
	{ STR_INIT("uv"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("uvx"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("verify"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("webhooks"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("webrequest"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("wget"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("whsec_"), START, BIT(TOKEN) },
	{ STR_INIT("xai"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("xapp"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("xoxa"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("xoxb"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("xoxe"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("xoxo"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("xoxp"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("xoxr"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("xoxs"), WHOLE, BIT(TOKEN) },
	{ STR_INIT("xxd"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("ya29"), START, BIT(TOKEN) },
	{ STR_INIT("yarn"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("yolo"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("zprofile"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("zsh_history"), WHOLE, BIT(CODE) },
	{ STR_INIT("zshenv"), WHOLE, BIT(COMMAND) },
	{ STR_INIT("zshrc"), WHOLE, BIT(COMMAND) },
};

static uint64_t group_of(size_t i)
{
	return UINT64_C(1) << (i * 64 / COUNTOF(words));
}

void sec_filter_init(struct sec_filter *f)
{
	uint64_t starts = 0, pairs = 0;

	memset(f, 0, sizeof(*f));
	for (size_t i = 0; i < COUNTOF(words); i++) {
		struct str w = words[i].word;
		uint64_t group = group_of(i);

		f->first[sec_filter_slot(w.p[0])] |= group;
		f->second[sec_filter_slot(w.p[1])] |= group;
		if (w.n > 2)
			f->third[sec_filter_slot(w.p[2])] |= group;
		else
			pairs |= group;
		if (words[i].match == START) {
			starts |= group;
			continue;
		}
		f->length[w.n] |= group;
		f->last[sec_filter_slot(w.p[w.n - 1])] |= group;
	}
	for (size_t n = START_MIN; n < COUNTOF(f->length); n++)
		f->length[n] |= starts;
	for (size_t c = 0; c < COUNTOF(f->last); c++) {
		f->third[c] |= pairs;
		f->last[c] |= starts;
	}
}

static bool is_match(size_t i, struct str word)
{
	struct str w = words[i].word;

	switch (words[i].match) {
	case WHOLE: return word.n == w.n && str_eq_nocase(word, w);
	case START: return word.n >= START_MIN && str_eq_nocase(str_sub(word, 0, w.n), w);
	}
	return false;
}

/* The number of the lowest bit that is set. */
static unsigned lowest(uint64_t bits)
{
	unsigned n = 0;

	for (unsigned half = 32; half; half /= 2)
		if (!(bits & ((UINT64_C(1) << half) - 1))) {
			bits >>= half;
			n += half;
		}
	return n;
}

unsigned sec_word_topics(struct str word, uint64_t groups)
{
	unsigned topics = 0;

	for (; groups; groups &= groups - 1) {
		unsigned g = lowest(groups);
		size_t from = (g * COUNTOF(words) + 63) / 64;
		size_t to = ((g + 1) * COUNTOF(words) + 63) / 64;

		for (size_t i = from; i < to; i++)
			if (is_match(i, word))
				topics |= words[i].topics;
	}
	return topics;
}
