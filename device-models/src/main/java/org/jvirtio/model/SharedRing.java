package org.jvirtio.model;

/** A ring in memory that both sides have: there is nothing to be done for it. */
final class SharedRing extends RingLink {

    private final DeviceRing ring;

    SharedRing(RingAreas areas, DeviceRing ring) {
        super(areas);
        this.ring = ring;
    }

    @Override
    DeviceRing ring() {
        return ring;
    }

    @Override
    void fetch() {}

    @Override
    void publish() {
        ring.publish();
    }

    @Override
    boolean askForDoorbell() {
        return ring.askForDoorbell();
    }

    @Override
    void showAll() {}
}
