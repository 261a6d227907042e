/*
 * The loops over one format; ring.c includes this file once for each, with QUEUE set to its name, so
 * that every call is direct.
 *
 * The driver offers a batch, publishes once, looks once whether to ring, then harvests. The device
 * takes what there is, at most a batch, uses it, publishes once and looks once whether to interrupt.
 * Nobody sleeps, so doorbells and interrupts are only counted.
 */

#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)
#define OF(what) JOIN(QUEUE, what)

INLINE void OF(offer_batch)(struct OF(driver) *driver, struct circulation *round)
{
	for (uint32_t i = 0; i < plan.batch; i++) {
		uint64_t slot = round->offered & (plan.entries - 1);
		if (!OF(offer)(driver, round->base + BUFFER_BYTES * slot, BUFFER_BYTES,
			       round->offered))
			break;
		round->offered++;
	}
	OF(publish)(driver);
	OF(ring_if_asked)(driver);
}

INLINE uint32_t OF(harvest_batch)(struct OF(driver) *driver, struct circulation *round)
{
	uint32_t count = OF(harvest)(driver, round->batch, plan.batch);
	for (uint32_t i = 0; i < count; i++) {
		round->tokens += round->batch[i].token;
		round->lengths += round->batch[i].length;
	}
	round->harvested += count;
	return count;
}

INLINE uint32_t OF(use_batch)(struct OF(device) *device)
{
	uint32_t count = 0;
	struct chain chain;
	while (count < plan.batch && OF(take)(device, &chain)) {
		OF(use)(device, &chain, chain.room);
		count++;
	}
	if (count != 0) {
		OF(publish_used)(device);
		OF(interrupt_if_asked)(device);
	}
	return count;
}

static void OF(turn)(struct OF(driver) *driver, struct OF(device) *device)
{
	struct circulation round = { .base = (uintptr_t)allocate(plan.entries * BUFFER_BYTES) };
	double begin = now(CLOCK_MONOTONIC), begin_cpu = now(CLOCK_THREAD_CPUTIME_ID);
	do {
		uint64_t until = round.harvested + BUFFERS_BETWEEN_CLOCKS;
		while (round.harvested < until) {
			OF(offer_batch)(driver, &round);
			OF(use_batch)(device);
			OF(harvest_batch)(driver, &round);
		}
	} while (!is_over(&round, begin + plan.seconds));
	settle(&round, begin, begin_cpu);
}

/* Offers while there is room for a whole batch, so that the device always finds batches. */
static void OF(drive)(struct OF(driver) *driver)
{
	struct circulation round = { .base = (uintptr_t)allocate(plan.entries * BUFFER_BYTES) };
	double begin = now(CLOCK_MONOTONIC), begin_cpu = now(CLOCK_THREAD_CPUTIME_ID);
	do {
		uint64_t until = round.harvested + BUFFERS_BETWEEN_CLOCKS;
		while (round.harvested < until) {
			bool room = round.offered - round.harvested + plan.batch <= plan.entries;
			if (room)
				OF(offer_batch)(driver, &round);
			if (OF(harvest_batch)(driver, &round) == 0 && !room)
				pause_processor();
		}
	} while (!is_over(&round, begin + plan.seconds));
	while (round.harvested != round.offered)
		OF(harvest_batch)(driver, &round);
	settle(&round, begin, begin_cpu);
	__atomic_store_n(&finished, true, __ATOMIC_RELEASE);
}

static void OF(serve)(struct OF(device) *device)
{
	double begin = now(CLOCK_MONOTONIC), begin_cpu = now(CLOCK_THREAD_CPUTIME_ID);
	uint64_t looks = 0, vain = 0;
	while (!__atomic_load_n(&finished, __ATOMIC_ACQUIRE)) {
		looks++;
		if (OF(use_batch)(device) == 0) {
			vain++;
			pause_processor();
		}
	}
	result.looks = (double)looks / (double)(looks - vain);
	result.device_busy =
		(now(CLOCK_THREAD_CPUTIME_ID) - begin_cpu) / (now(CLOCK_MONOTONIC) - begin);
}

static void *OF(serve_on_thread)(void *device)
{
	pin(plan.cpus[1]);
	pthread_barrier_wait(&both_are_there);
	OF(serve)(device);
	return NULL;
}

/* One run: both sides here, or the device on a thread of its own. */
static void OF(run)(void)
{
	static struct OF(driver) driver;
	static struct OF(device) device;
	struct OF(shared) shared = OF(allocate)(plan.entries);
	pthread_t server;
	pthread_barrier_init(&both_are_there, NULL, 2);
	OF(driver_open)(&driver, shared);
	OF(device_open)(&device, shared);
	if (plan.threads == 1) {
		OF(turn)(&driver, &device);
	} else {
		if (pthread_create(&server, NULL, OF(serve_on_thread), &device) != 0)
			broken("cannot start a thread; wanted", 2);
		pthread_barrier_wait(&both_are_there);
		OF(drive)(&driver);
		pthread_join(server, NULL);
	}
	result.doorbells = driver.doorbells;
	result.interrupts = device.interrupts;
}

#undef OF
#undef JOIN
#undef JOIN_
#undef QUEUE

