/* writer_disk.h - what the writer's two halves ask of the disk. Paths are below
 * a root; links below it are never followed. */
#ifndef RUNE_EMIT_WRITER_DISK_H
#define RUNE_EMIT_WRITER_DISK_H

#include "manifest.h"
#include "rune/os.h"
#include "rune/writer.h"

/* Largest file that is compared: bigger ones are not ours. */
#define WRITER_FILE_MAX ((size_t)4 * SOURCE_MAX)

enum disk_state {
	DISK_MISSING,
	DISK_FILE,
	DISK_DIR,
	DISK_OTHER, /* a device, a pipe */
	DISK_LINK, /* the path itself */
	DISK_PARENT_LINK, /* a directory on the way to it */
	DISK_PARENT_FILE, /* a file stands where a directory should */
	DISK_ERROR, /* cannot be examined: `err` */
};

struct disk_file {
	enum disk_state state;
	struct str bytes; /* of a file */
	uint32_t mode;
	uint64_t dev, ino;
	struct str culprit; /* what is in the way, below the root */
	int err;
};

/* Remembers directories, so that each is examined once. */
struct disk {
	struct str root;
	struct arena *a;
	struct map dir; /* path below the root → struct dir_state * */
};

void disk_init(struct disk *d, struct str root, struct arena *a);
/* `path` as the system and the user know it. */
struct str disk_path(const struct disk *d, struct str path);
/* Examine and, if it is a file, read. */
void disk_look(struct disk *d, struct str path, struct disk_file *out);
/* DISK_DIR if it can be used as one. */
enum disk_state disk_dir(struct disk *d, struct str dir);

/* The manifest of a root, with what a cut-off commit left taken into account:
 * an entry of the next manifest counts if the disk bears it out. False after
 * reporting. The texts read are set, empty if absent. */
struct manifest_texts {
	struct str now, next;
	bool has_next; /* perhaps an empty one: cut off before its first byte */
};
bool manifest_load(struct manifest *m, struct disk *d, struct source_set *sources,
	struct diag_sink *sink, struct manifest_texts *texts);
/* The text of a next manifest; false if it was cut off while being written. */
bool manifest_next_parse(struct manifest *m, struct str text, struct arena *a);

/* The entries after the plan was carried out: operations that failed (NULL: none
 * did) leave theirs as they were. */
void writer_after(const struct write_plan *p, const bool *failed, struct manifest *m);
/* The text of that manifest, with these directories beside those that are ours
 * already and still needed. Empty if there is nothing to record and was nothing
 * before. */
struct str writer_manifest(const struct write_plan *p, const bool *failed,
	const struct str *dir, size_t ndir, struct arena *a);
/* Add the directories on the way to `path` to a map. */
void writer_parents(struct map *dirs, struct str path);

#endif
