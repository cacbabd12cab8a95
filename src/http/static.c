/*
 * The built web application, read into memory at start: no path can lead out of it and no request
 * waits for a disk. Precompressed files (.br, .gz) beside a file are its other encodings.
 */
#include "http_priv.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_SIZE_MAX (16 * 1024 * 1024)

struct variant {
	char *bytes; /* NULL: not there */
	size_t size;
	char etag[36];
};

enum { PLAIN, BROTLI, GZIP, ENCODINGS };

static const struct {
	const char *suffix, *name;
} encodings[ENCODINGS] = { { "", NULL }, { ".br", "br" }, { ".gz", "gzip" } };

struct static_file {
	char *path; /* "/assets/index-Bd3f.js" */
	struct variant variants[ENCODINGS];
};

struct static_files {
	struct static_file *files;
	int count, size;
	size_t total_bytes;
};

static const struct {
	const char *extension, *type;
} types[] = {
	{ ".html", "text/html; charset=utf-8" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".css", "text/css; charset=utf-8" },
	{ ".json", "application/json" },
	{ ".webmanifest", "application/manifest+json" },
	{ ".map", "application/json" },
	{ ".svg", "image/svg+xml" },
	{ ".png", "image/png" },
	{ ".ico", "image/x-icon" },
	{ ".webp", "image/webp" },
	{ ".woff2", "font/woff2" },
	{ ".txt", "text/plain; charset=utf-8" },
};

static bool
str_ends(const char *s, const char *tail)
{
	size_t n = strlen(s), t = strlen(tail);

	return n >= t && strcmp(s + n - t, tail) == 0;
}

static const char *
content_type(const char *path)
{
	for (size_t i = 0; i < LEN(types); i++)
		if (str_ends(path, types[i].extension))
			return types[i].type;
	return "application/octet-stream";
}

/* ---- reading at start ---- */

static void
variant_read(struct variant *v, const char *disk_path)
{
	struct stat st;
	FILE *f = fopen(disk_path, "rbe");
	char hex[65];

	if (!f)
		return;
	if (fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= FILE_SIZE_MAX) {
		v->bytes = xmalloc((size_t)st.st_size + 1);
		v->size = fread(v->bytes, 1, (size_t)st.st_size, f);
		sha256_hex(v->bytes, v->size, hex);
		snprintf(v->etag, sizeof(v->etag), "\"%.32s\"", hex);
	}
	fclose(f);
}

static void
file_add(struct static_files *f, const char *disk_path, const char *path)
{
	struct static_file *file;

	if (f->count == f->size) {
		f->size = f->size ? f->size * 2 : 32;
		f->files = xrealloc(f->files, sizeof(*f->files) * (size_t)f->size);
	}
	file = &f->files[f->count++];
	*file = (struct static_file){ .path = xstrdup(path) };
	for (int i = 0; i < ENCODINGS; i++) {
		struct arena *a = arena_new();

		variant_read(
		    &file->variants[i], arena_printf(a, "%s%s", disk_path, encodings[i].suffix));
		f->total_bytes += file->variants[i].size;
		arena_free(a);
	}
}

static bool
is_encoding_of_another(const char *name)
{
	return str_ends(name, ".br") || str_ends(name, ".gz");
}

static void
folder_read(struct static_files *f, const char *disk_path, const char *path)
{
	DIR *dir = opendir(disk_path);
	struct arena *a = arena_new();
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		char *below = arena_printf(a, "%s/%s", disk_path, entry->d_name);
		char *below_path = arena_printf(a, "%s/%s", path, entry->d_name);
		struct stat st;

		if (entry->d_name[0] == '.' || is_encoding_of_another(entry->d_name) ||
		    stat(below, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode))
			folder_read(f, below, below_path);
		else if (S_ISREG(st.st_mode))
			file_add(f, below, below_path);
	}
	if (dir)
		closedir(dir);
	arena_free(a);
}

static int
file_order(const void *a, const void *b)
{
	return strcmp(((const struct static_file *)a)->path, ((const struct static_file *)b)->path);
}

struct static_files *
static_load(const char *dir)
{
	struct static_files *f = xcalloc(1, sizeof(*f));

	if (dir)
		folder_read(f, dir, "");
	if (f->count > 0)
		qsort(f->files, (size_t)f->count, sizeof(*f->files), file_order);
	log_info("web application: %d files, %zu KiB", f->count, f->total_bytes / 1024);
	return f;
}

void
static_free(struct static_files *f)
{
	for (int i = 0; i < f->count; i++) {
		free(f->files[i].path);
		for (int e = 0; e < ENCODINGS; e++)
			free(f->files[i].variants[e].bytes);
	}
	free(f->files);
	free(f);
}

/* ---- serving ---- */

static const struct static_file *
file_find(const struct static_files *f, const char *path)
{
	struct static_file key = { .path = (char *)path };

	return f->count ? bsearch(&key, f->files, (size_t)f->count, sizeof(key), file_order) : NULL;
}

static bool
has_file_type(const char *path)
{
	for (size_t i = 0; i < LEN(types); i++)
		if (str_ends(path, types[i].extension))
			return true;
	return false;
}

/* Every path that is no file is a page of the application (/cases/7/terms/request.account too), but
 * for what looks like a lost file. */
static const struct static_file *
file_or_page(const struct static_files *f, const char *path)
{
	const struct static_file *file = file_find(f, path);

	if (file || str_starts(path, "/assets/") || has_file_type(path))
		return file;
	return file_find(f, "/index.html");
}

static int
choose_encoding(struct http_req *rq, const struct static_file *file)
{
	const char *accept = http_header(rq, "Accept-Encoding");

	for (int i = BROTLI; i < ENCODINGS; i++)
		if (file->variants[i].bytes && encoding_is_accepted(accept, encodings[i].name))
			return i;
	return PLAIN;
}

static void
send_file(struct http_req *rq, const struct static_file *file)
{
	int encoding = choose_encoding(rq, file);
	const struct variant *v = &file->variants[encoding];
	const char *known = http_header(rq, "If-None-Match");
	bool is_hashed = str_starts(file->path, "/assets/");

	http_reply_header(
	    rq, "Cache-Control", is_hashed ? "public, max-age=31536000, immutable" : "no-cache");
	http_reply_header(rq, "ETag", v->etag);
	http_reply_header(rq, "Vary", "Accept-Encoding");
	if (known && strstr(known, v->etag)) {
		reply_send(rq, 304, "", 0, true);
		return;
	}
	http_reply_header(rq, "Content-Type", content_type(file->path));
	if (encodings[encoding].name)
		http_reply_header(rq, "Content-Encoding", encodings[encoding].name);
	reply_send(rq, 200, v->bytes, v->size, true);
}

int
static_serve(struct task *t, struct http_req *rq)
{
	const struct static_file *file = file_or_page(rq->server->files, rq->path);

	if (strcmp(rq->method, "GET") != 0 && strcmp(rq->method, "HEAD") != 0) {
		http_reply_header(rq, "Allow", "GET, HEAD");
		return fail(t, E_METHOD, "pages can only be read");
	}
	if (!file || !file->variants[PLAIN].bytes)
		return fail(t, E_NOT_FOUND, "there is no such page");
	send_file(rq, file);
	return OK;
}
