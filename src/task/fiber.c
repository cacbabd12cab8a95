/*
 * Fibers: stacks with a guard page, recycled, and switching between them and the loop's own, told
 * to ASan and valgrind so that both see straight. Nothing here knows of events or tasks.
 */
#include "task_priv.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#else
#define VALGRIND_STACK_REGISTER(start, end) 0
#define VALGRIND_STACK_DEREGISTER(id) (void)(id)
#endif

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#endif

#ifdef WITH_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
enum { STACK_SIZE = 1024 * 1024 }; /* red zones make frames larger */
#else
#define __sanitizer_start_switch_fiber(save, bottom, size)                                         \
	((void)(save), (void)(bottom), (void)(size))
#define __sanitizer_finish_switch_fiber(save, bottom, size)                                        \
	((void)(save), (void)(bottom), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(start, size) (void)(start)
enum { STACK_SIZE = 256 * 1024 }; /* only touched pages cost memory */
#endif

enum { IDLE_MAX = 128 };

struct fiber {
	ucontext_t context;
	char *map; /* guard page, then the stack */
	size_t map_size, guard_size;
	unsigned valgrind_id;
	void *asan_save; /* its fake stack while it is left */
	void (*run)(void *arg);
	void *arg;
	bool is_ending;
	struct fiber *next;
};

static struct fiber *idle, *entered;
static int idle_count;
static ucontext_t loop_context;
static void *loop_asan_save;
static const void *loop_stack;
static size_t loop_stack_size;

static char *
stack_of(struct fiber *f)
{
	return f->map + f->guard_size;
}

static void
switch_to_loop(struct fiber *f, void **asan_save)
{
	(void)asan_save;
	__sanitizer_start_switch_fiber(asan_save, loop_stack, loop_stack_size);
	swapcontext(&f->context, &loop_context);
	__sanitizer_finish_switch_fiber(f->asan_save, &loop_stack, &loop_stack_size);
}

/* Runs one piece of work after another, so that the stack's bookkeeping in ASan lives on; a NULL
 * save, only at the very end, gives that up. */
static void
fiber_main(void)
{
	struct fiber *f = entered;

	__sanitizer_finish_switch_fiber(NULL, &loop_stack, &loop_stack_size);
	while (!f->is_ending) {
		f->run(f->arg);
		f->run = NULL;
		switch_to_loop(f, &f->asan_save);
	}
	switch_to_loop(f, NULL);
	abort(); /* an ended fiber was entered */
}

static struct fiber *
fiber_new(void)
{
	struct fiber *f = xcalloc(1, sizeof *f);

	f->guard_size = (size_t)sysconf(_SC_PAGESIZE);
	f->map_size = f->guard_size + STACK_SIZE;
	f->map = mmap(NULL, f->map_size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);
	if (f->map == MAP_FAILED || mprotect(f->map, f->guard_size, PROT_NONE) < 0) {
		log_error("no memory for a stack");
		abort();
	}
	f->valgrind_id = VALGRIND_STACK_REGISTER(stack_of(f), f->map + f->map_size);
	getcontext(&f->context);
	f->context.uc_stack.ss_sp = stack_of(f);
	f->context.uc_stack.ss_size = STACK_SIZE;
	makecontext(&f->context, fiber_main, 0);
	return f;
}

struct fiber *
fiber_get(void (*run)(void *arg), void *arg)
{
	struct fiber *f = idle;

	if (f) {
		idle = f->next;
		idle_count--;
	} else {
		f = fiber_new();
	}
	f->run = run;
	f->arg = arg;
	return f;
}

static void
switch_to(struct fiber *f)
{
	assert(!entered);
	entered = f;
	__sanitizer_start_switch_fiber(&loop_asan_save, stack_of(f), STACK_SIZE);
	swapcontext(&loop_context, &f->context);
	__sanitizer_finish_switch_fiber(loop_asan_save, NULL, NULL);
	entered = NULL;
}

static void
fiber_free(struct fiber *f)
{
	f->is_ending = true;
	switch_to(f);
	ASAN_UNPOISON_MEMORY_REGION(f->map, f->map_size);
	VALGRIND_STACK_DEREGISTER(f->valgrind_id);
	munmap(f->map, f->map_size);
	free(f);
}

void
fiber_enter(struct fiber *f)
{
	switch_to(f);
	if (f->run)
		return;
	if (idle_count == IDLE_MAX) {
		fiber_free(f);
		return;
	}
	f->next = idle;
	idle = f;
	idle_count++;
}

void
fiber_leave(void)
{
	switch_to_loop(entered, &entered->asan_save);
}

void
fiber_free_idle(void)
{
	while (idle) {
		struct fiber *f = idle;

		idle = f->next;
		fiber_free(f);
	}
	idle_count = 0;
}
