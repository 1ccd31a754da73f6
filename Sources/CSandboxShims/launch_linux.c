#if defined(__linux__)
#define _GNU_SOURCE
#include "CSandboxShims.h"
#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__clang__) || defined(__GNUC__)
#define SHARES_MEMORY __attribute__((no_sanitize("address", "thread", "undefined")))
#else
#define SHARES_MEMORY
#endif

static const size_t stack_size = 64 << 10;

// What the child reads, and the one thing it writes: it shares the memory of this process until it has become
// another program, while the thread that started it stands still.
typedef struct {
  const launch_order *order;
  pid_t engine;
  char user_map[32];
  char group_map[32];
  volatile int error;
} child_state;

SHARES_MEMORY static bool write_file(const char *path, const char *text) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  ssize_t length = (ssize_t)strlen(text);
  bool written = write(file, text, (size_t)length) == length;
  close(file);
  return written;
}

// In a user namespace just made: this user stays who he is, and is nobody else.
SHARES_MEMORY static bool map_user(const child_state *state) {
  return write_file("/proc/self/setgroups", "deny") && write_file("/proc/self/uid_map", state->user_map)
      && write_file("/proc/self/gid_map", state->group_map);
}

// bubblewrap looks itself up in /proc, by the number it has in its own process namespace. Where that cannot be mounted,
// trying it tells whether bubblewrap gets along.
SHARES_MEMORY static void mount_own_proc(void) {
  if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) != 0) return;
  mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
}

// Every signal at its default, none blocked.
SHARES_MEMORY static void reset_signals(void) {
  struct sigaction standard;
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
}

SHARES_MEMORY static bool place_descriptors(const int ends[4]) {
  for (int target = 0; target < 4; target++) {
    if (ends[target] >= 0 && dup2(ends[target], target) < 0) return false;
  }
  unsigned first = ends[3] < 0 ? 3 : 4;
#if defined(SYS_close_range)
  if (syscall(SYS_close_range, first, ~0U, 0) == 0) return true;
#endif
  for (unsigned descriptor = first; descriptor < 4096; descriptor++) close((int)descriptor);
  return true;
}

// Dies with the thread that started it. The request is kept across exec, so there is no moment without it but the
// one before, in which a parent that is gone is noticed. A child that begins a process namespace cannot see its
// parent; it goes on to where it finds its input closed, and ends.
SHARES_MEMORY static bool die_with_parent(const child_state *state) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return false;
  return state->order->processes != fs_processes_shared || getppid() == state->engine;
}

SHARES_MEMORY static int become_program(void *argument) {
  child_state *state = argument;
  const launch_order *order = state->order;
  errno = ESRCH;
  bool ready = die_with_parent(state) && (order->processes != fs_processes_own_as_user || map_user(state))
      && setsid() >= 0 && place_descriptors(order->ends)
      && (order->directory == NULL || chdir(order->directory) == 0);
  if (ready) {
    if (order->processes != fs_processes_shared) mount_own_proc();
    sigset_t none;
    reset_signals();
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(order->path, order->arguments, order->environment);
  }
  state->error = errno;
  _exit(127);
}

static int namespace_flags(int32_t processes) {
  if (processes == fs_processes_shared) return 0;
  int flags = CLONE_NEWPID | CLONE_NEWNS;
  return processes == fs_processes_own_as_user ? flags | CLONE_NEWUSER : flags;
}

int launch(const launch_order *order, pid_t *pid) {
  child_state state = {.order = order, .engine = getpid(), .error = 0};
  snprintf(state.user_map, sizeof state.user_map, "%u %u 1", geteuid(), geteuid());
  snprintf(state.group_map, sizeof state.group_map, "%u %u 1", getegid(), getegid());
  char *stack = mmap(NULL, stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED) return errno;
  // No handler of this process may run in the child.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  int flags = CLONE_VM | CLONE_VFORK | SIGCHLD | namespace_flags(order->processes);
  pid_t child = clone(become_program, stack + stack_size, flags, &state);
  int error = child < 0 ? errno : state.error;
  if (child > 0 && error != 0) waitpid(child, NULL, 0);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  munmap(stack, stack_size);
  *pid = child;
  return error;
}
#endif
