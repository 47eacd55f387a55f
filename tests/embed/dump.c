/* dump - the embedded table, written back as files below the directory argv[1], so that
 * check.py can compare them with what embed_gen read. */
#include <stdio.h>
#include <string.h>

#include "rune/embedded.h"

int main(int argc, char **argv)
{
	size_t i;

	if (argc != 2)
		return 2;
	for (i = 0; i < embedded_file_count; i++) {
		const struct embedded_file *f = &embedded_files[i];
		char name[64];
		FILE *out;

		if (i && strcmp(f[-1].path, f->path) >= 0)
			return 3;
		snprintf(name, sizeof(name), "%.40s/%zu", argv[1], i);
		out = fopen(name, "wb");
		if (!out || fwrite(f->bytes, 1, f->len, out) != f->len || fclose(out))
			return 4;
		if (f->bytes[f->len])
			return 5;
		printf("%zu %d %s\n", i, f->executable, f->path);
	}
	return 0;
}
