/*
 * lienthong workflow diagram: the chart as a picture, by Graphviz where an SVG is wanted.
 */
#include "cmd_workflow.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void
become_dot(int input)
{
	if (dup2(input, STDIN_FILENO) < 0)
		_exit(126);
	close(input);
	execlp("dot", "dot", "-Tsvg", (char *)NULL);
	_exit(errno == ENOENT ? 127 : 126);
}

static bool
write_all(int fd, const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		ssize_t n = write(fd, text, left);

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0) {
			text += n;
			left -= (size_t)n;
		}
	}
	return true;
}

static int
report(int status)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		fputs("lienthong: svg needs Graphviz: install the package graphviz, or take "
		      "--format dot or mermaid\n",
		    stderr);
	else
		fputs("lienthong: Graphviz could not draw the chart\n", stderr);
	return 1;
}

static int
print_svg(const char *dot)
{
	int ends[2], status;
	pid_t pid;

	if (pipe(ends) != 0) {
		perror("pipe");
		return 1;
	}
	signal(SIGPIPE, SIG_IGN); /* a dot that is not there does not read */
	pid = fork();
	if (pid == 0) {
		close(ends[1]);
		become_dot(ends[0]);
	}
	close(ends[0]);
	if (pid > 0)
		(void)write_all(ends[1], dot);
	close(ends[1]);
	if (pid < 0 || waitpid(pid, &status, 0) != pid) {
		perror("dot");
		return 1;
	}
	return report(status);
}

static int
print_diagram(struct arena *a, const char *path, const char *format, const char *lang)
{
	struct json_object *machine = workflow_read(a, path);
	struct error_list errors;
	struct sc_chart *chart;
	struct law *l;
	int status = 0;

	if (machine == NULL)
		return 2;
	error_list_init(&errors, a);
	chart = sc_load_lenient(machine, &errors);
	workflow_print_mistakes(path, &errors);
	if (chart == NULL)
		return 1;
	error_list_init(&errors, a);
	l = law_load(workflow_definitions_of(a, path), &errors); /* for titles: none is fine */
	if (strcmp(format, "mermaid") == 0)
		fputs(diagram_mermaid(chart, lang, a), stdout);
	else if (strcmp(format, "dot") == 0)
		fputs(diagram_dot(l, chart, lang, a), stdout);
	else
		status = print_svg(diagram_dot(l, chart, lang, a));
	law_free(l);
	sc_free(chart);
	return status;
}

static bool
is_format(const char *format)
{
	if (!strcmp(format, "svg") || !strcmp(format, "dot") || !strcmp(format, "mermaid"))
		return true;
	fprintf(stderr, "lienthong: --format is svg, dot or mermaid, not \"%s\"\n", format);
	return false;
}

int
workflow_diagram(int argc, char **argv)
{
	const char *path = NULL, *format = "svg", *lang = "vi", *value;
	struct arena *a;
	int status;

	for (int i = 1; i < argc; i++) {
		if ((value = workflow_option(argc, argv, &i, "--format")))
			format = value;
		else if ((value = workflow_option(argc, argv, &i, "--lang")))
			lang = value;
		else if (argv[i][0] == '-' || path)
			return workflow_usage();
		else
			path = argv[i];
	}
	if (path == NULL)
		return workflow_usage();
	if (!is_format(format) || !workflow_is_lang(lang))
		return 2;
	a = arena_new();
	status = print_diagram(a, path, format, lang);
	arena_free(a);
	return status;
}
