/*
 * The split virtqueue (virtio 1.4 section 2.7), both sides, with EVENT_IDX.
 *
 *   descriptor table   written by the driver
 *   available ring     written by the driver: index, heads, used_event
 *   used ring          written by the device: index, (head, length), avail_event
 */
#ifndef SPLIT_H
#define SPLIT_H

#include "ring.h"

struct split_descriptor {
	uint64_t address;
	uint32_t length;
	uint16_t flags;
	uint16_t next;
};

struct split_available {
	uint16_t flags;
	uint16_t index;
	uint16_t heads[]; /* then used_event */
};

struct split_used_element {
	uint32_t id;
	uint32_t length;
};

struct split_used {
	uint16_t flags;
	uint16_t index;
	struct split_used_element elements[]; /* then avail_event */
};

struct split_shared {
	uint16_t mask; /* entries - 1; entries is a power of two */
	struct split_descriptor *descriptors;
	struct split_available *available;
	struct split_used *used;
	uint16_t *used_event;
	uint16_t *avail_event;
};

static struct split_shared split_allocate(uint32_t entries)
{
	struct split_shared shared = { .mask = (uint16_t)(entries - 1) };
	shared.descriptors = allocate(entries * sizeof *shared.descriptors);
	shared.available = allocate(6 + 2 * (size_t)entries);
	shared.used = allocate(6 + 8 * (size_t)entries);
	shared.used_event = &shared.available->heads[entries];
	shared.avail_event = (uint16_t *)&shared.used->elements[entries];
	return shared;
}

/* ---- The driver's side */

struct split_driver {
	struct split_shared shared;
	struct request *requests;
	uint16_t first_free;
	uint16_t offered; /* counts of requests, modulo 65536 as in the rings */
	uint16_t published;
	uint16_t published_when_asked;
	uint16_t harvested;
	uint32_t free;
	uint64_t doorbells;
} SIDE;

static void split_driver_open(struct split_driver *driver, struct split_shared shared)
{
	*driver = (struct split_driver){ .shared = shared };
	driver->requests = free_requests(shared.mask + 1u);
	driver->free = shared.mask + 1u;
	/* No interrupts: with EVENT_IDX an index just passed, which comes again after 65535 more. */
	*shared.used_event = 0xffff;
}

/* One buffer that the device writes; false if the queue is full. */
INLINE bool split_offer(struct split_driver *driver, uint64_t address, uint32_t length,
			uint64_t token)
{
	if (driver->free == 0)
		return false;
	uint16_t head = driver->first_free;
	struct request *request = &driver->requests[head];
	driver->first_free = request->next;
	driver->free--;
	request->token = token;
	request->room = length;
	request->slots = 1;
	driver->shared.descriptors[head] = (struct split_descriptor){
		.address = address, .length = length, .flags = FLAG_WRITE,
	};
	driver->shared.available->heads[driver->offered & driver->shared.mask] = head;
	driver->offered++;
	return true;
}

INLINE void split_publish(struct split_driver *driver)
{
	store_release16(&driver->shared.available->index, driver->offered);
	driver->published = driver->offered;
}

/* 2.7.13.4.1: a full barrier between the index and the device's wish. */
INLINE void split_ring_if_asked(struct split_driver *driver)
{
	if (driver->published == driver->published_when_asked)
		return;
	full_fence();
	uint16_t event = load_relaxed16(driver->shared.avail_event);
	if (needs_event(event, driver->published, driver->published_when_asked))
		driver->doorbells++;
	driver->published_when_asked = driver->published;
}

/* Takes up to `most` used requests; believes only what can be true. */
INLINE uint32_t split_harvest(struct split_driver *driver, struct used_request *into, uint32_t most)
{
	const struct split_shared *shared = &driver->shared;
	uint16_t harvested = driver->harvested;
	uint16_t more = load_acquire16(&shared->used->index) - harvested;
	if (more > (uint16_t)(driver->published - harvested))
		broken("more used than in flight", more);
	uint32_t count = more < most ? more : most;
	for (uint32_t i = 0; i < count; i++, harvested++) {
		const struct split_used_element *element =
			&shared->used->elements[harvested & shared->mask];
		uint32_t id = load_relaxed32(&element->id);
		uint32_t length = load_relaxed32(&element->length);
		if (id > shared->mask || driver->requests[id].slots == 0)
			broken("used, but not in flight", id);
		struct request *request = &driver->requests[id];
		if (length > request->room)
			broken("used length without room", length);
		into[i] = (struct used_request){ .token = request->token, .length = length };
		request->slots = 0;
		request->next = driver->first_free;
		driver->first_free = (uint16_t)id;
	}
	driver->free += count;
	driver->harvested = harvested;
	return count;
}

/* ---- The device's side */

struct split_device {
	struct split_shared shared;
	uint16_t taken; /* counts of chains, modulo 65536 */
	uint16_t seen;
	uint16_t used;
	uint16_t used_when_asked;
	uint64_t interrupts;
} SIDE;

static void split_device_open(struct split_device *device, struct split_shared shared)
{
	*device = (struct split_device){ .shared = shared };
	/* No doorbells: it polls. */
	*shared.avail_event = 0xffff;
}

/* Adds up what may be written, along the chain; bounded, whatever the driver wrote. */
INLINE uint32_t split_room(const struct split_shared *shared, uint16_t head)
{
	uint32_t room = 0;
	uint16_t at = head;
	for (uint32_t i = 0; i <= shared->mask; i++) {
		if (at > shared->mask)
			broken("descriptor outside the table", at);
		struct split_descriptor descriptor = shared->descriptors[at];
		if (descriptor.flags & FLAG_INDIRECT)
			broken("indirect, which was not agreed", at);
		if (descriptor.flags & FLAG_WRITE)
			room += descriptor.length;
		if (!(descriptor.flags & FLAG_NEXT))
			return room;
		at = descriptor.next;
	}
	broken("a chain without an end", head);
}

/* The next available chain; looks at the index only when what it knew of is used up. */
INLINE bool split_take(struct split_device *device, struct chain *chain)
{
	const struct split_shared *shared = &device->shared;
	if (device->taken == device->seen) {
		device->seen = load_acquire16(&shared->available->index);
		if (device->taken == device->seen)
			return false;
		if ((uint16_t)(device->seen - device->taken) > shared->mask + 1u)
			broken("more available than entries", device->seen);
	}
	chain->id = load_relaxed16(&shared->available->heads[device->taken & shared->mask]);
	chain->room = split_room(shared, chain->id);
	device->taken++;
	return true;
}

INLINE void split_use(struct split_device *device, const struct chain *chain, uint32_t written)
{
	device->shared.used->elements[device->used & device->shared.mask] =
		(struct split_used_element){ .id = chain->id, .length = written };
	device->used++;
}

INLINE void split_publish_used(struct split_device *device)
{
	store_release16(&device->shared.used->index, device->used);
}

INLINE void split_interrupt_if_asked(struct split_device *device)
{
	if (device->used == device->used_when_asked)
		return;
	full_fence();
	uint16_t event = load_relaxed16(device->shared.used_event);
	if (needs_event(event, device->used, device->used_when_asked))
		device->interrupts++;
	device->used_when_asked = device->used;
}

#endif
