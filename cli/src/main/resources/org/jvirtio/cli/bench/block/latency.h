/*
 * A histogram of latencies in nanoseconds: 32 steps for each power of two, so a quantile is right
 * to three per cent. LatencyHistogram.java has the same steps.
 */
#ifndef LATENCY_H
#define LATENCY_H

#include <stdint.h>

enum { STEP_BITS = 5, STEPS = 1 << STEP_BITS, BUCKETS = (64 - STEP_BITS + 1) * STEPS };

struct latencies {
	uint32_t count[BUCKETS];
};

static inline int latency_bucket(uint64_t ns)
{
	if (ns < STEPS)
		return ns;
	int shift = 63 - __builtin_clzll(ns) - STEP_BITS;
	return shift * STEPS + (ns >> shift);
}

static inline void latency_add(struct latencies *all, uint64_t ns)
{
	all->count[latency_bucket(ns)]++;
}

/* The middle of the bucket in which the given part of all latencies (0 to 1) is reached. */
static double latency_quantile(const struct latencies *all, double part)
{
	uint64_t total = 0, seen = 0;
	for (int i = 0; i < BUCKETS; i++)
		total += all->count[i];
	for (int i = 0; i < BUCKETS; i++) {
		seen += all->count[i];
		if (seen > total * part) {
			int shift = i < 2 * STEPS ? 0 : i / STEPS - 1;
			return (i - shift * STEPS + 0.5) * (1ull << shift);
		}
	}
	return 0;
}

#endif
