/*
 * What both formats of the virtqueue share: words, ordering, and how a side says that the other
 * lied. Section numbers are those of virtio 1.4.
 */
#ifndef RING_H
#define RING_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Flags of a descriptor (2.7.5, 2.8.13). */
enum {
	FLAG_NEXT = 1,
	FLAG_WRITE = 2,
	FLAG_INDIRECT = 4,
};

/* Each side's private state has cache lines of its own; processors fetch lines in pairs. */
#define SIDE __attribute__((aligned(128)))

#define INLINE static inline __attribute__((always_inline))

/* What the driver remembers of a request, in memory that the device cannot reach. */
struct request {
	uint64_t token;
	uint32_t room;  /* bytes that the device may write */
	uint16_t next;  /* the next free one, while this one is free */
	uint16_t slots; /* descriptors it takes; 0 while it is free */
};

/* One used request, as harvest hands it out. */
struct used_request {
	uint64_t token;
	uint32_t length;
};

/* One available request, as the device sees it. */
struct chain {
	uint16_t id;
	uint16_t slots;
	uint32_t room;
};

INLINE uint16_t load_acquire16(const uint16_t *from)
{
	return __atomic_load_n(from, __ATOMIC_ACQUIRE);
}

INLINE void store_release16(uint16_t *to, uint16_t value)
{
	__atomic_store_n(to, value, __ATOMIC_RELEASE);
}

INLINE uint16_t load_relaxed16(const uint16_t *from)
{
	return __atomic_load_n(from, __ATOMIC_RELAXED);
}

INLINE uint32_t load_relaxed32(const uint32_t *from)
{
	return __atomic_load_n(from, __ATOMIC_RELAXED);
}

/* Store-then-load, where the specification asks for "a suitable memory barrier". */
INLINE void full_fence(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* Likely in no run: the other side broke the rules. */
static __attribute__((noreturn, cold, noinline)) void broken(const char *what, uint32_t found)
{
	fprintf(stderr, "ring: %s: %u\n", what, found);
	exit(1);
}

/* Zeroed, page-aligned memory, touched once so that no page fault falls into a measurement. */
static void *allocate(size_t bytes)
{
	size_t whole = (bytes + 4095) & ~(size_t)4095;
	void *memory = aligned_alloc(4096, whole);
	if (memory == NULL)
		broken("no memory for so many bytes", (uint32_t)bytes);
	return memset(memory, 0, whole);
}

/* All requests free, each linked to the next. */
static struct request *free_requests(uint32_t entries)
{
	struct request *requests = allocate(entries * sizeof *requests);
	for (uint32_t i = 0; i < entries; i++)
		requests[i].next = (uint16_t)(i + 1);
	return requests;
}

/*
 * The test of 2.7.10: going from `before` to `now`, was the entry at `event` filled?
 */
INLINE bool needs_event(uint16_t event, uint16_t now, uint16_t before)
{
	return (uint16_t)(now - event - 1) < (uint16_t)(now - before);
}

#endif
