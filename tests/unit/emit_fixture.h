/* emit_fixture.h - files, loaded and emitted for one platform into a tree. */
#ifndef RUNE_TESTS_EMIT_FIXTURE_H
#define RUNE_TESTS_EMIT_FIXTURE_H

#include "model_fixture.h"
#include "rune/emit.h"
#include "rune/str.h"

struct file {
	const char *path, *text;
};

/* A configuration under which a skill's text is only itself. */
#define CONFIG                                                                        \
	{                                                                             \
		"proj/rune.config.json",                                              \
			"{\"source\": \"../src\", \"compliance\": false, \"hooks\": " \
			"false, \"branding\": false}"                                 \
	}
#define SKILL(name, body)                                               \
	{                                                               \
		"src/skills/" name "/SKILL.md",                         \
			"---\nname: " name "\ndescription: About " name \
			".\n---\n\n# " name "\n\n" body "\n"            \
	}

extern struct outtree ef_tree;
extern struct emit_stats ef_stats;

/* Put the files beside what is there and load the project. */
void ef_load(const struct file *f, size_t n);
bool ef_emit(const char *platform);
/* NULL: there is no such file. */
const char *ef_output(const char *path);
void ef_has(const char *path, const char *what);
void ef_has_not(const char *path, const char *what);

#endif
