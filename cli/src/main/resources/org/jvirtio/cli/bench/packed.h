/*
 * The packed virtqueue (virtio 1.4 section 2.8), both sides, with EVENT_IDX.
 *
 *   descriptor ring    the driver writes a slot, the device overwrites it when it has used it;
 *                      AVAIL and USED, compared with wrap counters, say whose it is
 *   driver event       written by the driver: which used slot it wants to hear of
 *   device event       written by the device: which available slot it wants to hear of
 */
#ifndef PACKED_H
#define PACKED_H

#include "ring.h"

enum {
	FLAG_AVAIL = 1 << 7,
	FLAG_USED = 1 << 15,
	STATE = FLAG_AVAIL | FLAG_USED,
	DISTINCT_IDS = 1 << 16,
	EVENT_ENABLE = 0,
	EVENT_DISABLE = 1,
	EVENT_AT_SLOT = 2,
	WRAP = 1 << 15, /* in an event's offset */
};

struct packed_descriptor {
	uint64_t address;
	uint32_t length;
	uint16_t id;
	uint16_t flags;
};

struct packed_shared {
	uint16_t entries;
	struct packed_descriptor *ring;
	uint32_t *driver_event; /* offset and wrap in the low half, flags in the high half */
	uint32_t *device_event;
};

/*
 * A place on a walk round the ring, and the AVAIL and USED flags that mark a descriptor there as
 * available, or as used, in this lap (2.8.1): with w the wrap counter, which begins as 1, available
 * is AVAIL = w, USED = !w, and used is AVAIL = USED = w. Both turn over with every lap.
 */
struct packed_place {
	uint16_t slot;
	uint16_t state;
};

static struct packed_shared packed_allocate(uint32_t entries)
{
	struct packed_shared shared = { .entries = (uint16_t)entries };
	shared.ring = allocate(entries * sizeof *shared.ring);
	shared.driver_event = allocate(sizeof *shared.driver_event);
	shared.device_event = allocate(sizeof *shared.device_event);
	return shared;
}

INLINE struct packed_place packed_after(const struct packed_shared *shared,
					struct packed_place place, uint16_t slots)
{
	uint32_t slot = (uint32_t)place.slot + slots;
	if (slot < shared->entries)
		return (struct packed_place){ (uint16_t)slot, place.state };
	return (struct packed_place){ (uint16_t)(slot - shared->entries), place.state ^ STATE };
}

/* Having filled `added` slots up to `now`, does the other side want to hear of it? */
INLINE bool packed_is_asked(const struct packed_shared *shared, uint32_t wish,
			    struct packed_place now, uint32_t added)
{
	switch (wish >> 16 & 3) {
	case EVENT_ENABLE:
		return true;
	case EVENT_AT_SLOT:
		break;
	default:
		return false;
	}
	int32_t ahead = (int32_t)now.slot - (int32_t)(wish & (WRAP - 1));
	if (((wish & WRAP) != 0) != ((now.state & FLAG_AVAIL) != 0)) /* of the lap before */
		ahead += shared->entries;
	return ahead > 0 && (uint32_t)ahead <= added;
}

/* ---- The driver's side */

struct packed_driver {
	struct packed_shared shared;
	struct request *requests;
	struct packed_place next;
	struct packed_place used;
	uint16_t first_free;
	uint16_t held_flags; /* of the first slot since the last publish */
	uint16_t held_slot;
	uint32_t free;
	uint32_t offered; /* slots */
	uint32_t published;
	uint32_t published_when_asked;
	uint32_t harvested;
	uint64_t doorbells;
} SIDE;

static void packed_driver_open(struct packed_driver *driver, struct packed_shared shared)
{
	*driver = (struct packed_driver){ .shared = shared };
	driver->requests = free_requests(shared.entries);
	driver->free = shared.entries;
	driver->next.state = FLAG_AVAIL;
	driver->used.state = STATE;
	*shared.driver_event = EVENT_DISABLE << 16;
}

/* One buffer that the device writes; false if the queue is full. */
INLINE bool packed_offer(struct packed_driver *driver, uint64_t address, uint32_t length,
			 uint64_t token)
{
	if (driver->free == 0)
		return false;
	uint16_t id = driver->first_free;
	struct request *request = &driver->requests[id];
	driver->first_free = request->next;
	driver->free--;
	request->token = token;
	request->room = length;
	request->slots = 1;
	struct packed_descriptor *descriptor = &driver->shared.ring[driver->next.slot];
	uint16_t flags = FLAG_WRITE | driver->next.state;
	descriptor->address = address;
	descriptor->length = length;
	descriptor->id = id;
	if (driver->offered == driver->published) { /* The flags that show the rest come last. */
		driver->held_flags = flags;
		driver->held_slot = driver->next.slot;
	} else {
		descriptor->flags = flags;
	}
	driver->next = packed_after(&driver->shared, driver->next, 1);
	driver->offered++;
	return true;
}

INLINE void packed_publish(struct packed_driver *driver)
{
	if (driver->offered == driver->published)
		return;
	store_release16(&driver->shared.ring[driver->held_slot].flags, driver->held_flags);
	driver->published = driver->offered;
}

INLINE void packed_ring_if_asked(struct packed_driver *driver)
{
	uint32_t added = driver->published - driver->published_when_asked;
	if (added == 0)
		return;
	full_fence();
	uint32_t wish = load_relaxed32(driver->shared.device_event);
	if (packed_is_asked(&driver->shared, wish, driver->next, added))
		driver->doorbells++;
	driver->published_when_asked = driver->published;
}

/* Takes up to `most` used requests; believes only what can be true. */
INLINE uint32_t packed_harvest(struct packed_driver *driver, struct used_request *into,
			       uint32_t most)
{
	const struct packed_shared shared = driver->shared;
	struct request *requests = driver->requests;
	struct packed_place used = driver->used;
	uint16_t first_free = driver->first_free;
	uint32_t in_flight = driver->published - driver->harvested;
	uint32_t count = 0, freed = 0;
	while (count < most && freed < in_flight) {
		const struct packed_descriptor *descriptor = &shared.ring[used.slot];
		uint16_t flags = load_acquire16(&descriptor->flags);
		if ((flags & STATE) != used.state)
			break;
		uint16_t id = load_relaxed16(&descriptor->id);
		uint32_t length = load_relaxed32(&descriptor->length);
		if (id >= shared.entries || requests[id].slots == 0)
			broken("used, but not in flight", id);
		struct request *request = &requests[id];
		if (length > request->room)
			broken("used length without room", length);
		into[count++] = (struct used_request){ .token = request->token, .length = length };
		freed += request->slots;
		used = packed_after(&shared, used, request->slots);
		request->slots = 0;
		request->next = first_free;
		first_free = id;
	}
	driver->used = used;
	driver->first_free = first_free;
	driver->free += freed;
	driver->harvested += freed;
	return count;
}

/* ---- The device's side */

struct packed_device {
	struct packed_shared shared;
	struct packed_place next; /* where the next available chain will be */
	struct packed_place used; /* where the next used descriptor goes */
	uint16_t *slots;	  /* by buffer id, of what is in flight; 0 for the rest */
	uint16_t held_flags;
	uint16_t held_slot;
	uint32_t taken;
	uint32_t written; /* slots */
	uint32_t published;
	uint32_t published_when_asked;
	uint64_t interrupts;
} SIDE;

static void packed_device_open(struct packed_device *device, struct packed_shared shared)
{
	*device = (struct packed_device){ .shared = shared };
	device->next.state = FLAG_AVAIL;
	device->used.state = STATE;
	device->slots = allocate(DISTINCT_IDS * sizeof *device->slots);
	/* No doorbells: it polls. */
	*shared.device_event = EVENT_DISABLE << 16;
}

INLINE bool packed_take(struct packed_device *device, struct chain *chain)
{
	const struct packed_shared *shared = &device->shared;
	if (device->taken - device->written >= shared->entries)
		return false;
	const struct packed_descriptor *descriptor = &shared->ring[device->next.slot];
	uint16_t flags = load_acquire16(&descriptor->flags);
	if ((flags & STATE) != device->next.state)
		return false;
	*chain = (struct chain){ 0 };
	for (uint32_t i = 0; i < shared->entries; i++) { /* Bounded, whatever the driver wrote. */
		if (flags & FLAG_INDIRECT)
			broken("indirect, which was not agreed", device->next.slot);
		if (flags & FLAG_WRITE)
			chain->room += descriptor->length;
		chain->slots++;
		chain->id = descriptor->id; /* 2.8.6: the last one's counts. */
		device->next = packed_after(shared, device->next, 1);
		if (!(flags & FLAG_NEXT)) {
			device->taken += chain->slots;
			if (device->slots[chain->id] != 0)
				broken("an id that is in flight", chain->id);
			device->slots[chain->id] = chain->slots;
			return true;
		}
		descriptor = &shared->ring[device->next.slot];
		flags = load_relaxed16(&descriptor->flags);
	}
	broken("a chain without an end", device->next.slot);
}

INLINE void packed_use(struct packed_device *device, const struct chain *chain, uint32_t written)
{
	struct packed_descriptor *descriptor = &device->shared.ring[device->used.slot];
	uint16_t flags = device->used.state | (written != 0 ? FLAG_WRITE : 0);
	descriptor->length = written;
	descriptor->id = chain->id;
	if (device->written == device->published) {
		device->held_flags = flags;
		device->held_slot = device->used.slot;
	} else {
		descriptor->flags = flags;
	}
	device->used = packed_after(&device->shared, device->used, chain->slots);
	device->written += chain->slots;
	device->slots[chain->id] = 0;
}

INLINE void packed_publish_used(struct packed_device *device)
{
	if (device->written == device->published)
		return;
	store_release16(&device->shared.ring[device->held_slot].flags, device->held_flags);
	device->published = device->written;
}

INLINE void packed_interrupt_if_asked(struct packed_device *device)
{
	uint32_t added = device->published - device->published_when_asked;
	if (added == 0)
		return;
	full_fence();
	uint32_t wish = load_relaxed32(device->shared.driver_event);
	if (packed_is_asked(&device->shared, wish, device->used, added))
		device->interrupts++;
	device->published_when_asked = device->published;
}

#endif
