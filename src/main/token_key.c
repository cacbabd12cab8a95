/*
 * Reads and makes the token key.
 */
#include "token_key.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
refuse(const char *path, const char *why)
{
	fprintf(stderr, "lienthong: token key %s: %s\n", path, why);
	return false;
}

static const char *
read_key(int fd, unsigned char *key)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return strerror(errno);
	if (st.st_mode & 077)
		return "others can read it; chmod 600";
	if (st.st_size != TOKEN_KEY_SIZE || read(fd, key, TOKEN_KEY_SIZE) != TOKEN_KEY_SIZE)
		return "must have 32 bytes";
	return NULL;
}

bool
token_key_read(const char *path, unsigned char key[TOKEN_KEY_SIZE])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	const char *why = fd < 0 ? strerror(errno) : read_key(fd, key);

	if (fd >= 0)
		close(fd);
	if (why)
		return refuse(
		    path, errno == ENOENT && fd < 0 ? "missing; run lienthong init" : why);
	return true;
}

static const char *
write_key(int fd)
{
	unsigned char key[TOKEN_KEY_SIZE];
	ssize_t n;

	randombytes_buf(key, sizeof key);
	n = write(fd, key, sizeof key);
	sodium_memzero(key, sizeof key);
	return n == TOKEN_KEY_SIZE && fsync(fd) == 0 ? NULL : strerror(errno);
}

bool
token_key_make(const char *path, bool *is_new)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	const char *why;

	*is_new = fd >= 0;
	if (fd < 0)
		return errno == EEXIST || refuse(path, strerror(errno));
	why = write_key(fd);
	close(fd);
	if (!why)
		return true;
	unlink(path);
	return refuse(path, why);
}
