#include "cli/cli.h"

#include <errno.h>

#include "rune/config.h"
#include "rune/json.h"
#include "rune/os.h"
#include "rune/rune.h"
#include "rune/str.h"

struct init_options {
	struct option_list platform;
	bool dry_run;
};

#define AT(member) offsetof(struct init_options, member)
static const struct option init_option[] = {
	{ .name = "platform",
		.kind = OPTION_LIST,
		.offset = AT(platform),
		.value = "NAME[,NAME…]",
		.help = "the platforms to compile for; else those whose directories the "
			"project has" },
	{ .name = "dry-run",
		.offset = AT(dry_run),
		.help = "print the file instead of writing it" },
};
#undef AT

/* The keys that most projects touch, with their defaults. */
static struct str config_text(struct cli *c, const struct rune *r)
{
	size_t n = rune_summary_count(r);
	struct buf b = BUF_INIT(c->a);
	struct json_writer w;

	json_begin(&w, &b, 0);
	json_open(&w, '{');
	json_key(&w, STR("version"));
	json_int(&w, 1);
	json_key(&w, n == 1 ? STR("platform") : STR("platforms"));
	if (n != 1)
		json_open(&w, '[');
	for (size_t i = 0; i < n; i++)
		json_string(&w, str_c(rune_summary(r, i)->platform));
	if (n != 1)
		json_close(&w, ']');
	json_key(&w, STR("skills"));
	json_open(&w, '{');
	json_key(&w, STR("disabled"));
	json_open(&w, '[');
	json_close(&w, ']');
	json_close(&w, '}');
	json_key(&w, STR("extensions"));
	json_open(&w, '{');
	json_key(&w, STR("enabled"));
	json_null(&w);
	json_close(&w, '}');
	json_key(&w, STR("output"));
	json_open(&w, '{');
	json_key(&w, STR("index"));
	json_bool(&w, true);
	json_close(&w, '}');
	json_close(&w, '}');
	buf_addc(&b, '\n');
	return buf_str(&b);
}

static int refuse(struct cli *c)
{
	term_error(&c->term,
		STR("rune init: " CONFIG_FILE " exists already and was left as it is\n"
		    "    edit it, or delete it first\n"));
	return EXIT_FINDINGS;
}

static int write_config(struct cli *c, struct str text)
{
	int err = os_write_new(STR(CONFIG_FILE), text, os_umask_mode(false), true);

	if (err == EEXIST)
		return refuse(c);
	if (err) {
		term_error(&c->term, str_fmt(c->a, "rune init: cannot write %s: %s\n",
					     CONFIG_FILE, os_strerror(err)));
		return EXIT_BROKEN;
	}
	if (!c->global.quiet)
		term_putf(&c->term, "wrote %s; 'rune build' compiles the skills\n",
			CONFIG_FILE);
	return EXIT_CLEAN;
}

static int run(struct cli *c)
{
	const struct init_options *o = c->values;
	struct rune_options options = {
		.size = sizeof(options),
		.project_dir = ".",
		.platforms = o->platform.v,
	};
	struct os_stat st;
	struct rune *r;
	int status;

	if (os_lstat(STR(CONFIG_FILE), &st) || st.kind != OS_MISSING)
		return refuse(c);
	r = rune_open(&options);
	if (rune_status(r) != RUNE_OK) {
		term_error(&c->term,
			str_c(rune_diagnostics_text(r, c->term.color_err, RUNE_NOTE)));
		status = (int)rune_status(r);
	} else if (!rune_summary_count(r)) {
		status = cli_usage(c,
			STR("no platform is named, and the directory shows none"),
			STR("name one: rune init --platform NAME ('rune platforms' lists "
			    "them)"));
	} else if (o->dry_run) {
		buf_add(&c->term.out, config_text(c, r));
		status = EXIT_CLEAN;
	} else {
		if (rune_detected(r) && !c->global.quiet)
			term_putf(&c->term, "%s\n", rune_detected(r));
		status = write_config(c, config_text(c, r));
	}
	rune_free(r);
	return status;
}

const struct command command_init = {
	.name = "init",
	.summary = "write a " CONFIG_FILE " for this directory",
	.text = "An existing file is never changed. Nothing is asked: what is not given "
		"is "
		"detected, or an error.",
	.option = init_option,
	.noption = COUNTOF(init_option),
	.values_size = sizeof(struct init_options),
	.run = run,
};
