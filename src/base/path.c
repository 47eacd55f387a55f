#include "rune/path.h"
#include "rune/buf.h"
#include "rune/str.h"
#include "rune/utf8.h"

bool path_is_absolute(struct str p)
{
	return p.n && p.p[0] == '/';
}

static size_t last_slash(struct str p)
{
	for (size_t i = p.n; i; i--)
		if (p.p[i - 1] == '/')
			return i - 1;
	return STR_NPOS;
}

struct str path_base(struct str p)
{
	size_t at = last_slash(p);

	return at == STR_NPOS ? p : str_from(p, at + 1);
}

struct str path_dir(struct str p)
{
	size_t at = last_slash(p);

	if (at == STR_NPOS)
		return STR_NONE;
	return str_sub(p, 0, at ? at : 1);
}

struct str path_ext(struct str p)
{
	struct str base = path_base(p);

	for (size_t i = base.n; i > 1; i--)
		if (base.p[i - 1] == '.')
			return str_from(base, i - 1);
	return STR_NONE;
}

struct str path_join(struct arena *a, struct str dir, struct str b)
{
	if (!dir.n || path_is_absolute(b))
		return b;
	if (!b.n)
		return dir;
	if (dir.p[dir.n - 1] == '/')
		return str_fmt(a, "%.*s%.*s", STR_ARG(dir), STR_ARG(b));
	return str_fmt(a, "%.*s/%.*s", STR_ARG(dir), STR_ARG(b));
}

struct str path_normalize(struct arena *a, struct str p)
{
	bool absolute = path_is_absolute(p);
	char *out = arena_alloc(a, p.n + 2, 1, 1);
	size_t n = absolute ? 1 : 0, depth = 0;
	struct str rest = p, part;

	out[0] = '/';
	while (str_split(&rest, '/', &part)) {
		if (!part.n || str_eq(part, STR(".")))
			continue;
		if (str_eq(part, STR(".."))) {
			if (depth) {
				depth--;
				while (n > (absolute ? 1u : 0u) && out[n - 1] != '/')
					n--;
				if (n > (absolute ? 1u : 0u))
					n--;
				continue;
			}
			if (absolute)
				continue;
		} else {
			depth++;
		}
		if (n && out[n - 1] != '/')
			out[n++] = '/';
		memcpy(out + n, part.p, part.n);
		n += part.n;
	}
	if (!n)
		out[n++] = '.';
	return (struct str){ out, n };
}

struct str path_relative(struct arena *a, struct str from_dir, struct str to)
{
	struct str f = path_normalize(a, from_dir), t = path_normalize(a, to);
	struct buf b = BUF_INIT(a);
	struct str part;
	size_t same = 0, i = 0;

	if (str_eq(f, STR(".")))
		f = STR_NONE;
	if (str_eq(t, STR(".")))
		t = STR_NONE;
	for (;; i++) {
		bool fe = i == f.n || f.p[i] == '/', te = i == t.n || t.p[i] == '/';

		if (fe && te)
			same = i;
		if (i >= f.n || i >= t.n || f.p[i] != t.p[i])
			break;
	}
	f = str_from(f, same);
	if (f.n && f.p[0] == '/')
		f = str_from(f, 1);
	while (str_split(&f, '/', &part))
		if (part.n)
			buf_addz(&b, "../");
	t = str_from(t, same);
	if (t.n && t.p[0] == '/')
		t = str_from(t, 1);
	buf_add(&b, t);
	if (b.n > 1 && b.p[b.n - 1] == '/')
		b.n--;
	return b.n ? buf_str(&b) : STR(".");
}

bool path_is_safe(struct str p)
{
	struct str rest = p, part;

	if (!p.n || p.p[0] == '/' || utf8_check(p) != p.n)
		return false;
	for (size_t i = 0; i < p.n; i++)
		if ((unsigned char)p.p[i] < 0x20 || p.p[i] == 0x7f || p.p[i] == '\\')
			return false;
	while (str_split(&rest, '/', &part))
		if (!part.n || str_eq(part, STR(".")) || str_eq(part, STR("..")))
			return false;
	return true;
}

bool path_is_below(struct str p, struct str dir)
{
	if (str_eq(dir, STR(".")) || !dir.n)
		return !path_is_absolute(p) && !str_starts(p, STR("../")) &&
		       !str_eq(p, STR(".."));
	return str_starts(p, dir) &&
	       (p.n == dir.n || p.p[dir.n] == '/' || dir.p[dir.n - 1] == '/');
}

/* Where to resume after a mismatch. A single star may not eat a slash; a double
 * one may, and with a slash behind it goes on only at a component's start.
 * Going back only to the last star keeps the time at O(pattern x path). */
struct resume {
	size_t i, k;
	bool components;
};

static bool resume_two(struct resume *two, struct str p)
{
	if (two->i == STR_NPOS)
		return false;
	if (two->components) {
		size_t slash = str_find_char(p, '/', two->k);

		if (slash == STR_NPOS)
			return false;
		two->k = slash;
	}
	two->k++;
	return two->k <= p.n;
}

bool path_glob(struct str pat, struct str p)
{
	struct resume one = { STR_NPOS, 0, false }, two = { STR_NPOS, 0, false };
	size_t i = 0, k = 0;

	while (k < p.n || (i < pat.n && pat.p[i] != '*')) {
		if (str_starts(str_from(pat, i), STR("**"))) {
			i += 2;
			two = (struct resume){ i, k, false };
			if (i < pat.n && pat.p[i] == '/')
				two = (struct resume){ ++i, k, true };
			one.i = STR_NPOS;
		} else if (i < pat.n && pat.p[i] == '*') {
			one = (struct resume){ ++i, k, false };
		} else if (i < pat.n && k < p.n &&
			   (pat.p[i] == p.p[k] || (pat.p[i] == '?' && p.p[k] != '/'))) {
			i++;
			k++;
		} else if (one.i != STR_NPOS && one.k < p.n && p.p[one.k] != '/') {
			i = one.i;
			k = ++one.k;
		} else if (resume_two(&two, p)) {
			i = two.i;
			k = two.k;
			one.i = STR_NPOS;
		} else {
			return false;
		}
	}
	while (i < pat.n && pat.p[i] == '*')
		i++;
	return i == pat.n;
}
