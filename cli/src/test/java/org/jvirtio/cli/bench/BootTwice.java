package org.jvirtio.cli.bench;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jvirtio.guest.GuestResult;

/**
 * Boots once more, with findings of its own, if the first boot ended in a panic of the guest's
 * kernel, and prints that it did.
 *
 * <p>Under QEMU 7.2's emulation one of some twenty long boots ends so: the JVM rewrites the entry
 * of a method that it has compiled better, while the other emulated processor runs it; that one
 * sees half of it, an illegal instruction, and process 1 is gone with code 127.
 */
record BootTwice<F>(F findings, GuestResult boot) {

    static <F> BootTwice<F> run(Supplier<F> fresh, Function<F, GuestResult> guest) {
        BootTwice<F> first = once(fresh, guest);
        String failure = first.boot.failure().orElse("");
        if (!failure.contains("kernel panicked")) {
            return first;
        }
        System.err.println("RETRY: a second boot, because of the first " + failure);
        return once(fresh, guest);
    }

    private static <F> BootTwice<F> once(Supplier<F> fresh, Function<F, GuestResult> guest) {
        F findings = fresh.get();
        return new BootTwice<>(findings, guest.apply(findings));
    }
}
