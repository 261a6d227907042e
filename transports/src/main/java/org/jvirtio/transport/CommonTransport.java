package org.jvirtio.transport;

import org.jvirtio.DeviceConfig;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceType;
import org.jvirtio.FeatureSet;
import org.jvirtio.Interrupt;
import org.jvirtio.InterruptMode;
import org.jvirtio.InterruptPlan;
import org.jvirtio.Transport;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.pci.PciFunction;

/**
 * A device with the common structure of virtio 1.x, as both new layouts have it. What is left to
 * each is where its windows are and how a doorbell is found.
 */
abstract class CommonTransport implements Transport {

    final PciFunction function;
    final CommonStructure common;
    private final DeviceType type;
    private final InterruptLadder interrupts;

    /** Takes a function over whose windows are open. */
    CommonTransport(PciFunction function, DeviceType type, CommonStructure common, Isr isr) {
        this.function = function;
        this.type = type;
        this.common = common;
        this.interrupts = common.interrupts(isr);
    }

    @Override
    public final DeviceType deviceType() {
        return type;
    }

    @Override
    public final void reset() {
        common.reset();
    }

    @Override
    public final int status() {
        return common.status().peek();
    }

    @Override
    public final void addStatus(DeviceStatus bit) {
        common.status().add(bit);
    }

    @Override
    public final FeatureSet offeredFeatures() {
        return common.features().offered();
    }

    @Override
    public final void acceptFeatures(FeatureSet accepted) {
        common.features().accept(accepted);
    }

    @Override
    public final DeviceConfig config() {
        return common.config();
    }

    @Override
    public final DmaMemory dmaMemory() {
        return function.dmaMemory(common.features().addressing());
    }

    @Override
    public final InterruptPlan enableInterrupts(int queues, InterruptMode best) {
        return interrupts.descend(queues, best);
    }

    @Override
    public final int settleCapacity(int queue, int wanted) {
        return common.queues().settleCapacity(queue, wanted);
    }

    @Override
    public final void resetQueue(int queue) {
        common.queues().reset(queue);
        interrupts.restore(queue);
    }

    @Override
    public final Interrupt queueInterrupt(int queue) {
        return interrupts.queue(queue);
    }

    @Override
    public final Interrupt configInterrupt() {
        return interrupts.config();
    }

    @Override
    public final void close() {
        common.status().closeFunction();
    }
}
