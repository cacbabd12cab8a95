/*
 * Private to jobs: a loop runs one kind of work again and again, each round in a task of its own,
 * so that its memory is given back.
 */
#ifndef LT_JOBS_PRIV_H
#define LT_JOBS_PRIV_H

#include "jobs.h"
#include "store.h"

struct loop {
	const char *name;
	/* One round. *more: there is more to do at once. A failure is logged here, by the loop. */
	int (*work)(struct task *t, bool *more);
	int pause_ms;

	struct task *task; /* NULL: not running */
	bool is_working;   /* a round is under way */
	bool is_wanted;    /* woken: no pause before the next round */
	bool has_more;
	bool is_failing; /* said once, until it works again */
};

void loop_start(struct loop *l);
void loop_wake(struct loop *l);
bool jobs_is_stopping(void);
const struct jobs_config *jobs_config(void);

int timers_round(struct task *t, bool *more);
int mailer_round(struct task *t, bool *more);
int watcher_round(struct task *t, bool *more);
int schedules_round(struct task *t, bool *more);
int lists_round(struct task *t, bool *more);
int vacancies_round(struct task *t, bool *more);
int cleanup_round(struct task *t, bool *more);

/* ---- backoff.c: when to try again ---- */

/* first_ms doubled with each attempt up to limit_ms, give or take a fifth; attempts from 1. */
int64_t backoff_us(int attempts, int64_t first_ms, int64_t limit_ms);

/* ---- mime.c, mime_encode.c: a mail as RFC 5322 text; pure ---- */

/* "Liên Thông <a@b>" -> "a@b"; "a@b" stays. */
char *mail_address_of(struct arena *a, const char *mailbox);

/* The whole message with CRLF line ends. The same row always gives the same bytes, so a mail that
 * is sent twice is the same mail. */
struct str mail_message(struct arena *a, const struct jobs_config *cfg, const struct mail_row *m);
char *mail_file_name(struct arena *a, const struct mail_row *m);

/* Text of a header as RFC 2047 words of at most 75 characters, folded; column: where it begins. */
void mime_add_words(struct str *s, const char *text, int column);
/* Quoted-printable (RFC 2045) with CRLF line ends. */
void mime_add_quoted(struct str *s, const char *text);

/* ---- mail_server.c: whether the mail server takes mail at all ---- */
/* It could not be reached, or would not talk: nobody asks it for a while, longer each time. */
int mail_server_is_away(struct task *t, const char *why) MUST_CHECK;
int mail_server_is_there(struct task *t) MUST_CHECK;
int64_t mail_server_pause_us(void); /* how long nobody asks it from now on; 0: it may be asked */

/* ---- deliver.c: blocks, so only in the offload ---- */

/* A connection that is kept from mail to mail; used by one thread at a time. */
enum { SEND_TIMEOUT_S = 60 }; /* of one mail */
struct smtp {
	void *curl; /* NULL: none */
};
void smtp_close(void *smtp);

struct delivery {
	const struct jobs_config *cfg;
	const char *from, *to; /* bare addresses */
	const char *message;
	size_t len;
	const char *file_name; /* of the .eml */
	struct smtp *smtp;

	bool is_done;
	bool is_hopeless; /* no use in trying again */
	bool is_away;	  /* the server was never asked: it cannot be reached, or does not talk */
	char why[300];
};
void deliver(void *delivery);

#endif
