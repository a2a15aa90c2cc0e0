/*
 * A disk that fails on order: preloaded (LD_PRELOAD) into the built server, it counts the calls that open, write, cut,
 * sync, name, unname or (from a given place) read files under FAULTY_DISK_UNDER, or ask whether these may be written, and
 * at those that were ordered does what was ordered.
 *
 * FAULTY_DISK_ORDERS is a file with one line, looked at before every call; counting begins anew when the line changes:
 *
 *     serial act first last value call path
 *
 * The calls from the first to the last whose name is `call` (`*`: any but read) and whose path contains `path` (`*`: any)
 * are
 *   kill   cut off by the death of the process: a write when half of it is done, any other before it is begun
 *   fail   refused with the error number `value`, nothing done
 *   hang   begun when there are other orders, or none
 *   watch  only counted
 *
 * FAULTY_DISK_LOG gets a line for every call while there are orders: "number call path", after it was done, and a "!"
 * behind those that were not.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))real(#name))
#define LINE 1024

struct turn {
  long number;
  enum { PASS, KILL, FAIL, HANG } act;
  long value;
  char orders[LINE];
};

static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;
static char orders_before[LINE];
static long counted;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static ssize_t read_orders(char *orders) {
  const char *file = getenv("FAULTY_DISK_ORDERS");
  int fd = file ? REAL(open)(file, O_RDONLY | O_CLOEXEC) : -1;
  if (fd < 0) return -1;
  ssize_t length = read(fd, orders, LINE - 1);
  close(fd);
  if (length >= 0) orders[length] = 0;
  return length;
}

static int is_under(const char *path) {
  const char *under = getenv("FAULTY_DISK_UNDER");
  return under && *under && strncmp(path, under, strlen(under)) == 0;
}

static int is_any(const char *wanted) { return strcmp(wanted, "*") == 0; }

static int asks_for(const char *wanted_call, const char *wanted_path, const char *call, const char *path) {
  if (is_any(wanted_call) ? strcmp(call, "read") == 0 : strcmp(wanted_call, call) != 0) return 0;
  return is_any(wanted_path) || strstr(path, wanted_path) != NULL;
}

/* What happens to this call. Number 0: nobody asks for it. */
static struct turn turn_of(const char *call, const char *path) {
  struct turn turn = {.number = 0, .act = PASS};
  char act[16], wanted_call[32], wanted_path[256];
  long first, last, value;
  if (!is_under(path)) return turn;
  pthread_mutex_lock(&counting);
  if (read_orders(turn.orders) <= 0 ||
      sscanf(turn.orders, "%*s %15s %ld %ld %ld %31s %255s", act, &first, &last, &value, wanted_call, wanted_path) != 6) {
    pthread_mutex_unlock(&counting);
    return turn;
  }
  if (strcmp(turn.orders, orders_before) != 0) {
    strcpy(orders_before, turn.orders);
    counted = 0;
  }
  if (asks_for(wanted_call, wanted_path, call, path)) {
    turn.number = ++counted;
    turn.value = value;
    if (turn.number >= first && turn.number <= last)
      turn.act = strcmp(act, "kill") == 0 ? KILL : strcmp(act, "fail") == 0 ? FAIL : strcmp(act, "hang") == 0 ? HANG : PASS;
  }
  pthread_mutex_unlock(&counting);
  return turn;
}

static void note(struct turn turn, const char *call, const char *path, int is_done) {
  char line[PATH_MAX + 64];
  const char *file = getenv("FAULTY_DISK_LOG");
  int fd = file && turn.number ? REAL(open)(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
  if (fd < 0) return;
  int length = snprintf(line, sizeof line, "%ld %s %s%s\n", turn.number, call, path, is_done ? "" : "!");
  REAL(write)(fd, line, (size_t)length);
  close(fd);
}

static void path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  path[length < 0 ? 0 : length] = 0;
}

static void end(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

static void hang_under(const char *orders) {
  struct timespec pause = {0, 20 * 1000 * 1000};
  char now[LINE];
  while (read_orders(now) > 0 && strcmp(now, orders) == 0) nanosleep(&pause, NULL);
}

/* `half` is what a killed call has done of its work, `whole` the call itself. */
#define ORDERED(call, path, half, whole)             \
  struct turn turn = turn_of(call, path);            \
  if (turn.act == KILL) {                            \
    note(turn, call, path, 0);                       \
    half;                                            \
    end();                                           \
  }                                                  \
  if (turn.act == FAIL) {                            \
    note(turn, call, path, 0);                       \
    errno = (int)turn.value;                         \
    return -1;                                       \
  }                                                  \
  if (turn.act == HANG) hang_under(turn.orders);     \
  __typeof__(whole) result = whole;                  \
  int error = errno;                                 \
  note(turn, call, path, 1);                         \
  errno = error;                                     \
  return result;

#define ORDERED_FD(call, half, whole) \
  char path[PATH_MAX];                \
  path_of(fd, path);                  \
  ORDERED(call, path, half, whole)

#define NOTHING (void)0

#define OPENING(name)                                                                                   \
  int name(const char *file, int flags, ...) {                                                          \
    mode_t mode = 0;                                                                                    \
    if (flags & O_CREAT) {                                                                              \
      va_list rest;                                                                                     \
      va_start(rest, flags);                                                                            \
      mode = va_arg(rest, mode_t);                                                                      \
      va_end(rest);                                                                                     \
    }                                                                                                   \
    if ((flags & O_ACCMODE) == O_RDONLY && !(flags & O_CREAT)) return REAL(name)(file, flags, mode);    \
    ORDERED("open", file, NOTHING, REAL(name)(file, flags, mode))                                       \
  }
OPENING(open)
OPENING(open64)

ssize_t write(int fd, const void *data, size_t size) {
  ORDERED_FD("write", REAL(write)(fd, data, size / 2), REAL(write)(fd, data, size))
}

#define WRITING_AT(name, offset_type)                                                                      \
  ssize_t name(int fd, const void *data, size_t size, offset_type at) {                                    \
    ORDERED_FD("write", REAL(name)(fd, data, size / 2, at), REAL(name)(fd, data, size, at))                \
  }
WRITING_AT(pwrite, off_t)
WRITING_AT(pwrite64, off64_t)

ssize_t writev(int fd, const struct iovec *pieces, int count) {
  ORDERED_FD("write", REAL(write)(fd, pieces->iov_base, pieces->iov_len / 2), REAL(writev)(fd, pieces, count))
}

#define READING_AT(name, offset_type) \
  ssize_t name(int fd, void *data, size_t size, offset_type at) { ORDERED_FD("read", NOTHING, REAL(name)(fd, data, size, at)) }
READING_AT(pread, off_t)
READING_AT(pread64, off64_t)

int fsync(int fd) { ORDERED_FD("fsync", NOTHING, REAL(fsync)(fd)) }
int fdatasync(int fd) { ORDERED_FD("fsync", NOTHING, REAL(fdatasync)(fd)) }

#define CUTTING(name, offset_type) \
  int name(int fd, offset_type size) { ORDERED_FD("ftruncate", NOTHING, REAL(name)(fd, size)) }
CUTTING(ftruncate, off_t)
CUTTING(ftruncate64, off64_t)

/* Asked before writing; SQLite asks much else by it. */
int access(const char *file, int mode) {
  if (!(mode & W_OK)) return REAL(access)(file, mode);
  ORDERED("access", file, NOTHING, REAL(access)(file, mode))
}

int rename(const char *from, const char *to) { ORDERED("rename", to, NOTHING, REAL(rename)(from, to)) }
int unlink(const char *file) { ORDERED("unlink", file, NOTHING, REAL(unlink)(file)) }
int mkdir(const char *file, mode_t mode) { ORDERED("mkdir", file, NOTHING, REAL(mkdir)(file, mode)) }
