/*
 * Hyperscan as a peer of bench/recognise.mjs: hyperscan TERMS TEXT, both UTF-8, the terms one a line.
 * It reads UTF-8, its natural input: it searches bytes, and in UTF-16 would also report what begins in the middle of a unit.
 * The text is turned into UTF-8 before, outside of what is timed.
 * Prints a line of JSON when it has compiled the terms, and one for each line on stdin: a scan of the whole text, with the
 * hits as a number of them and a sum over (end in bytes, term) that does not depend on their order.
 * Build: cc -O2 hyperscan.c -lhs
 */
#include <hs/hs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct digest {
  uint64_t count;
  uint32_t sum;
};

struct file {
  char *bytes;
  size_t length;
};

static void fail(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(1);
}

static double now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static struct file read_file(const char *path) {
  FILE *in = fopen(path, "rb");
  if (!in || fseek(in, 0, SEEK_END) != 0) fail("a file cannot be read");
  struct file file = {NULL, (size_t)ftell(in)};
  rewind(in);
  file.bytes = malloc(file.length + 1);
  if (!file.bytes || fread(file.bytes, 1, file.length, in) != file.length) fail("a file cannot be read");
  fclose(in);
  return file;
}

static int on_match(unsigned int term, unsigned long long from, unsigned long long to, unsigned int flags, void *context) {
  (void)from; /* literals are reported with their ends only */
  (void)flags;
  struct digest *seen = context;
  seen->count += 1;
  seen->sum += (((uint32_t)to * 31u) ^ term) * 0x85ebca6bu;
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 3) fail("usage: hyperscan TERMS TEXT");
  struct file terms = read_file(argv[1]);
  struct file text = read_file(argv[2]);

  unsigned int count = 0;
  for (size_t at = 0; at < terms.length; at++) count += terms.bytes[at] == '\n';
  const char **patterns = malloc(count * sizeof *patterns);
  size_t *lengths = malloc(count * sizeof *lengths);
  unsigned int *flags = calloc(count, sizeof *flags);
  unsigned int *ids = malloc(count * sizeof *ids);
  if (!patterns || !lengths || !flags || !ids) fail("out of memory");
  char *line = terms.bytes;
  for (unsigned int term = 0; term < count; term++) {
    char *end = memchr(line, '\n', terms.bytes + terms.length - line);
    patterns[term] = line;
    lengths[term] = end - line;
    ids[term] = term;
    line = end + 1;
  }

  double began = now_ms();
  hs_database_t *database;
  hs_compile_error_t *error;
  if (hs_compile_lit_multi(patterns, flags, ids, lengths, count, HS_MODE_BLOCK, NULL, &database, &error) != HS_SUCCESS)
    fail(error->message);
  double build_ms = now_ms() - began;
  size_t bytes = 0;
  hs_database_size(database, &bytes);
  hs_scratch_t *scratch = NULL;
  if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS) fail("no scratch space");
  printf("{\"version\":\"%.*s\",\"buildMs\":%.1f,\"bytes\":%zu}\n", (int)strcspn(hs_version(), " "), hs_version(),
         build_ms, bytes);
  fflush(stdout);

  char request[16];
  while (fgets(request, sizeof request, stdin)) {
    struct digest seen = {0, 0};
    began = now_ms();
    hs_error_t status = hs_scan(database, text.bytes, (unsigned int)text.length, 0, scratch, on_match, &seen);
    double ms = now_ms() - began;
    if (status != HS_SUCCESS) fail("the scan failed");
    printf("{\"ms\":%.3f,\"count\":%llu,\"sum\":%d}\n", ms, (unsigned long long)seen.count, (int32_t)seen.sum);
    fflush(stdout);
  }
  return 0;
}
