/*
 * The secret that signs session tokens: a file that only its owner can read.
 */
#ifndef LT_TOKEN_KEY_H
#define LT_TOKEN_KEY_H

#include <stdbool.h>

enum { TOKEN_KEY_SIZE = 32 };

/* Both say what is wrong in one line on stderr and return false. */
bool token_key_read(const char *path, unsigned char key[TOKEN_KEY_SIZE]);
bool token_key_make(const char *path, bool *is_new); /* unless it is there */

#endif
