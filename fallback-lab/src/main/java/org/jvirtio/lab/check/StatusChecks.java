package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.When.modern;

import java.util.Map;
import org.jvirtio.DeviceStatus;

/** Device status, notifications and reset (virtio 1.4 sections 2.1 to 2.4). */
final class StatusChecks {

    private static final int ISR_CONFIG = 2;

    private StatusChecks() {}

    static Map<String, Check> all() {
        return Map.of(
                "STA-05", modern(StatusChecks::usesNothingBeforeDriverOk),
                "STA-06", modern(StatusChecks::asksToBeReset),
                "STA-07", modern(StatusChecks::saysThatItAsksToBeReset),
                "STA-08", StatusChecks::readsZeroAfterReset,
                "STA-09", StatusChecks::isSilentAfterReset);
    }

    private static Finding usesNothingBeforeDriverOk(Bench bench) {
        bench.negotiate();
        BareQueue queue = bench.openQueue(Sample.queueOf(bench.type()));
        queue.offer(bench.sample().chain());
        Waiting.watch();
        boolean unasked = queue.poll().isPresent();
        bench.doorbell();
        boolean rung = Waiting.within(Waiting.WATCH_MILLIS, () -> queue.poll().isPresent());
        int isr = bench.registers().isr();
        return Finding.that(
                !unasked && !rung && isr == 0,
                "at status %s the buffer is %s, ISR 0x%02x",
                bench.status(),
                unasked ? "used without a doorbell" : rung ? "used after a doorbell" : "not used",
                isr);
    }

    private static Finding asksToBeReset(Bench bench) {
        bench.configNotification().offerLoop(bench.runSplit());
        bench.doorbell();
        boolean asks = Waiting.await(() -> bench.has(DeviceStatus.DEVICE_NEEDS_RESET));
        return Finding.that(asks, "after a chain that loops the status is %s", bench.status());
    }

    private static Finding saysThatItAsksToBeReset(Bench bench) {
        BareSplitQueue queue = bench.runSplit();
        // Before the chain is there: a device may look at its queue without being asked to.
        bench.registers().isr();
        bench.configNotification().offerLoop(queue);
        bench.doorbell();
        if (!Waiting.await(() -> bench.has(DeviceStatus.DEVICE_NEEDS_RESET))) {
            return Finding.skip("a chain that loops does not bring it to NEEDS_RESET");
        }
        int[] isr = new int[1];
        boolean told = Waiting.await(() -> ((isr[0] |= bench.registers().isr()) & ISR_CONFIG) != 0);
        return Finding.that(told, "status %s, ISR 0x%02x", bench.status(), isr[0]);
    }

    private static Finding readsZeroAfterReset(Bench bench) {
        BareQueue queue = bench.run();
        bench.request(queue, bench.sample().chain());
        int before = bench.registers().status();
        bench.registers().writeStatus(0);
        boolean zero = Waiting.await(() -> bench.registers().status() == 0);
        return Finding.that(
                zero,
                "before %s, after writing 0 %s",
                DeviceStatus.describe(before),
                bench.status());
    }

    private static Finding isSilentAfterReset(Bench bench) {
        BareQueue queue = bench.run();
        bench.request(queue, bench.sample().chain());
        bench.reset();
        bench.registers().isr();
        queue.offer(bench.sample().chain());
        bench.doorbell();
        boolean used = Waiting.within(Waiting.WATCH_MILLIS, () -> queue.poll().isPresent());
        int isr = bench.registers().isr();
        return Finding.that(
                !used && isr == 0,
                "the queue of before the reset is offered a buffer and rung: %s, ISR 0x%02x",
                used ? "used" : "not used",
                isr);
    }
}
