/*
 * One PCI function through VFIO, as Documentation/driver-api/vfio.rst of Linux describes it: by
 * container and group, because Debian's kernel 6.1 has no other way. A step that fails ends the
 * program and says which.
 */
#ifndef JVIRTIO_VFIO_H
#define JVIRTIO_VFIO_H

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <linux/pci_regs.h>
#include <linux/vfio.h>

enum { PAGE_BYTES = 4096, HUGE_BYTES = 2 << 20 };

struct function {
	int container, group, device;
	uint64_t config; /* where configuration space begins in the device's file */
};

/* Part of a BAR: mapped, or, where VFIO does not map (ports), read and written by system call. */
struct window {
	volatile uint8_t *mapped;
	int file;
	uint64_t offset;
};

static __attribute__((noreturn, format(printf, 1, 2))) void fail(const char *format, ...)
{
	int error = errno;
	va_list values;
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	fprintf(stderr, error ? ": %s\n" : "\n", strerror(error));
	exit(1);
}

static struct vfio_region_info region_info(const struct function *f, int index)
{
	struct vfio_region_info info = { .argsz = sizeof info, .index = index };
	if (ioctl(f->device, VFIO_DEVICE_GET_REGION_INFO, &info))
		fail("asking VFIO for region %d", index);
	return info;
}

static uint32_t config_read(const struct function *f, int at, int width)
{
	uint32_t value = 0;
	if (pread(f->device, &value, width, f->config + at) != width)
		fail("reading configuration space at 0x%x", at);
	return value;
}

static void config_write(const struct function *f, int at, int width, uint32_t value)
{
	if (pwrite(f->device, &value, width, f->config + at) != width)
		fail("writing configuration space at 0x%x", at);
}

static int group_number(const char *address)
{
	char path[128], link[256];
	snprintf(path, sizeof path, "/sys/bus/pci/devices/%s/iommu_group", address);
	ssize_t length = readlink(path, link, sizeof link - 1);
	if (length < 0)
		fail("looking for the IOMMU group of %s", address);
	link[length] = 0;
	return atoi(strrchr(link, '/') + 1);
}

/* The function must be bound to vfio-pci. */
static void function_open(struct function *f, const char *address)
{
	char path[64];
	snprintf(path, sizeof path, "/dev/vfio/%d", group_number(address));
	if ((f->container = open("/dev/vfio/vfio", O_RDWR)) < 0)
		fail("opening /dev/vfio/vfio");
	if ((f->group = open(path, O_RDWR)) < 0)
		fail("opening %s", path);
	struct vfio_group_status status = { .argsz = sizeof status };
	if (ioctl(f->group, VFIO_GROUP_GET_STATUS, &status))
		fail("asking %s for its status", path);
	errno = 0;
	if (!(status.flags & VFIO_GROUP_FLAGS_VIABLE))
		fail("%s is not viable: another driver has a function of it", path);
	if (ioctl(f->group, VFIO_GROUP_SET_CONTAINER, &f->container))
		fail("adding %s to the container", path);
	if (ioctl(f->container, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU))
		fail("choosing the type 1 IOMMU");
	if ((f->device = ioctl(f->group, VFIO_GROUP_GET_DEVICE_FD, address)) < 0)
		fail("opening %s", address);
	f->config = region_info(f, VFIO_PCI_CONFIG_REGION_INDEX).offset;
	uint32_t command = config_read(f, PCI_COMMAND, 2);
	config_write(f, PCI_COMMAND, 2,
		     command | PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
}

static struct window window_open(const struct function *f, int bar, uint64_t offset)
{
	struct vfio_region_info info = region_info(f, bar);
	struct window window = { .file = f->device, .offset = info.offset + offset };
	if (info.flags & VFIO_REGION_INFO_FLAG_MMAP) {
		uint8_t *start = mmap(NULL, info.size, PROT_READ | PROT_WRITE, MAP_SHARED,
				      f->device, info.offset);
		if (start == MAP_FAILED)
			fail("mapping BAR %d", bar);
		window.mapped = start + offset;
	}
	return window;
}

static uint32_t window_read(const struct window *w, int at, int width)
{
	uint32_t value = 0;
	if (w->mapped) {
		volatile uint8_t *p = w->mapped + at;
		return width == 1 ? *p
		     : width == 2 ? *(volatile uint16_t *)p
				  : *(volatile uint32_t *)p;
	}
	if (pread(w->file, &value, width, w->offset + at) != width)
		fail("reading a register at 0x%x", at);
	return value;
}

static inline void window_write(const struct window *w, int at, int width, uint32_t value)
{
	if (w->mapped) {
		volatile uint8_t *p = w->mapped + at;
		if (width == 1)
			*p = value;
		else if (width == 2)
			*(volatile uint16_t *)p = value;
		else
			*(volatile uint32_t *)p = value;
	} else if (pwrite(w->file, &value, width, w->offset + at) != width) {
		fail("writing a register at 0x%x", at);
	}
}

/* One eventfd for MSI-X vector 0. */
static void function_deliver(const struct function *f, int eventfd)
{
	char bytes[sizeof(struct vfio_irq_set) + sizeof eventfd] = { 0 };
	struct vfio_irq_set *set = (struct vfio_irq_set *)bytes;
	set->argsz = sizeof bytes;
	set->flags = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER;
	set->index = VFIO_PCI_MSIX_IRQ_INDEX;
	set->count = 1;
	memcpy(set->data, &eventfd, sizeof eventfd);
	if (ioctl(f->device, VFIO_DEVICE_SET_IRQS, set))
		fail("asking for MSI-X");
}

/* ---- Memory that the device reaches: a huge page at its own guest-physical address, which serves
 * devices behind the IOMMU and devices that bypass it alike. */

struct memory {
	uint8_t *bytes;
	uint64_t address; /* for the device */
};

static uint64_t physical_address(const void *page)
{
	int file = open("/proc/self/pagemap", O_RDONLY);
	uint64_t entry = 0;
	if (file < 0 ||
	    pread(file, &entry, sizeof entry, (uintptr_t)page / PAGE_BYTES * sizeof entry) !=
		    sizeof entry)
		fail("reading /proc/self/pagemap");
	close(file);
	return (entry & ((1ull << 55) - 1)) * PAGE_BYTES;
}

static struct memory memory_allocate(const struct function *f)
{
	struct memory m;
	m.bytes = mmap(NULL, HUGE_BYTES, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | MAP_POPULATE, -1, 0);
	if (m.bytes == MAP_FAILED)
		fail("allocating a huge page");
	memset(m.bytes, 0, HUGE_BYTES);
	m.address = physical_address(m.bytes);
	struct vfio_iommu_type1_dma_map map = {
		.argsz = sizeof map,
		.flags = VFIO_DMA_MAP_FLAG_READ | VFIO_DMA_MAP_FLAG_WRITE,
		.vaddr = (uintptr_t)m.bytes,
		.iova = m.address,
		.size = HUGE_BYTES,
	};
	if (ioctl(f->container, VFIO_IOMMU_MAP_DMA, &map))
		fail("mapping 0x%llx for the device", (unsigned long long)m.address);
	return m;
}

#endif
