/*
 * block_peer: drives a virtio block device through VFIO for a while and says how fast it was. What
 * the project's Java driver is measured beside, doing the same requests in the same way.
 *
 *   block_peer ADDRESS 1.x|legacy poll|msix read|write random|sequential BYTES DEPTH WARM SECONDS
 *
 * Prints one line of JSON. One queue, one thread.
 */
#define _GNU_SOURCE
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <time.h>

#include "block_queue.h"
#include "latency.h"

enum { CONFIG_CAPACITY = 0, DEPTH_MOST = 1024 };

/* As often as the Java driver looks before it sleeps (UsedWait.LOOKS_BEFORE_SLEEP). */
enum { LOOKS_BEFORE_SLEEP = 100 };

struct load {
	uint32_t type, bytes, depth;
	bool random, interrupts;
	uint64_t warm_ns, measure_ns;
	uint64_t device_blocks; /* of `bytes` each */
};

struct counts {
	uint64_t done, errors, sleeps, start_ns, start_cpu_ns, end_ns, end_cpu_ns;
	struct latencies latencies;
};

static struct function function;
static struct transport transport;
static struct block_queue queue;
static int event = -1;
static uint64_t data_address[DEPTH_MOST], offered_at[DEPTH_MOST];
/* Latencies of what was harvested last and is not counted yet. */
static uint64_t took[DEPTH_MOST];
static uint32_t took_count;
static uint32_t idle[DEPTH_MOST];
static uint32_t idle_count;
static uint64_t next_block, random_state = 88172645463325252ull;

static inline uint64_t clock_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static uint64_t cpu_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * 1000000000ull + t.tv_nsec;
}

/* Marsaglia's xorshift; the upper half is scaled, which is cheaper than a remainder. */
static inline uint64_t random_block(uint64_t blocks)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (random_state >> 32) * blocks >> 32;
}

static inline uint64_t sequential_block(uint64_t blocks)
{
	uint64_t block = next_block;
	next_block = block + 1 == blocks ? 0 : block + 1;
	return block;
}

static void start_device(const char *address, bool legacy, bool interrupts)
{
	function_open(&function, address);
	if (interrupts) {
		event = eventfd(0, 0);
		function_deliver(&function, event);
	}
	transport_open(&transport, &function, legacy, interrupts);
	/* Without FLUSH the disk writes through (5.2.6.2): every write would be a sync as well. */
	transport_negotiate(&transport, BLOCK_FLUSH | INDIRECT_DESC | EVENT_IDX | VERSION_1 |
						ACCESS_PLATFORM);
	block_queue_open(&queue, &transport, memory_allocate(&function));
	block_disable_interrupts(&queue);
	transport_start(&transport);
}

/* Gives each request a buffer of its own; buffers do not cross a huge page. */
static void prepare_buffers(const struct load *load)
{
	uint32_t per_page = HUGE_BYTES / load->bytes;
	struct memory page = { 0 };
	errno = 0;
	if (load->depth > DEPTH_MOST || load->depth > (uint32_t)queue.slot_count || per_page == 0)
		fail("depth %u of %u bytes does not fit: the queue takes %d requests", load->depth,
		     load->bytes, queue.slot_count);
	for (uint32_t i = 0; i < load->depth; i++) {
		if (i % per_page == 0)
			page = memory_allocate(&function);
		data_address[i] = page.address + i % per_page * load->bytes;
		idle[idle_count++] = i;
	}
}

static inline void offer_idle(const struct load *load, uint64_t now)
{
	while (idle_count > 0) {
		uint32_t token = idle[--idle_count];
		uint64_t block = load->random ? random_block(load->device_blocks)
					      : sequential_block(load->device_blocks);
		offered_at[token] = now;
		block_offer(&queue, load->type, block * (load->bytes / SECTOR_BYTES),
			    data_address[token], load->bytes, token);
	}
	block_submit(&queue);
}

static void sleep_until_used(struct counts *counts)
{
	for (int i = 0; i < LOOKS_BEFORE_SLEEP; i++) {
		if (block_look(&queue))
			return;
		__builtin_ia32_pause();
	}
	while (!block_enable_interrupts(&queue)) {
		uint64_t value;
		if (read(event, &value, sizeof value) != sizeof value)
			fail("waiting for an interrupt");
		counts->sleeps++;
	}
	block_disable_interrupts(&queue);
}

/* Returns the time at which something was there. */
static inline uint64_t harvest(struct counts *counts)
{
	uint64_t now = clock_ns();
	uint32_t token;
	bool ok;
	while (block_poll(&queue, &token, &ok)) {
		took[took_count++] = now - offered_at[token];
		counts->errors += !ok;
		idle[idle_count++] = token;
	}
	return now;
}

/* After what follows was offered: then the device is at work while this one counts. */
static inline void count_harvested(struct counts *counts)
{
	for (uint32_t i = 0; i < took_count; i++)
		latency_add(&counts->latencies, took[i]);
	counts->done += took_count;
	took_count = 0;
}

static void begin(struct counts *counts, uint64_t now)
{
	memset(counts, 0, sizeof *counts);
	took_count = 0;
	queue.doorbells = 0;
	counts->start_ns = now;
	counts->start_cpu_ns = cpu_ns();
}

static void run(const struct load *load, struct counts *counts)
{
	uint64_t now = clock_ns(), warm_until = now + load->warm_ns;
	uint64_t end = warm_until + load->measure_ns;
	bool measuring = false;
	while (now < end) {
		if (!measuring && now >= warm_until) {
			measuring = true;
			begin(counts, now);
			end = now + load->measure_ns;
		}
		offer_idle(load, now);
		count_harvested(counts);
		if (load->interrupts)
			sleep_until_used(counts);
		else
			while (!block_look(&queue))
				;
		now = harvest(counts);
	}
	count_harvested(counts);
	counts->end_ns = now;
	counts->end_cpu_ns = cpu_ns();
}

static void print(const struct load *load, const struct counts *counts)
{
	double seconds = (counts->end_ns - counts->start_ns) / 1e9;
	double cpu = (counts->end_cpu_ns - counts->start_cpu_ns) / 1e9;
	printf("{\"opsPerSecond\":%.1f,\"megabytesPerSecond\":%.3f,\"p50Micros\":%.3f,"
	       "\"p99Micros\":%.3f,\"cpuPercent\":%.1f,\"errors\":%llu,\"doorbellsPerOp\":%.4f,"
	       "\"sleepsPerOp\":%.4f,\"features\":\"0x%llx\",\"queueSize\":%d}\n",
	       counts->done / seconds, counts->done / seconds * load->bytes / 1e6,
	       latency_quantile(&counts->latencies, 0.5) / 1e3,
	       latency_quantile(&counts->latencies, 0.99) / 1e3, 100 * cpu / seconds,
	       (unsigned long long)counts->errors, (double)queue.doorbells / counts->done,
	       (double)counts->sleeps / counts->done, (unsigned long long)transport.accepted,
	       queue.size);
}

int main(int argc, char **argv)
{
	static struct counts counts;
	if (argc != 10) {
		fprintf(stderr, "block_peer ADDRESS 1.x|legacy poll|msix read|write"
				" random|sequential BYTES DEPTH WARM SECONDS\n");
		return 2;
	}
	struct load load = {
		.interrupts = !strcmp(argv[3], "msix"),
		.type = strcmp(argv[4], "write") ? BLOCK_IN : BLOCK_OUT,
		.random = !strcmp(argv[5], "random"),
		.bytes = atoi(argv[6]),
		.depth = atoi(argv[7]),
		.warm_ns = atof(argv[8]) * 1e9,
		.measure_ns = atof(argv[9]) * 1e9,
	};
	start_device(argv[1], !strcmp(argv[2], "legacy"), load.interrupts);
	prepare_buffers(&load);
	load.device_blocks = config_read64(&transport, CONFIG_CAPACITY) * SECTOR_BYTES / load.bytes;
	errno = 0;
	if (load.device_blocks == 0 || load.device_blocks >> 32)
		fail("a disk of %llu blocks of %u bytes; this program takes 1 to 2^32 - 1",
		     (unsigned long long)load.device_blocks, load.bytes);
	run(&load, &counts);
	transport_reset(&transport);
	print(&load, &counts);
	return 0;
}
