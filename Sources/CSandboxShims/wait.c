#define _GNU_SOURCE
#include "CSandboxShims.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/syscall.h>
#endif

int64_t fs_monotonic_milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t fs_monotonic_microseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void fs_nap(int64_t microseconds) {
  struct timespec span = {.tv_sec = microseconds / 1000000, .tv_nsec = microseconds % 1000000 * 1000};
  nanosleep(&span, NULL);
}

// poll(2) for at most `milliseconds` in all, whatever signals arrive.
static int poll_until(struct pollfd *entries, nfds_t count, int64_t milliseconds) {
  int64_t deadline = fs_monotonic_milliseconds() + milliseconds;
  for (;;) {
    int64_t left = deadline - fs_monotonic_milliseconds();
    if (left < 0) left = 0;
    int ready = poll(entries, count, left > INT_MAX ? INT_MAX : (int)left);
    if (ready >= 0) return ready;
    if (errno != EINTR && errno != EAGAIN) return -errno;
  }
}

int32_t fs_wait_ready(int32_t input, int32_t output, int32_t errors, int64_t milliseconds) {
  // poll(2) passes over descriptors below zero.
  struct pollfd entries[3] = {
      {.fd = input, .events = POLLOUT},
      {.fd = output, .events = POLLIN},
      {.fd = errors, .events = POLLIN},
  };
  int ready = poll_until(entries, 3, milliseconds);
  if (ready <= 0) return ready;
  int32_t result = 0;
  if (entries[0].revents != 0) result |= fs_can_write;
  if (entries[1].revents != 0) result |= fs_can_read;
  if (entries[2].revents != 0) result |= fs_can_read_errors;
  return result;
}

int64_t fs_read(int32_t descriptor, void *buffer, size_t count) {
  ssize_t got;
  do got = read(descriptor, buffer, count);
  while (got < 0 && errno == EINTR);
  return got < 0 ? -errno : got;
}

int64_t fs_write(int32_t descriptor, const void *buffer, size_t count) {
  ssize_t put;
  do put = write(descriptor, buffer, count);
  while (put < 0 && errno == EINTR);
  return put < 0 ? -errno : put;
}

const int64_t fs_try_again = -EAGAIN;

int64_t fs_error_text(int32_t code, void *buffer, size_t count) {
  const char *text = strerror(code);
  size_t length = strlen(text);
  if (length > count) length = count;
  memcpy(buffer, text, length);
  return (int64_t)length;
}

int32_t fs_reap(int32_t pid, int32_t *status) {
  // Until it is reaped, its number means nobody else.
  siginfo_t ended = {0};
  if (waitid(P_PID, (id_t)pid, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == pid) {
    fs_kill(pid, true);
  }
  int raw = 0;
  pid_t got;
  do got = waitpid(pid, &raw, WNOHANG);
  while (got < 0 && errno == EINTR);
  if (got < 0) return -errno;
  if (got == 0) return 0;
  *status = raw;
  return 1;
}

void fs_await_end(int32_t pid, int32_t pidfd, int64_t milliseconds) {
  if (milliseconds <= 0) return;
  if (pidfd >= 0) {
    struct pollfd entry = {.fd = pidfd, .events = POLLIN};
    poll_until(&entry, 1, milliseconds);
    return;
  }
  int64_t deadline = fs_monotonic_milliseconds() + milliseconds;
  siginfo_t ended = {0};
  while (waitid(P_PID, (id_t)pid, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == 0 &&
         fs_monotonic_milliseconds() < deadline) {
    struct timespec pause = {.tv_sec = 0, .tv_nsec = 1000000};
    nanosleep(&pause, NULL);
  }
}

void fs_kill(int32_t pid, bool group) {
  if (pid <= 1) return;
  kill(group ? -pid : pid, SIGKILL);
}

int32_t fs_open_pidfd(int32_t pid) {
#if defined(__linux__) && defined(SYS_pidfd_open)
  return (int32_t)syscall(SYS_pidfd_open, pid, 0);  // closed on exec by itself
#else
  (void)pid;
  return -1;
#endif
}

void fs_kill_pidfd(int32_t pidfd) {
#if defined(__linux__) && defined(SYS_pidfd_send_signal)
  syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0);
#else
  (void)pidfd;
#endif
}

int32_t fs_exit_code(int32_t status, int32_t *signal) {
  if (WIFEXITED(status)) return WEXITSTATUS(status);
  *signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  return -1;
}
