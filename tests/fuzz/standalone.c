/* standalone - a main for fuzz targets without libFuzzer: runs the target once over each
 * file given, and over each file of each directory given, so that the corpus is replayed by
 * every compiler in ordinary test runs. */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t runs;

static int run_file(const char *path, size_t size)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = malloc(size ? size : 1);
	size_t n;

	if (!f || !data) {
		perror(path);
		exit(2);
	}
	n = fread(data, 1, size, f);
	fclose(f);
	LLVMFuzzerTestOneInput(data, n);
	free(data);
	runs++;
	return 0;
}

static int run_path(const char *path)
{
	struct stat st;
	struct dirent **list;
	int i, n;

	if (stat(path, &st)) {
		perror(path);
		return 2;
	}
	if (!S_ISDIR(st.st_mode))
		return run_file(path, (size_t)st.st_size);
	n = scandir(path, &list, NULL, alphasort);
	for (i = 0; i < n; i++) {
		char sub[4096];

		snprintf(sub, sizeof(sub), "%s/%s", path, list[i]->d_name);
		if (list[i]->d_name[0] != '.' && run_path(sub))
			return 2;
		free(list[i]);
	}
	free(list);
	return 0;
}

int main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		if (run_path(argv[i]))
			return 2;
	printf("fuzz: %zu passed, 0 failed\n", runs);
	return 0;
}
