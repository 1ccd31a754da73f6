#define _GNU_SOURCE
#include "CSandboxShims.h"

#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__linux__)
#include <sched.h>
#endif

typedef struct {
  void (*body)(void *);
  void *context;
} thread_start;

static void *run_thread(void *argument) {
  thread_start start = *(thread_start *)argument;
  free(argument);
  sigset_t broken_pipe;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken_pipe, NULL);
  start.body(start.context);
  return NULL;
}

int32_t fs_start_thread(void (*body)(void *), void *context) {
  thread_start *start = malloc(sizeof *start);
  if (start == NULL) return -1;
  *start = (thread_start){body, context};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, 8 << 20);
  pthread_t thread;
  int error = pthread_create(&thread, &attributes, run_thread, start);
  pthread_attr_destroy(&attributes);
  if (error != 0) free(start);
  return -error;
}

int32_t fs_processor_count(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0) return CPU_COUNT(&set);
#endif
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (int32_t)count : 1;
}

uint32_t fs_user_id(void) { return (uint32_t)geteuid(); }

bool fs_is_executable(const char *path) {
  struct stat entry;
  return stat(path, &entry) == 0 && S_ISREG(entry.st_mode) && access(path, X_OK) == 0;
}

bool fs_is_public(const char *path) {
  char real[PATH_MAX];
  if (realpath(path, real) == NULL) return false;
  struct stat entry;
  if (stat(real, &entry) != 0) return false;
  mode_t needed = S_ISDIR(entry.st_mode) ? S_IROTH | S_IXOTH : S_IROTH;
  if ((entry.st_mode & needed) != needed) return false;
  for (char *slash = strrchr(real, '/'); slash != NULL && slash != real; slash = strrchr(real, '/')) {
    *slash = 0;
    if (stat(real, &entry) != 0 || !(entry.st_mode & S_IXOTH)) return false;
  }
  return true;
}

int32_t fs_open(const char *path) { return open(path, O_RDONLY | O_CLOEXEC); }

int32_t fs_process_identifier(void) { return (int32_t)getpid(); }
