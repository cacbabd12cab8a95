/*
 * The commands of the program: one function each, in its own cmd_*.c.
 */
#ifndef LT_COMMANDS_H
#define LT_COMMANDS_H

/* argv[0] is the command's own name. Returns the exit status: 0, 1 for a failure, 2 for wrong use.
 */
int cmd_serve(int argc, char **argv);
int cmd_init(int argc, char **argv);
int cmd_config(int argc, char **argv);
int cmd_demo(int argc, char **argv);
int cmd_logic(int argc, char **argv);
int cmd_schema(int argc, char **argv);
int cmd_workflow(int argc, char **argv);
int cmd_calendar(int argc, char **argv);
int cmd_dates(int argc, char **argv);
int cmd_incident(int argc, char **argv);
int cmd_flow(int argc, char **argv);

#endif
