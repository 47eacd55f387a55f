/* security_file.c - what kind of file it is: programs without source, archives, names
 * that promise something else. */
#include "rules/security.h"

#include "rune/path.h"
#include "rune/utf8.h"

static bool begins(struct str bytes, size_t off, const char *magic, size_t n)
{
	return bytes.n >= off + n && !memcmp(bytes.p + off, magic, n);
}

struct magic {
	const char *bytes;
	size_t n, off;
	const char *what;
};

static const struct magic programs[] = {
	{ "\x7f"
	  "ELF",
		4, 0, "Linux program" },
	{ "MZ", 2, 0, "Windows program" },
	{ "\xcf\xfa\xed\xfe", 4, 0, "macOS program" },
	{ "\xce\xfa\xed\xfe", 4, 0, "macOS program" },
	{ "\xca\xfe\xba\xbe", 4, 0, "macOS or Java program" },
	{ "\xca\xfe\xba\xbf", 4, 0, "macOS program" },
	{ "\0asm", 4, 0, "WebAssembly program" },
	{ "!<arch>\n", 8, 0, "library" },
	{ "\x4c\0\0\0\x01\x14\x02\0", 8, 0, "Windows shortcut" },
};

static const struct magic archives[] = {
	{ "PK\x03\x04", 4, 0, "ZIP archive" },
	{ "\x1f\x8b", 2, 0, "gzip archive" },
	{ "BZh", 3, 0, "bzip2 archive" },
	{ "\xfd"
	  "7zXZ",
		5, 0, "xz archive" },
	{ "7z\xbc\xaf\x27\x1c", 6, 0, "7-Zip archive" },
	{ "Rar!\x1a\x07", 6, 0, "RAR archive" },
	{ "\x28\xb5\x2f\xfd", 4, 0, "Zstandard archive" },
	{ "ustar", 5, 257, "tar archive" },
	{ "MSCF", 4, 0, "cabinet archive" },
};

static const char *find(const struct magic *v, size_t n, struct str bytes)
{
	for (size_t i = 0; i < n; i++)
		if (begins(bytes, v[i].off, v[i].bytes, v[i].n))
			return v[i].what;
	return NULL;
}

static struct str extension(const struct rule_file *f)
{
	struct str ext = path_ext(f->rel);

	return ext.n ? str_from(ext, 1) : ext;
}

/* Formats that are ZIP inside, and documents all the same. */
static bool is_document(struct str ext)
{
	static const char *const v[] = { "docx", "xlsx", "pptx", "odt", "ods", "odp",
		"epub", "key", "numbers", "pages", "dotx", "potx", "xltx", "sketch",
		"fig", "3mf", "kmz", "svgz", "npz", "pbix", "drawio", "vsdx", "thmx",
		"mcworld", "pptm", "docm", "xlsm", NULL };

	return sec_one_of(ext, v);
}

static bool has_macros(struct str bytes)
{
	return str_find(bytes, STR("vbaProject.bin"), 0) != STR_NPOS;
}

/* A name that says it is to be read or looked at. */
static bool promises_document(struct str ext)
{
	static const char *const v[] = { "md", "txt", "pdf", "doc", "docx", "xls", "xlsx",
		"ppt", "pptx", "png", "jpg", "jpeg", "gif", "webp", "svg", "csv", "rtf",
		"mp3", "mp4", "json", "yaml", "yml", "ico", NULL };

	return sec_one_of(ext, v);
}

/* What a double click or a shell runs. */
static bool promises_program(struct str ext)
{
	static const char *const v[] = { "exe", "scr", "bat", "cmd", "com", "ps1", "vbs",
		"vbe", "jse", "wsf", "hta", "lnk", "msi", "jar", "sh", "command", "app",
		"pif", "cpl", NULL };

	return sec_one_of(ext, v);
}

static struct diag *report(const struct rule_ctx *c, const struct rule_file *f,
	enum rule r, struct str message)
{
	struct span at = rule_span(f, 0, 0);

	return diag_report(c->sink, r, at, "%.*s", STR_ARG(message));
}

static void check_name(const struct rule_ctx *c, const struct rule_file *f)
{
	struct str base = path_base(f->rel), ext = path_ext(base), inner;

	if (!ext.n)
		return;
	inner = path_ext(str_sub(base, 0, base.n - ext.n));
	if (!inner.n || !promises_document(str_from(inner, 1)) ||
		!promises_program(str_from(ext, 1)))
		return;
	diag_note(c->sink,
		report(c, f, RULE_SEC_DISGUISED,
			str_fmt(c->sink->a,
				"'%.*s' is a program that is named like a document",
				STR_ARG(base))),
		SPAN_NONE, "name it by what it is");
}

/* What a directory listing does not show. */
static void check_hidden(const struct rule_ctx *c, const struct rule_file *f)
{
	size_t off = 0;

	while (off < f->rel.n) {
		int32_t cp = utf8_next(f->rel, &off);
		struct diag *d;

		if (cp < 0x80)
			continue;
		switch (sec_char((uint32_t)cp)) {
		case CHAR_BIDI:
		case CHAR_MARK:
		case CHAR_ZERO:
		case CHAR_OPERATOR:
		case CHAR_TAG:
		case CHAR_FILLER:
		case CHAR_CONTROL: break;
		case CHAR_PLAIN:
		case CHAR_SELECTOR:
		case CHAR_SOFT:
		case CHAR_FORMAT:
		case CHAR_ALIKE:
		case CHAR_STYLED: continue;
		}
		d = report(c, f, RULE_SEC_DISGUISED,
			str_fmt(c->sink->a,
				"the file's name holds an invisible %s (U+%04X)",
				sec_char_name((uint32_t)cp), (unsigned)cp));
		diag_note(c->sink, d, SPAN_NONE,
			"rename it: what is shown is not its name");
		return;
	}
}

static void check_bytes(const struct rule_ctx *c, const struct rule_file *f)
{
	const char *program = find(programs, COUNTOF(programs), f->bytes);
	const char *archive = find(archives, COUNTOF(archives), f->bytes);
	struct str base = path_base(f->rel), ext = extension(f);
	struct diag *d;

	if (program && promises_document(ext)) {
		d = report(c, f, RULE_SEC_DISGUISED,
			str_fmt(c->sink->a, "'%.*s' is a %s", STR_ARG(base), program));
		diag_note(c->sink, d, SPAN_NONE, "name it by what it is");
	} else if (program) {
		d = report(c, f, RULE_SEC_BINARY,
			str_fmt(c->sink->a, "'%.*s' is a %s without its source",
				STR_ARG(base), program));
		diag_note(c->sink, d, SPAN_NONE,
			"nobody can review it; ship a script, or install the program "
			"from where "
			"it is maintained");
	} else if (archive && is_document(ext) && has_macros(f->bytes)) {
		d = report(c, f, RULE_SEC_BINARY,
			str_fmt(c->sink->a, "'%.*s' holds macros", STR_ARG(base)));
		diag_note(c->sink, d, SPAN_NONE, "save it in a format without macros");
	} else if (archive && !is_document(ext)) {
		d = report(c, f, RULE_SEC_ARCHIVE,
			str_fmt(c->sink->a, "'%.*s' is a %s", STR_ARG(base), archive));
		diag_note(c->sink, d, SPAN_NONE,
			"ship the files themselves, so that they can be read");
	}
}

static bool is_compiled(struct str ext)
{
	static const char *const v[] = { "pyc", "pyo", "class", "so", "dylib", "dll",
		NULL };

	return sec_one_of(ext, v);
}

void security_file(const struct rule_ctx *c, const struct rule_file *f)
{
	check_name(c, f);
	check_hidden(c, f);
	if (f->kind != FILE_BINARY)
		return;
	check_bytes(c, f);
	if (is_compiled(extension(f)) && !find(programs, COUNTOF(programs), f->bytes))
		report(c, f, RULE_SEC_BINARY,
			str_fmt(c->sink->a, "'%.*s' is compiled code without its source",
				STR_ARG(path_base(f->rel))));
}

/* ---- the executable bit ------------------------------------------------------------------------------------ */

static bool may_execute(const struct rule_file *f)
{
	return f->kind == FILE_SCRIPT || str_starts(f->bytes, STR("#!")) ||
	       find(programs, COUNTOF(programs), f->bytes);
}

/* Where every file has the bit, the file system gives it, not the author. Of each skill
 * one finding: what set it on one file set it on the others. */
void security_modes(const struct rule_ctx *c)
{
	const void *owner = NULL;
	struct diag *d = NULL;
	bool all = true;
	size_t more = 0;

	for (size_t i = 0; i < c->nfile && all; i++)
		all = c->file[i].executable || FILES_HEADED >> c->file[i].kind & 1;
	for (size_t i = 0; i < c->nfile && !all; i++) {
		const struct rule_file *f = &c->file[i];

		if (!f->executable || may_execute(f))
			continue;
		if (d && owner == f->meta) {
			more++;
			continue;
		}
		if (more)
			diag_note(
				c->sink, d, SPAN_NONE, "and %zu more files of it", more);
		d = report(c, f, RULE_SEC_EXECUTABLE,
			str_fmt(c->sink->a,
				"'%.*s' is executable, and is nothing to execute",
				STR_ARG(path_base(f->rel))));
		diag_note(c->sink, d, SPAN_NONE, "take the right away: chmod -x");
		owner = f->meta;
		more = 0;
	}
	if (more)
		diag_note(c->sink, d, SPAN_NONE, "and %zu more files of it", more);
}
