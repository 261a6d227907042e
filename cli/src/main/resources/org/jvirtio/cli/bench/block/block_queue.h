/*
 * A split virtqueue of block requests (virtio 1.3, 2.7 and 5.2.6). Each request is a chain of
 * three: header, data, status. What never changes of a chain is written once; what the device
 * could change is believed only as far as our own copy confirms it.
 *
 *   table (16 n)   available ring   -- next page -- used ring   slots (128 n)
 */
#ifndef BLOCK_QUEUE_H
#define BLOCK_QUEUE_H

#include <stddef.h>

#include "virtio_pci.h"

enum { DESC_NEXT = 1, DESC_WRITE = 2, DESC_INDIRECT = 4 };
enum { NO_NOTIFY = 1, NO_INTERRUPT = 1 };
enum { BLOCK_IN = 0, BLOCK_OUT = 1, STATUS_OK = 0, STATUS_UNTOUCHED = 0xff };
enum { SECTOR_BYTES = 512, CHAIN = 3, ENTRIES_MOST = 1024 };

struct descriptor {
	uint64_t address;
	uint32_t length;
	uint16_t flags, next;
};

struct used_element {
	uint32_t id, length;
};

struct block_header {
	uint32_t type, reserved;
	uint64_t sector;
};

/* All of a request but its data. */
struct slot {
	struct block_header header;
	struct descriptor table[CHAIN]; /* used if the device takes indirect descriptors */
	volatile uint8_t status;
	uint8_t unused[63];
};

struct block_queue {
	int size, slot_count;
	bool indirect, event_index, lengths_count;
	struct descriptor *table;
	volatile uint16_t *available_flags, *available_index, *available_ring, *used_event;
	volatile uint16_t *used_flags, *used_index, *available_event;
	volatile struct used_element *used_ring;
	struct slot *slots;
	struct window doorbell;
	uint16_t offered, rung, harvested, seen;
	int free_count;
	uint16_t free_slots[ENTRIES_MOST];
	uint32_t data_bytes[ENTRIES_MOST]; /* that the device may write, and 0 if not in flight */
	bool in_flight[ENTRIES_MOST];
	uint32_t token[ENTRIES_MOST];
	uint64_t doorbells;
};

/* ---- Fences: what the processor and the compiler may not reorder. */

static inline void fence_store(void) { __atomic_thread_fence(__ATOMIC_RELEASE); }
static inline void fence_load(void) { __atomic_thread_fence(__ATOMIC_ACQUIRE); }
static inline void fence_full(void) { __atomic_thread_fence(__ATOMIC_SEQ_CST); }

static struct descriptor *chain_of(struct block_queue *q, int slot)
{
	return q->indirect ? q->slots[slot].table : q->table + CHAIN * slot;
}

static inline int head_of(const struct block_queue *q, int slot)
{
	return q->indirect ? slot : CHAIN * slot;
}

static void prepare_slot(struct block_queue *q, int slot, uint64_t address)
{
	struct descriptor *chain = chain_of(q, slot);
	int first = q->indirect ? 0 : CHAIN * slot;
	chain[0] = (struct descriptor){ address + offsetof(struct slot, header),
					sizeof(struct block_header), DESC_NEXT, first + 1 };
	chain[1].next = first + 2;
	chain[2] = (struct descriptor){ address + offsetof(struct slot, status), 1, DESC_WRITE, 0 };
	if (q->indirect)
		q->table[slot] = (struct descriptor){ address + offsetof(struct slot, table),
						      sizeof q->slots->table, DESC_INDIRECT, 0 };
	q->free_slots[q->free_count++] = slot;
}

/* Lays the queue out in one huge page and hands it to the device. */
static void block_queue_open(struct block_queue *q, const struct transport *t, struct memory m)
{
	int n = q->size = queue_size(t);
	errno = 0;
	if (n == 0 || n > ENTRIES_MOST || n & (n - 1))
		fail("queue 0 has %d entries; this program takes powers of two up to %d", n,
		     ENTRIES_MOST);
	uint64_t available = sizeof(struct descriptor) * n;
	/* 2.7.2: the legacy layout aligns the used ring to a page; 1.x takes that as well. */
	uint64_t used = (available + 6 + 2 * n + PAGE_BYTES - 1) & -(uint64_t)PAGE_BYTES;
	uint64_t slots = used + 6 + sizeof(struct used_element) * n;
	slots = (slots + sizeof(struct slot) - 1) & -(uint64_t)sizeof(struct slot);

	q->table = (struct descriptor *)m.bytes;
	q->available_flags = (uint16_t *)(m.bytes + available);
	q->available_index = q->available_flags + 1;
	q->available_ring = q->available_flags + 2;
	q->used_event = q->available_ring + n;
	q->used_flags = (uint16_t *)(m.bytes + used);
	q->used_index = q->used_flags + 1;
	q->used_ring = (struct used_element *)(m.bytes + used + 4);
	q->available_event = (uint16_t *)(q->used_ring + n);
	q->slots = (struct slot *)(m.bytes + slots);
	q->indirect = t->accepted & INDIRECT_DESC;
	q->event_index = t->accepted & EVENT_IDX;
	/* 5.2.6.3: without VERSION_1 the driver "SHOULD ignore the used length values". */
	q->lengths_count = t->accepted & VERSION_1;
	q->slot_count = q->indirect ? n : n / CHAIN;
	for (int i = q->slot_count - 1; i >= 0; i--)
		prepare_slot(q, i, m.address + slots + sizeof(struct slot) * i);
	q->doorbell = queue_enable(t, m.address, m.address + available, m.address + used);
}

/* Returns false if the queue is full. */
static inline bool block_offer(struct block_queue *q, uint32_t type, uint64_t sector,
			       uint64_t address, uint32_t bytes, uint32_t token)
{
	if (q->free_count == 0)
		return false;
	int i = q->free_slots[--q->free_count];
	struct slot *slot = q->slots + i;
	slot->header = (struct block_header){ type, 0, sector };
	slot->status = STATUS_UNTOUCHED;
	struct descriptor *data = chain_of(q, i) + 1;
	data->address = address;
	data->length = bytes;
	data->flags = type == BLOCK_IN ? DESC_NEXT | DESC_WRITE : DESC_NEXT;
	q->data_bytes[i] = type == BLOCK_IN ? bytes : 0;
	q->token[i] = token;
	q->in_flight[i] = true;
	q->available_ring[q->offered++ & (q->size - 1)] = head_of(q, i);
	return true;
}

static inline void doorbell_ring(struct block_queue *q)
{
	window_write(&q->doorbell, 0, 2, 0);
	q->doorbells++;
}

/* 2.7.10: going from `before` to `now`, was the entry at `event` filled? */
static inline bool needs_event(uint16_t event, uint16_t now, uint16_t before)
{
	return (uint16_t)(now - event - 1) < (uint16_t)(now - before);
}

/* Shows the device what was offered, and rings if it wants to hear of it. */
static inline void block_submit(struct block_queue *q)
{
	if (q->offered == q->rung)
		return;
	fence_store();
	*q->available_index = q->offered;
	fence_full(); /* 2.7.13.4.1: before the device's wish is read */
	if (q->event_index ? needs_event(*q->available_event, q->offered, q->rung)
			   : !(*q->used_flags & NO_NOTIFY))
		doorbell_ring(q);
	q->rung = q->offered;
}

/* Reads the device's index; true if it has used something that was not harvested. */
static inline bool block_look(struct block_queue *q)
{
	q->seen = *q->used_index;
	fence_load();
	errno = 0;
	if ((uint16_t)(q->seen - q->harvested) > (uint16_t)(q->offered - q->harvested))
		fail("the used index went from %u to %u, with %u requests in flight", q->harvested,
		     q->seen, (uint16_t)(q->offered - q->harvested));
	return q->seen != q->harvested;
}

static inline int slot_of(const struct block_queue *q, uint32_t id)
{
	uint32_t slot = q->indirect ? id : id / CHAIN;
	errno = 0;
	if (slot >= (uint32_t)q->slot_count || !q->in_flight[slot] ||
	    id != (uint32_t)head_of(q, slot))
		fail("used element %u names descriptor %u, which starts no request in flight",
		     q->harvested, id);
	return slot;
}

/* Takes a completed request; false once there are no more. `ok` tells how it ended. */
static inline bool block_poll(struct block_queue *q, uint32_t *token, bool *ok)
{
	if (q->harvested == q->seen && !block_look(q))
		return false;
	volatile struct used_element *element = q->used_ring + (q->harvested & (q->size - 1));
	int slot = slot_of(q, element->id);
	uint32_t length = element->length, most = q->data_bytes[slot] + 1;
	errno = 0;
	if (q->lengths_count && length > most)
		fail("the device claims %u bytes written where it could write %u", length, most);
	bool short_read = q->lengths_count && q->data_bytes[slot] != 0 && length < most;
	*ok = q->slots[slot].status == STATUS_OK && !short_read;
	*token = q->token[slot];
	q->in_flight[slot] = false;
	q->free_slots[q->free_count++] = slot;
	q->harvested++;
	return true;
}

static void block_disable_interrupts(struct block_queue *q)
{
	if (q->event_index)
		*q->used_event = q->harvested - 1; /* just passed: 65535 requests away */
	else
		*q->available_flags = NO_INTERRUPT;
}

/* Asks for an interrupt, then looks again (2.7.14); true: do not sleep. */
static bool block_enable_interrupts(struct block_queue *q)
{
	if (q->event_index)
		*q->used_event = q->harvested;
	else
		*q->available_flags = 0;
	fence_full();
	return q->harvested != q->seen || block_look(q);
}

#endif
