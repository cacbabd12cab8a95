/*
 * lienthong init: makes the token key and brings the database to the newest migration.
 */
#include "commands.h"

#include "once.h"
#include "token_key.h"

#include <sodium.h>

static int
migrate(struct task *t, const struct config *cfg, void *applied)
{
	return db_migrate(t, cfg->migrations_dir, applied);
}

static int
init(const struct config *cfg)
{
	int applied = 0;
	bool is_new;

	if (sodium_init() < 0 || !token_key_make(cfg->token_key_file, &is_new))
		return 1;
	printf("token key %s: %s\n", cfg->token_key_file, is_new ? "made" : "there already");
	if (run_once(cfg, "migrate", migrate, &applied) != 0)
		return 1;
	printf("database %s: %d new migrations\n", cfg->db.database, applied);
	return 0;
}

int
cmd_init(int argc, char **argv)
{
	struct arena *a = arena_new();
	struct config cfg;
	int status = config_from_arguments(a, argc, argv, &cfg);

	if (status == 0)
		status = init(&cfg);
	arena_free(a);
	return status;
}
