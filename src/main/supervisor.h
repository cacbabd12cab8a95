/*
 * Several processes that share one listening socket, started, watched and ended by their parent.
 */
#ifndef LT_SUPERVISOR_H
#define LT_SUPERVISOR_H

struct supervised {
	int workers;
	int (*work)(void *arg);   /* in the child; its exit status */
	void (*ready)(void *arg); /* in the parent, once, when the first worker answers */
	void *arg;
};

/* Returns when told to end by SIGTERM or SIGINT, or when the first worker did not get ready: the
 * exit status. */
int supervise(const struct supervised *s);

/* In a worker: it answers now. */
void supervisor_tell_ready(void);

/* In a worker: the signals of the parent may come from here on. */
void supervisor_unblock_signals(void);

#endif
