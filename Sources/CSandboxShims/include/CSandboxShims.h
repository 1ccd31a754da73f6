// What the worker processes need of the operating system and Swift cannot call, or not safely.
//
// No function here touches a global of the process: signals, limits and descriptors of the engine stay as
// they are. Results below zero are negated errno values.
#ifndef FUNSEARCH_CSANDBOXSHIMS_H
#define FUNSEARCH_CSANDBOXSHIMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A child process and our ends of its pipes; the caller closes them. All are closed on exec.
typedef struct {
  int32_t pid;
  // Becomes readable when the child ends; -1 where the system has no such thing.
  int32_t pidfd;
  // Write end of the child's descriptor 0, not blocking.
  int32_t input;
  // Read end of its descriptor 1, not blocking.
  int32_t output;
  // Read end of its descriptor 2, not blocking.
  int32_t errors;
  // Read end of its descriptor 3, blocking; -1 unless it was asked for.
  int32_t info;
} fs_child;

// Which processes a child belongs to.
enum fs_processes {
  fs_processes_shared,
  // It is the first of a process namespace: when it ends, however it does, the system ends all others in it.
  // Needs the rights of root.
  fs_processes_own,
  // The same within a user namespace, for users who may make one.
  fs_processes_own_as_user,
};

// Starts `path` in a session of its own with descriptors 0, 1, 2 (and 3 if `info`) and no others, the
// default signal mask and handlers; under Linux the child is killed when the thread that started it ends.
// `processes` is one of `fs_processes`, which only Linux knows. `arguments` and `environment` hold that many strings, each ended by a
// zero byte. Returns 0 and fills `child`, or a negated errno.
int32_t fs_spawn(
    const char *path, const char *arguments, size_t argument_count, const char *environment,
    size_t environment_count, const char *directory, int32_t processes, bool info, fs_child *child);

enum {
  fs_can_write = 1,
  fs_can_read = 2,
  fs_can_read_errors = 4,
};

// Waits until one of the descriptors is ready (or has reached its end), at most `milliseconds`; a descriptor
// below zero is left out. Returns a sum of the values above, 0 after the time.
int32_t fs_wait_ready(int32_t input, int32_t output, int32_t errors, int64_t milliseconds);

// What `fs_read` and `fs_write` return when a descriptor that does not block has nothing to give or take.
extern const int64_t fs_try_again;

// The system's sentence for an errno value, cut to `count` bytes; returns its length.
int64_t fs_error_text(int32_t code, void *buffer, size_t count);

// As read(2) and write(2), started again after a signal. `write` never raises SIGPIPE in a thread made by
// `fs_start_thread`.
int64_t fs_read(int32_t descriptor, void *buffer, size_t count);
int64_t fs_write(int32_t descriptor, const void *buffer, size_t count);
void fs_close(int32_t descriptor);

// Opens a file for reading, or returns -1.
int32_t fs_open(const char *path);

// A pipe whose two ends are closed on exec, neither of them 0, 1 or 2.
int32_t fs_pipe(int32_t *read_end, int32_t *write_end);

// Waits at most `milliseconds` for our child to end, without reaping it.
void fs_await_end(int32_t pid, int32_t pidfd, int64_t milliseconds);

// Reaps our child if it has ended, without waiting, after killing what is left of its process group. Returns 1 and the wait status; 0 while it still runs; a
// negated errno when it is not our child any more.
int32_t fs_reap(int32_t pid, int32_t *status);

// Sends SIGKILL to a process, or with `group` to its whole process group.
void fs_kill(int32_t pid, bool group);

// A handle on a process that cannot come to mean another one, or -1 where the system has no such thing.
int32_t fs_open_pidfd(int32_t pid);
void fs_kill_pidfd(int32_t pidfd);

// Meaning of a wait status: the exit code, or -1 and `*signal`.
int32_t fs_exit_code(int32_t status, int32_t *signal);

// Milliseconds of a clock that never goes back.
int64_t fs_monotonic_milliseconds(void);

// Microseconds of the same clock.
int64_t fs_monotonic_microseconds(void);

// Sleeps for so long, or less if a signal comes.
void fs_nap(int64_t microseconds);

// Starts a detached thread with 8 MiB of stack and SIGPIPE blocked.
int32_t fs_start_thread(void (*body)(void *), void *context);

// Number of processors this process may use.
int32_t fs_processor_count(void);

// This process's number.
int32_t fs_process_identifier(void);

// Effective user id.
uint32_t fs_user_id(void);

// True when `path` is a regular file this process may execute.
bool fs_is_executable(const char *path);

// True when every user may read `path` and, for a folder, search it, and search all folders above it.
bool fs_is_public(const char *path);

#endif
