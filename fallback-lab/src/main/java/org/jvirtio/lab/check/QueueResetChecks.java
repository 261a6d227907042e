package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.When.offered;

import java.util.Map;
import org.jvirtio.DeviceStatus;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;
import org.jvirtio.transport.CommonRegister;

/** Reset of one queue (virtio 1.4 section 2.6.1). */
final class QueueResetChecks {

    private QueueResetChecks() {}

    static Map<String, Check> all() {
        return Map.of(
                "VQR-01", offered(RingFeature.RING_RESET, QueueResetChecks::isSilent),
                "VQR-02", offered(RingFeature.RING_RESET, QueueResetChecks::isAsAfterReset),
                "VQR-04", offered(RingFeature.RING_RESET, QueueResetChecks::takesNewParameters));
    }

    private static Registers selected(Bench bench) {
        return bench.common().orElseThrow().selected(Sample.queueOf(bench.type()));
    }

    /** Resets the sample queue; false if it does not end. */
    private static boolean reset(Bench bench) {
        selected(bench).write(CommonRegister.QUEUE_RESET, 1);
        return Waiting.await(() -> selected(bench).read(CommonRegister.QUEUE_RESET) == 0);
    }

    static Finding endsTheReset(Bench bench) {
        bench.run(RingFeature.RING_RESET);
        boolean done = reset(bench);
        int enabled = selected(bench).read(CommonRegister.QUEUE_ENABLE);
        return Finding.that(
                done && enabled == 0,
                "after writing 1 queue_reset reads %d and queue_enable %d",
                selected(bench).read(CommonRegister.QUEUE_RESET),
                enabled);
    }

    private static Finding isSilent(Bench bench) {
        BareQueue queue = bench.run(RingFeature.RING_RESET);
        bench.request(queue, bench.sample().chain());
        reset(bench);
        bench.registers().isr();
        queue.offer(bench.sample().chain());
        bench.doorbell();
        boolean used = Waiting.within(Waiting.WATCH_MILLIS, () -> queue.poll().isPresent());
        int isr = bench.registers().isr();
        return Finding.that(
                !used && isr == 0,
                "offered to the reset queue and rung: %s, ISR 0x%02x",
                used ? "used" : "not used",
                isr);
    }

    private static Finding isAsAfterReset(Bench bench) {
        int index = Sample.queueOf(bench.type());
        bench.reset();
        int size = bench.registers().queueSize(index);
        bench.negotiate(RingFeature.RING_RESET);
        bench.openQueue(index, size / 2);
        bench.addStatus(DeviceStatus.DRIVER_OK);
        bench.registers().mapQueue(index, 0);
        reset(bench);
        int after = bench.registers().queueSize(index);
        int vector = bench.registers().queueVector(index);
        return Finding.that(
                after == size && vector == BareRegisters.NO_VECTOR,
                "size %d, set to %d, after the queue's reset %d; vector 0x%04x",
                size,
                size / 2,
                after,
                vector);
    }

    private static Finding takesNewParameters(Bench bench) {
        int index = Sample.queueOf(bench.type());
        BareQueue first = bench.run(RingFeature.RING_RESET);
        bench.request(first, bench.sample().chain());
        reset(bench);
        BareQueue second =
                bench.openQueue(index, Math.min(first.size(), Math.max(4, first.size() / 2)));
        int size = bench.registers().queueSize(index);
        // Once round and a bit more: a device that goes by the old size stops in between.
        for (int i = 0; i < second.size() + 2; i++) {
            bench.request(second, bench.sample().chain());
        }
        return Finding.that(
                size == second.size(),
                "%d entries before, %d set, %d read back; %d requests used",
                first.size(),
                second.size(),
                size,
                second.size() + 2);
    }
}
