/*
 * The registers of a virtio PCI function in two layouts (virtio 1.3): 4.1.4, structures that
 * capabilities point to, and 4.1.4.10, one block of ports. Everything else calls the functions
 * below and does not know which it is.
 */
#ifndef VIRTIO_PCI_H
#define VIRTIO_PCI_H

#include "vfio.h"

/* 4.1.4: struct virtio_pci_cap. */
enum {
	CAP_TYPE = 3,
	CAP_BAR = 4,
	CAP_OFFSET = 8,
	CAP_NOTIFY_MULTIPLIER = 16,
	CAP_MOST = 48 /* a longer list is a loop */
};
enum { TYPE_COMMON = 1, TYPE_NOTIFY = 2, TYPE_DEVICE = 4 };

/* 4.1.4.3: struct virtio_pci_common_cfg. */
enum {
	COMMON_DEVICE_FEATURE_SELECT = 0,
	COMMON_DEVICE_FEATURE = 4,
	COMMON_DRIVER_FEATURE_SELECT = 8,
	COMMON_DRIVER_FEATURE = 12,
	COMMON_DEVICE_STATUS = 20,
	COMMON_QUEUE_SELECT = 22,
	COMMON_QUEUE_SIZE = 24,
	COMMON_QUEUE_VECTOR = 26,
	COMMON_QUEUE_ENABLE = 28,
	COMMON_QUEUE_NOTIFY_OFF = 30,
	COMMON_QUEUE_DESC = 32,
	COMMON_QUEUE_DRIVER = 40,
	COMMON_QUEUE_DEVICE = 48
};

/* 4.1.4.10: the legacy interface. Device configuration begins behind the vectors, which exist
 * while MSI-X is enabled. */
enum {
	LEGACY_DEVICE_FEATURES = 0,
	LEGACY_DRIVER_FEATURES = 4,
	LEGACY_QUEUE_PFN = 8,
	LEGACY_QUEUE_SIZE = 12,
	LEGACY_QUEUE_SELECT = 14,
	LEGACY_QUEUE_NOTIFY = 16,
	LEGACY_STATUS = 18,
	LEGACY_QUEUE_VECTOR = 22,
	LEGACY_CONFIG = 20,
	LEGACY_CONFIG_WITH_VECTORS = 24
};

enum { ACKNOWLEDGE = 1, DRIVER = 2, DRIVER_OK = 4, FEATURES_OK = 8 };

#define FEATURE(bit) (1ull << (bit))
#define BLOCK_FLUSH FEATURE(9)
#define INDIRECT_DESC FEATURE(28)
#define EVENT_IDX FEATURE(29)
#define VERSION_1 FEATURE(32)
#define ACCESS_PLATFORM FEATURE(33)

struct transport {
	const struct function *function;
	bool legacy, vectors;
	struct window registers; /* the common structure, or the legacy block */
	struct window config;
	int notify_bar;
	uint64_t notify_offset;
	uint32_t notify_multiplier;
	uint64_t accepted;
};

static void find_structures(struct transport *t)
{
	const struct function *f = t->function;
	int at = config_read(f, PCI_CAPABILITY_LIST, 1), found = 0;
	for (int i = 0; at != 0 && i < CAP_MOST; i++, at = config_read(f, at + PCI_CAP_LIST_NEXT, 1)) {
		if (config_read(f, at, 1) != PCI_CAP_ID_VNDR)
			continue;
		int type = config_read(f, at + CAP_TYPE, 1);
		int bar = config_read(f, at + CAP_BAR, 1);
		uint32_t offset = config_read(f, at + CAP_OFFSET, 4);
		if (found >> type & 1) /* 4.1.4.1: the first of a type is the preferred one */
			continue;
		found |= 1 << type;
		if (type == TYPE_COMMON) {
			t->registers = window_open(f, bar, offset);
		} else if (type == TYPE_DEVICE) {
			t->config = window_open(f, bar, offset);
		} else if (type == TYPE_NOTIFY) {
			t->notify_bar = bar;
			t->notify_offset = offset;
			t->notify_multiplier = config_read(f, at + CAP_NOTIFY_MULTIPLIER, 4);
		}
	}
	int needed = 1 << TYPE_COMMON | 1 << TYPE_NOTIFY | 1 << TYPE_DEVICE;
	errno = 0;
	if ((found & needed) != needed)
		fail("the function has no complete 1.x layout: structures 0x%x", found);
}

static void transport_open(struct transport *t, const struct function *f, bool legacy, bool vectors)
{
	*t = (struct transport){ .function = f, .legacy = legacy, .vectors = vectors };
	if (legacy) {
		t->registers = window_open(f, 0, 0);
		t->config = window_open(f, 0, vectors ? LEGACY_CONFIG_WITH_VECTORS : LEGACY_CONFIG);
	} else {
		find_structures(t);
	}
}

static uint8_t status_read(const struct transport *t)
{
	return window_read(&t->registers, t->legacy ? LEGACY_STATUS : COMMON_DEVICE_STATUS, 1);
}

static void status_write(const struct transport *t, uint8_t status)
{
	window_write(&t->registers, t->legacy ? LEGACY_STATUS : COMMON_DEVICE_STATUS, 1, status);
}

static void transport_reset(const struct transport *t)
{
	status_write(t, 0);
	for (int i = 0; status_read(t) != 0; i++) {
		errno = 0;
		if (i == 100000)
			fail("the device does not finish its reset: status 0x%x", status_read(t));
	}
}

static uint64_t features_offered(const struct transport *t)
{
	if (t->legacy)
		return window_read(&t->registers, LEGACY_DEVICE_FEATURES, 4);
	uint64_t offered = 0;
	for (int half = 0; half < 2; half++) {
		window_write(&t->registers, COMMON_DEVICE_FEATURE_SELECT, 4, half);
		uint64_t bits = window_read(&t->registers, COMMON_DEVICE_FEATURE, 4);
		offered |= bits << 32 * half;
	}
	return offered;
}

/* From reset to the moment before queues are set up (3.1.1, steps 1 to 6). */
static void transport_negotiate(struct transport *t, uint64_t wanted)
{
	transport_reset(t);
	status_write(t, ACKNOWLEDGE);
	status_write(t, ACKNOWLEDGE | DRIVER);
	t->accepted = features_offered(t) & wanted;
	if (t->legacy) {
		window_write(&t->registers, LEGACY_DRIVER_FEATURES, 4, t->accepted);
		return;
	}
	for (int half = 0; half < 2; half++) {
		window_write(&t->registers, COMMON_DRIVER_FEATURE_SELECT, 4, half);
		window_write(&t->registers, COMMON_DRIVER_FEATURE, 4, t->accepted >> 32 * half);
	}
	status_write(t, ACKNOWLEDGE | DRIVER | FEATURES_OK);
	errno = 0;
	if (!(status_read(t) & FEATURES_OK))
		fail("the device refuses the features 0x%llx", (unsigned long long)t->accepted);
}

static void transport_start(const struct transport *t)
{
	status_write(t, status_read(t) | DRIVER_OK);
}

static uint64_t config_read64(const struct transport *t, int at)
{
	return window_read(&t->config, at, 4) | (uint64_t)window_read(&t->config, at + 4, 4) << 32;
}

/* Entries of queue 0, which stays selected. */
static int queue_size(const struct transport *t)
{
	window_write(&t->registers, t->legacy ? LEGACY_QUEUE_SELECT : COMMON_QUEUE_SELECT, 2, 0);
	return window_read(&t->registers, t->legacy ? LEGACY_QUEUE_SIZE : COMMON_QUEUE_SIZE, 2);
}

static void write64(const struct window *w, int at, uint64_t value)
{
	window_write(w, at, 4, value);
	window_write(w, at + 4, 4, value >> 32);
}

static void queue_vector(const struct transport *t)
{
	int at = t->legacy ? LEGACY_QUEUE_VECTOR : COMMON_QUEUE_VECTOR;
	window_write(&t->registers, at, 2, 0);
	errno = 0;
	if (window_read(&t->registers, at, 2) != 0)
		fail("the device refuses MSI-X vector 0");
}

/* Tells the device where queue 0 lies; returns the register of its doorbell. */
static struct window queue_enable(const struct transport *t, uint64_t table, uint64_t available,
				  uint64_t used)
{
	if (t->vectors)
		queue_vector(t);
	if (t->legacy) {
		window_write(&t->registers, LEGACY_QUEUE_PFN, 4, table / PAGE_BYTES);
		struct window doorbell = t->registers;
		doorbell.offset += LEGACY_QUEUE_NOTIFY;
		return doorbell;
	}
	write64(&t->registers, COMMON_QUEUE_DESC, table);
	write64(&t->registers, COMMON_QUEUE_DRIVER, available);
	write64(&t->registers, COMMON_QUEUE_DEVICE, used);
	uint64_t slot = window_read(&t->registers, COMMON_QUEUE_NOTIFY_OFF, 2);
	window_write(&t->registers, COMMON_QUEUE_ENABLE, 2, 1);
	return window_open(t->function, t->notify_bar,
			   t->notify_offset + slot * t->notify_multiplier);
}

#endif
