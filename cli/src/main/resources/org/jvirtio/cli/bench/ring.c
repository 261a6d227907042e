/*
 * The peer of "jvirtio bench ring": a driver and a device turn one virtqueue, on one thread or on
 * two, and the buffers that went round are counted.
 *
 *   ring --ring split|packed --threads 1|2 --batch N --entries N [--seconds S | --count N]
 *        [--cpus A,B]
 *
 * Prints one line of JSON. The loops, in loops.h, are those that ours has in Java.
 */
#define _GNU_SOURCE
#include "packed.h"
#include "split.h"

#include <getopt.h>
#include <pthread.h>
#include <sched.h>
#include <time.h>

enum {
	MOST_BATCH = 256,
	BUFFER_BYTES = 64,
	BUFFERS_BETWEEN_CLOCKS = 1 << 14,
};

static struct {
	bool packed;
	int threads;
	uint32_t batch;
	uint32_t entries;
	double seconds;
	uint64_t count;
	int cpus[2];
} plan = {
	.threads = 1, .batch = 32, .entries = 256, .seconds = 0.5, .cpus = { -1, -1 },
};

/* What is printed. A thread is busy for that part of the time for which it had a processor. */
static struct {
	uint64_t buffers;
	double seconds;
	double driver_busy;
	double device_busy;
	uint64_t doorbells;
	uint64_t interrupts;
	double looks; /* of a device on a thread of its own, for each batch that it found */
} result = { .device_busy = 1, .looks = 1 };

/* A new thread begins on its maker's processor, and gets none while that one spins there. */
static pthread_barrier_t both_are_there;

static SIDE bool finished;

static double now(clockid_t clock)
{
	struct timespec time;
	clock_gettime(clock, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void pin(int cpu)
{
	cpu_set_t set;
	if (cpu < 0)
		return;
	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof set, &set) != 0)
		broken("cannot run on processor", (uint32_t)cpu);
}

INLINE void pause_processor(void)
{
#if defined(__x86_64__)
	__builtin_ia32_pause();
#endif
}

/* ---- What the loops of both formats share */

/* What goes round: tokens count up, so that their sum tells whether each came back once. */
struct circulation {
	uint64_t base;
	uint64_t offered;
	uint64_t harvested;
	uint64_t tokens;
	uint64_t lengths;
	struct used_request batch[MOST_BATCH];
};

static bool is_over(const struct circulation *round, double end)
{
	return plan.count != 0 ? round->harvested >= plan.count : now(CLOCK_MONOTONIC) >= end;
}

static void settle(const struct circulation *round, double begin, double begin_cpu)
{
	result.seconds = now(CLOCK_MONOTONIC) - begin;
	result.driver_busy = (now(CLOCK_THREAD_CPUTIME_ID) - begin_cpu) / result.seconds;
	result.buffers = round->harvested;
	uint64_t n = round->offered;
	uint64_t tokens = n % 2 == 0 ? n / 2 * (n - 1) : (n - 1) / 2 * n;
	if (round->harvested != n || round->tokens != tokens || round->lengths != BUFFER_BYTES * n)
		broken("buffers were lost or came back twice", (uint32_t)n);
}

#define QUEUE split
#include "loops.h"
#define QUEUE packed
#include "loops.h"

/* ---- The command line */

static __attribute__((noreturn)) void usage(void)
{
	fputs("ring --ring split|packed --threads 1|2 --batch 1..256 --entries 2..32768,"
	      " a power of two\n     [--seconds S | --count N] [--cpus A,B]\n",
	      stderr);
	exit(2);
}

static void parse(int count, char **words)
{
	static const struct option options[] = {
		{ "ring", 1, NULL, 'r' },    { "threads", 1, NULL, 't' }, { "batch", 1, NULL, 'b' },
		{ "entries", 1, NULL, 'e' }, { "seconds", 1, NULL, 's' }, { "count", 1, NULL, 'c' },
		{ "cpus", 1, NULL, 'p' },    { NULL, 0, NULL, 0 },
	};
	int option;
	while ((option = getopt_long(count, words, "", options, NULL)) != -1) {
		switch (option) {
		case 'r': plan.packed = strcmp(optarg, "packed") == 0; break;
		case 't': plan.threads = atoi(optarg); break;
		case 'b': plan.batch = (uint32_t)atoi(optarg); break;
		case 'e': plan.entries = (uint32_t)atoi(optarg); break;
		case 's': plan.seconds = atof(optarg); break;
		case 'c': plan.count = strtoull(optarg, NULL, 10); break;
		case 'p':
			if (sscanf(optarg, "%d,%d", &plan.cpus[0], &plan.cpus[1]) != 2)
				usage();
			break;
		default: usage();
		}
	}
	if (plan.threads < 1 || plan.threads > 2 || plan.batch < 1 || plan.batch > MOST_BATCH ||
	    plan.entries < 2 || plan.entries > 32768 || plan.entries & (plan.entries - 1) ||
	    plan.batch > plan.entries)
		usage();
}

int main(int count, char **words)
{
	parse(count, words);
	pin(plan.cpus[0]);
	if (plan.packed)
		packed_run();
	else
		split_run();
	printf("{\"buffers\": %llu, \"seconds\": %.6f, \"busy\": %.3f, \"doorbells\": %llu,"
	       " \"interrupts\": %llu, \"looks\": %.4f}\n",
	       (unsigned long long)result.buffers, result.seconds,
	       result.driver_busy < result.device_busy ? result.driver_busy : result.device_busy,
	       (unsigned long long)result.doorbells, (unsigned long long)result.interrupts,
	       result.looks);
	return 0;
}
