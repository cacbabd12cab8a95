/*
 * api: thin handlers, one file per resource: read input, call one flow function, write output.
 * The contract is docs/api.md.
 */
#ifndef LT_API_H
#define LT_API_H

#include "http.h"

struct api_config {
	const unsigned char *token_key; /* 32 bytes */
	bool is_demo;
};

const struct http_route *api_routes(const struct api_config *cfg); /* ends with method NULL */
int api_authenticate(struct task *t, struct http_req *rq);
void api_stop(void); /* closes the streams */

#endif
