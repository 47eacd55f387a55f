#include <stdio.h>
#include <stdlib.h>

#include "rune/base.h"

void bug_at(const char *file, int line, const char *what)
{
	fprintf(stderr, "rune: internal error: %s:%d: %s\n", file, line, what);
	abort();
}
