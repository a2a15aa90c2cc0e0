/*
 * A disk on which every sync takes five milliseconds longer: preloaded (LD_PRELOAD) into the product and into what it is
 * measured against. Built by the bench with the machine's own compiler; nothing of it belongs to the product.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

typedef int (*sync_call)(int);

static void delay(void) {
  struct timespec left = {0, 5 * 1000 * 1000};
  while (nanosleep(&left, &left) != 0) {
  }
}

static int slow(const char *name, int fd) {
  sync_call real = (sync_call)dlsym(RTLD_NEXT, name);
  delay();
  return real(fd);
}

int fsync(int fd) { return slow("fsync", fd); }
int fdatasync(int fd) { return slow("fdatasync", fd); }
