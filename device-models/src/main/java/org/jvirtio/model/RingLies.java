package org.jvirtio.model;

import org.jvirtio.memory.NativeMemory;

/** Writes to the rings that no device may do, past what a {@link DeviceRing} keeps account of. */
abstract sealed class RingLies {

    private static final int SCRIBBLE = 0xa5;
    private static final int NONSENSE = 0xffff;

    final RingAreas areas;

    RingLies(RingAreas areas) {
        this.areas = areas;
    }

    static RingLies of(ModelQueue queue) {
        return queue.ring() instanceof PackedDeviceRing packed
                ? new PackedLies(packed, queue.link().areas())
                : new SplitLies((SplitDeviceRing) queue.ring(), queue.link().areas());
    }

    /** Gives a request back, and shows more as used than is in flight. */
    abstract void jump(UsedRequest request);

    /** Gives a request back where the driver has been already. */
    abstract void goBack(UsedRequest request);

    /** Overwrites what belongs to the driver. */
    abstract void scribble();

    /** Asks for doorbells that make no sense, and so perhaps for none. */
    abstract void confuseEvents();

    private static final class SplitLies extends RingLies {

        private static final int FLAGS = 0;
        private static final int INDEX = 2;
        private static final int RING = 4;

        private final SplitDeviceRing ring;

        SplitLies(SplitDeviceRing ring, RingAreas areas) {
            super(areas);
            this.ring = ring;
        }

        @Override
        void jump(UsedRequest request) {
            ring.use(request.id(), request.written());
            areas.device().writeRelease16(INDEX, ring.nextUsed() + ring.size());
        }

        @Override
        void goBack(UsedRequest request) {
            int before = ring.nextUsed();
            ring.use(request.id(), request.written());
            areas.device().writeRelease16(INDEX, before - 1);
        }

        @Override
        void scribble() {
            NativeMemory table = areas.descriptors();
            table.fill(0, DescriptorBits.BYTES * (long) ring.size(), SCRIBBLE);
            areas.driver().fill(RING, 2L * ring.size(), SCRIBBLE);
        }

        @Override
        void confuseEvents() {
            NativeMemory device = areas.device();
            long event = RING + 8L * ring.size();
            device.write16(event, ring.shownNext() + 0x4000);
            device.write16(FLAGS, NONSENSE);
        }
    }

    private static final class PackedLies extends RingLies {

        private final PackedDeviceRing ring;

        PackedLies(PackedDeviceRing ring, RingAreas areas) {
            super(areas);
            this.ring = ring;
        }

        @Override
        void jump(UsedRequest request) {
            ring.use(request.id(), request.written());
            int slot = ring.usedSlot();
            int state = ring.usedState();
            int count = Math.min(ring.inFlight() + 1, ring.size() - 1);
            for (int i = 0; i < count; i++) {
                areas.descriptors().write16(at(slot) + DescriptorBits.PACKED_FLAGS, state);
                if (++slot == ring.size()) {
                    slot = 0;
                    state ^= DescriptorBits.AVAIL | DescriptorBits.USED;
                }
            }
            ring.publish();
        }

        @Override
        void goBack(UsedRequest request) {
            int slot = (ring.usedSlot() + ring.size() - 1) % ring.size();
            NativeMemory descriptors = areas.descriptors();
            descriptors.write32(at(slot) + DescriptorBits.LENGTH, (int) request.written());
            descriptors.write16(at(slot) + DescriptorBits.PACKED_ID, request.id());
            descriptors.writeRelease16(
                    at(slot) + DescriptorBits.PACKED_FLAGS,
                    ring.usedState() | DescriptorBits.WRITE);
        }

        @Override
        void scribble() {
            for (int slot = 0; slot < ring.size(); slot++) {
                areas.descriptors().fill(at(slot), Long.BYTES, SCRIBBLE);
            }
        }

        @Override
        void confuseEvents() {
            areas.device().write16(0, NONSENSE);
            areas.device().write16(2, NONSENSE);
        }

        private static long at(int slot) {
            return (long) DescriptorBits.BYTES * slot;
        }
    }
}
