/*
 * lienthong config: prints the configuration keys with their defaults, as a file that can be
 * edited.
 */
#include "commands.h"

#include "config.h"

int
cmd_config(int argc, char **argv)
{
	(void)argv;
	if (argc != 1) {
		fputs("usage: lienthong config\n", stderr);
		return 2;
	}
	config_print_help(stdout);
	return 0;
}
