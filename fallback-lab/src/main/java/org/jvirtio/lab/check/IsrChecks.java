package org.jvirtio.lab.check;

import java.util.Map;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.StatusBit;

/**
 * The ISR (virtio 1.4 section 4.1.4.5). MSI-X stays off, so that it tells of used buffers, and
 * nobody but the check reads it.
 */
final class IsrChecks {

    static final int QUEUE = 1;
    static final int CONFIG = 2;

    private IsrChecks() {}

    static Map<String, Check> all() {
        return Map.of(
                "NOT-01", IsrChecks::tellsOfConfiguration,
                "NOT-02", IsrChecks::tellsOfUsedBuffers,
                "NOT-03", IsrChecks::showsThePin,
                "NOT-04", IsrChecks::clearsWhenRead,
                "SED-08", When.registerSet(IsrChecks::clearsWhenRead));
    }

    private static Finding tellsOfConfiguration(Bench bench) {
        BareSplitQueue queue = bench.runSplit();
        bench.registers().isr();
        if (!bench.configNotification().provoke(queue)) {
            return Finding.skip("nothing here makes it notify of its configuration");
        }
        int isr = gather(bench, CONFIG);
        return Finding.that((isr & CONFIG) != 0, "ISR 0x%02x, status %s", isr, bench.status());
    }

    private static Finding tellsOfUsedBuffers(Bench bench) {
        use(bench);
        int isr = gather(bench, QUEUE);
        return Finding.that((isr & QUEUE) != 0, "a buffer is used, ISR 0x%02x", isr);
    }

    private static Finding showsThePin(Bench bench) {
        requirePin(bench);
        boolean idle = isPinAsserted(bench);
        use(bench);
        boolean used = Waiting.await(() -> isPinAsserted(bench));
        int isr = bench.registers().isr();
        boolean after = isPinAsserted(bench);
        return Finding.that(
                !idle && used && isr != 0 && !after,
                "interrupt bit of the PCI status: idle %d, buffer used %d, ISR 0x%02x read %d",
                bit(idle),
                bit(used),
                isr,
                bit(after));
    }

    private static Finding clearsWhenRead(Bench bench) {
        use(bench);
        int first = gather(bench, QUEUE);
        int second = bench.registers().isr();
        boolean pin = isPinAsserted(bench);
        return Finding.that(
                first != 0 && second == 0 && !pin,
                "ISR 0x%02x, read again 0x%02x, interrupt bit of the PCI status %d",
                first,
                second,
                bit(pin));
    }

    private static void use(Bench bench) {
        BareQueue queue = bench.run();
        bench.registers().isr();
        bench.request(queue, bench.sample().chain());
    }

    /** Reads the ISR until the bit is seen, since it may be set after the buffer is. */
    static int gather(Bench bench, int bit) {
        int[] isr = new int[1];
        Waiting.within(200, () -> ((isr[0] |= bench.registers().isr()) & bit) != 0);
        return isr[0];
    }

    private static void requirePin(Bench bench) {
        if (bench.config().read(ConfigRegister.INTERRUPT_PIN) == 0) {
            throw new EndedException(Finding.skip("the function has no interrupt pin"));
        }
    }

    private static boolean isPinAsserted(Bench bench) {
        return StatusBit.INTERRUPT.in(bench.config().read(ConfigRegister.STATUS));
    }

    private static int bit(boolean set) {
        return set ? 1 : 0;
    }
}
