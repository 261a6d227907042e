package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestImages;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;

/**
 * Loops that sleep on the event descriptors of VFIO (virtio 1.4 sections 2.7.14 and 4.1.5.3): a
 * disk with vectors and one with a pin on one loop, and a loop for each queue of one disk. A
 * wake-up that is lost is found after 100 ms, and counted.
 */
class DriverLoopGuestTest {

    /** A read takes a millisecond: however busy the host is, a loop has to sleep. */
    private static final String NULL_DISK =
            "if=none,format=raw,file.driver=null-co,file.size=1M,file.read-zeroes=on,"
                    + "file.latency-ns=1000000,id=";

    @Test
    void twoFunctionsOnOneLoopAndALoopForEachQueueLoseNoWakeUp() {
        GuestImages images = new GuestImages(GuestCache.ofUser());
        List<String> devices =
                List.of(
                        "-drive",
                        NULL_DISK + "one",
                        "-device",
                        "virtio-blk-pci,addr=2,drive=one,disable-legacy=on,num-queues=2",
                        "-drive",
                        NULL_DISK + "other",
                        "-device",
                        "virtio-blk-pci,addr=3,drive=other,disable-modern=on,vectors=0");
        GuestJob job =
                new GuestJob(
                        DriverLoopProgram.class.getName(),
                        List.of("vfio:0000:00:02.0", "vfio:0000:00:03.0"));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

        GuestResult result =
                new QemuGuest(
                                GuestMachine.with(devices),
                                images.image(images.debianKernel(), GuestRehearsal.words()))
                        .run(job, out, out);

        String text = printed.toString(StandardCharsets.UTF_8);
        assertEquals(0, result.exitCode(), () -> text + result);
        assertEquals(
                List.of(
                        "both: VECTOR_PER_QUEUE, 1000 read, slept, 0 lost",
                        "second INTX",
                        "core 0: VECTOR_PER_QUEUE, 500 read, slept, 0 lost",
                        "core 1: VECTOR_PER_QUEUE, 500 read, slept, 0 lost"),
                text.lines().toList());
    }
}
