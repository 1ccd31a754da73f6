// How a child process is started, by system; private to this target.
#ifndef FUNSEARCH_LAUNCH_H
#define FUNSEARCH_LAUNCH_H

#include <stdint.h>
#include <sys/types.h>

typedef struct {
  const char *path;
  char **arguments;
  char **environment;
  const char *directory;
  // What become the child's descriptors 0 to 3, none of them below 4; -1 for none.
  int ends[4];
  // One of `fs_processes`.
  int32_t processes;
} launch_order;

// Returns 0 and sets `pid`, or an errno value.
int launch(const launch_order *order, pid_t *pid);

#endif
