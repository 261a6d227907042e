package org.jvirtio.lab.picture;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.page.Ring;
import org.jvirtio.page.RingEntry;
import org.jvirtio.page.RingPicture;
import org.jvirtio.queue.QueueSnapshot;
import org.jvirtio.queue.QueueSnapshot.Descriptor;
import org.jvirtio.queue.QueueSnapshot.Element;
import org.jvirtio.queue.QueueSnapshot.Head;

/** A snapshot of a queue as a picture: in words that people who read the specification know. */
public final class QueuePicture {

    private final QueueSnapshot queue;

    private QueuePicture(QueueSnapshot queue) {
        this.queue = queue;
    }

    /** The rings of {@code queue}, with whose each entry is. */
    public static RingPicture of(QueueSnapshot queue) {
        QueuePicture picture = new QueuePicture(queue);
        return queue.available().isEmpty() ? picture.packed() : picture.split();
    }

    private RingPicture split() {
        return new RingPicture(
                queue.name() + ", split",
                List.of(
                        new Ring(
                                "available",
                                available(),
                                List.of(new Ring.Hand("driver's index", queue.driverPlace()))),
                        new Ring(
                                "used",
                                used(),
                                List.of(
                                        new Ring.Hand("device's index", queue.devicePlace()),
                                        new Ring.Hand("driver looks here", queue.harvestPlace())))),
                descriptors());
    }

    private RingPicture packed() {
        return new RingPicture(
                queue.name() + ", packed",
                List.of(
                        new Ring(
                                "descriptors",
                                descriptors(),
                                List.of(
                                        new Ring.Hand("driver's next", queue.driverPlace()),
                                        new Ring.Hand("driver looks here", queue.harvestPlace())))),
                List.of());
    }

    private List<RingEntry> descriptors() {
        List<RingEntry> entries = new ArrayList<>();
        for (Descriptor descriptor : queue.descriptors()) {
            entries.add(
                    new RingEntry(
                            entries.size(),
                            RingEntry.State.valueOf(descriptor.state().name()),
                            words(descriptor),
                            descriptor.goesOn() ? descriptor.next() : RingEntry.NONE));
        }
        return entries;
    }

    private String words(Descriptor descriptor) {
        String kind =
                descriptor.isTable()
                        ? "a table of descriptors"
                        : descriptor.isWritable() ? "the device writes it" : "the device reads it";
        return String.format(
                "address 0x%x, %d bytes, flags 0x%04x%s: %s%s",
                descriptor.deviceAddress(),
                descriptor.length(),
                descriptor.flags(),
                queue.format().equals("packed") ? ", id " + descriptor.id() : "",
                kind,
                descriptor.goesOn() ? ", goes on in descriptor " + descriptor.next() : "");
    }

    private List<RingEntry> available() {
        List<RingEntry> entries = new ArrayList<>();
        for (Head head : queue.available()) {
            entries.add(
                    new RingEntry(
                            entries.size(),
                            RingEntry.State.valueOf(head.state().name()),
                            "a request that starts at descriptor " + head.descriptor(),
                            RingEntry.NONE));
        }
        return entries;
    }

    private List<RingEntry> used() {
        List<RingEntry> entries = new ArrayList<>();
        for (Element element : queue.used()) {
            entries.add(
                    new RingEntry(
                            entries.size(),
                            RingEntry.State.valueOf(element.state().name()),
                            String.format(
                                    "the request that starts at descriptor %d, %d bytes written",
                                    element.id(), element.length()),
                            RingEntry.NONE));
        }
        return entries;
    }
}
