#if !defined(__linux__)
#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

// Leaves the child no descriptor from `first` up.
static int close_from(posix_spawn_file_actions_t *actions, int first) {
#if defined(__GLIBC__) && (__GLIBC__ > 2 || (__GLIBC__ == 2 && __GLIBC_MINOR__ >= 34))
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
#elif defined(__APPLE__)
  (void)actions;
  (void)first;
  return 0;  // POSIX_SPAWN_CLOEXEC_DEFAULT does it.
#else
  // Best effort: what is open now. Our own descriptors are closed on exec in any case.
  long limit = sysconf(_SC_OPEN_MAX);
  if (limit < 0 || limit > 4096) limit = 4096;
  for (int fd = first; fd < limit; fd++) {
    int flags = fcntl(fd, F_GETFD);
    if (flags < 0 || (flags & FD_CLOEXEC)) continue;
    int error = posix_spawn_file_actions_addclose(actions, fd);
    if (error != 0) return error;
  }
  return 0;
#endif
}

// Every signal at its default, none blocked, a session of its own.
static int prepare_attributes(posix_spawnattr_t *attributes) {
  sigset_t all, none;
  sigfillset(&all);
  sigdelset(&all, SIGKILL);
  sigdelset(&all, SIGSTOP);
  sigemptyset(&none);
  short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID;
#if defined(__APPLE__)
  flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
  int error = posix_spawnattr_setsigdefault(attributes, &all);
  if (error == 0) error = posix_spawnattr_setsigmask(attributes, &none);
  if (error == 0) error = posix_spawnattr_setflags(attributes, flags);
  return error;
}

static int prepare_actions(
    posix_spawn_file_actions_t *actions, const int ends[4], const char *directory) {
  for (int target = 0; target < 4; target++) {
    if (ends[target] < 0) continue;
    int error = posix_spawn_file_actions_adddup2(actions, ends[target], target);
    if (error != 0) return error;
  }
  if (directory != NULL) {
    int error = posix_spawn_file_actions_addchdir_np(actions, directory);
    if (error != 0) return error;
  }
  return close_from(actions, ends[3] < 0 ? 3 : 4);
}

int launch(const launch_order *order, pid_t *pid) {
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t actions;
  int error = posix_spawnattr_init(&attributes);
  if (error != 0) return error;
  error = posix_spawn_file_actions_init(&actions);
  if (error != 0) {
    posix_spawnattr_destroy(&attributes);
    return error;
  }
  error = prepare_attributes(&attributes);
  if (error == 0) error = prepare_actions(&actions, order->ends, order->directory);
  if (error == 0) {
    error = posix_spawn(pid, order->path, &actions, &attributes, order->arguments, order->environment);
  }
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error;
}
#endif
