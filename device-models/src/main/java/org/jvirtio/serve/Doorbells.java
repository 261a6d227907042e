package org.jvirtio.serve;

import java.util.List;
import java.util.stream.IntStream;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.DescriptorWatch;
import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.PassedDescriptors;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.model.DoorbellPlace;
import org.jvirtio.model.ModelFunction;
import org.jvirtio.pci.Bar;
import org.jvirtio.vfiouser.MessageSocket;
import org.jvirtio.vfiouser.RegionIoFdsField;
import org.jvirtio.vfiouser.SubRegionField;

/**
 * Event descriptors that stand for doorbells, one for each queue, given to a client that asks for
 * them (vfio-user, VFIO_USER_DEVICE_GET_REGION_IO_FDS): it, or the KVM of its virtual machine,
 * raises one instead of sending the write.
 */
final class Doorbells implements AutoCloseable {

    private final ModelFunction function;
    private final DescriptorWatch watch;
    private final int firstTag;
    private final EventFd[] events;

    /**
     * Makes none yet.
     *
     * @param most descriptors that the client takes with one message: further queues have none, nor
     *     have those beyond what the kernel carries
     * @param firstTag of queue 0 in {@code watch}; the others follow
     */
    Doorbells(ModelFunction function, int most, DescriptorWatch watch, int firstTag) {
        this.function = function;
        this.watch = watch;
        this.firstTag = firstTag;
        int queues =
                function.doorbells().stream().mapToInt(place -> place.queue() + 1).max().orElse(0);
        events = new EventFd[Math.min(queues, Math.min(most, PassedDescriptors.MOST))];
    }

    /**
     * The doorbells of a region, in the reply to the message that was received last.
     *
     * @throws EnvironmentException if there is no descriptor for one; nothing is sent then
     */
    void answer(MessageSocket socket, int region, int room) {
        List<DoorbellPlace> places =
                function.doorbells().stream()
                        .filter(place -> place.bar() == region && place.queue() < events.length)
                        .toList();
        int needed = RegionIoFdsField.LENGTH + places.size() * SubRegionField.LENGTH;
        boolean fits = Integer.compareUnsigned(needed, room) <= 0 && !places.isEmpty();
        NativeMemory out = socket.out(needed);
        out.write32(RegionIoFdsField.ARGSZ.offset(), needed);
        out.write32(RegionIoFdsField.FLAGS.offset(), 0);
        out.write32(RegionIoFdsField.INDEX.offset(), region);
        out.write32(RegionIoFdsField.COUNT.offset(), fits ? places.size() : 0);
        if (fits) {
            for (int i = 0; i < places.size(); i++) {
                int at = RegionIoFdsField.LENGTH + i * SubRegionField.LENGTH;
                describe(places.get(i), out.slice(at, SubRegionField.LENGTH));
            }
            socket.sendReply(needed, descriptors());
        } else {
            socket.sendReply(RegionIoFdsField.LENGTH);
        }
    }

    /** One was raised. */
    void rang(int tag) {
        function.ring(tag - firstTag);
    }

    @Override
    public void close() {
        for (EventFd event : events) {
            if (event != null) {
                watch.remove(event.fd());
                event.close();
            }
        }
    }

    private void describe(DoorbellPlace place, NativeMemory entry) {
        boolean pio =
                function.bars().stream()
                        .anyMatch(bar -> bar.index() == place.bar() && bar.space() == Bar.Space.IO);
        entry.write64(SubRegionField.OFFSET.offset(), place.offset());
        entry.write64(SubRegionField.SIZE.offset(), place.width());
        entry.write32(SubRegionField.FD_INDEX.offset(), place.queue());
        entry.write32(SubRegionField.TYPE.offset(), SubRegionField.TYPE_IOEVENTFD);
        entry.write64(
                SubRegionField.FLAGS.offset(), // and the padding behind them
                (place.shared() ? SubRegionField.FLAG_DATAMATCH : 0)
                        | (pio ? SubRegionField.FLAG_PIO : 0));
        entry.write64(SubRegionField.DATAMATCH.offset(), place.shared() ? place.queue() : 0);
    }

    private int[] descriptors() {
        return IntStream.range(0, events.length).map(queue -> event(queue).fd()).toArray();
    }

    private EventFd event(int queue) {
        if (events[queue] == null) {
            EventFd made = new EventFd();
            try {
                watch.addRaised(made.fd(), firstTag + queue);
            } catch (EnvironmentException e) {
                made.close();
                throw e;
            }
            events[queue] = made;
        }
        return events[queue];
    }
}
