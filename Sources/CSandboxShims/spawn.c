#define _GNU_SOURCE
#include "CSandboxShims.h"
#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#if defined(__APPLE__)
#include <pthread.h>
// A descriptor is open without its close-on-exec flag for a moment: no spawn may happen in it. Other
// spawns of the process are kept out by POSIX_SPAWN_CLOEXEC_DEFAULT only where they use it too.
static pthread_mutex_t spawning = PTHREAD_MUTEX_INITIALIZER;
#endif

void fs_close(int32_t descriptor) {
  if (descriptor >= 0) close(descriptor);
}

// Moves a descriptor above 2, so that placing the child's descriptors cannot overwrite it.
static int above_standard(int descriptor) {
  if (descriptor < 0 || descriptor > 3) return descriptor;
  int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 4);
  int saved = errno;
  close(descriptor);
  errno = saved;
  return moved;
}

int32_t fs_pipe(int32_t *read_end, int32_t *write_end) {
  int ends[2];
#if defined(__APPLE__)
  pthread_mutex_lock(&spawning);
  int made = pipe(ends);
  if (made == 0) {
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  }
  pthread_mutex_unlock(&spawning);
#else
  int made = pipe2(ends, O_CLOEXEC);
#endif
  if (made != 0) return -errno;
  ends[0] = above_standard(ends[0]);
  ends[1] = above_standard(ends[1]);
  if (ends[0] < 0 || ends[1] < 0) {
    int error = errno;
    fs_close(ends[0]);
    fs_close(ends[1]);
    return -error;
  }
  *read_end = ends[0];
  *write_end = ends[1];
  return 0;
}

// Pointers to `count` strings laid end to end, with a null at the end; the caller frees the array.
static char **pointers(const char *strings, size_t count) {
  char **array = calloc(count + 1, sizeof(char *));
  if (array == NULL) return NULL;
  for (size_t i = 0; i < count; i++) {
    array[i] = (char *)strings;
    strings += strlen(strings) + 1;
  }
  return array;
}

static void do_not_block(int descriptor) {
  fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

int32_t fs_spawn(
    const char *path, const char *arguments, size_t argument_count, const char *environment,
    size_t environment_count, const char *directory, int32_t processes, bool info, fs_child *child) {
  int theirs[4] = {-1, -1, -1, -1};
  int ours[4] = {-1, -1, -1, -1};
  pid_t pid = -1;
  char **argv = pointers(arguments, argument_count);
  char **envp = pointers(environment, environment_count);
  int error = argv == NULL || envp == NULL ? -ENOMEM : 0;
  if (error == 0) error = fs_pipe(&theirs[0], &ours[0]);
  for (int i = 1; error == 0 && i < (info ? 4 : 3); i++) error = fs_pipe(&ours[i], &theirs[i]);
  launch_order order = {
      .path = path, .arguments = argv, .environment = envp, .directory = directory, .processes = processes};
  memcpy(order.ends, theirs, sizeof theirs);
  if (error == 0) error = -launch(&order, &pid);
  for (int i = 0; i < 4; i++) fs_close(theirs[i]);
  free(argv);
  free(envp);
  if (error != 0) {
    for (int i = 0; i < 4; i++) fs_close(ours[i]);
    return error;
  }
  for (int i = 0; i < 3; i++) do_not_block(ours[i]);
  *child = (fs_child){
      .pid = pid, .pidfd = fs_open_pidfd(pid), .input = ours[0], .output = ours[1], .errors = ours[2],
      .info = ours[3]};
  return 0;
}
