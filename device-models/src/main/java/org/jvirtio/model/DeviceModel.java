package org.jvirtio.model;

import java.util.BitSet;

/**
 * What one kind of device does, whatever the layout: its features, its configuration, and the
 * requests it serves. {@link ModelDevice} does the rest.
 *
 * <p>Called under the function's lock: implementations need none of their own.
 */
public interface DeviceModel extends AutoCloseable {

    /** The function that shows this device; called once, before anything else. */
    default void attach(ModelHost function) {}

    /** The word for it on the command line: {@code block}. */
    String label();

    /** Virtio device id (section 5). */
    int typeId();

    /** PCI class code, 24 bits. */
    int classCode();

    /** The transitional PCI device id (section 4.1.2.1), or 0 if this kind never had a legacy. */
    int transitionalId();

    /** The bits of this device type that are offered; those of the ring come on top. */
    BitSet features();

    int queueCount();

    /** The device-specific configuration; its length may be 0. */
    ModelConfig config();

    /** The driver settled on these features, all of which were offered. */
    default void negotiated(BitSet accepted) {}

    /**
     * Serves one request, now or later; {@link ModelChain#complete} gives it back.
     *
     * @throws ProtocolFault if the request cannot even be refused
     */
    void serve(int queue, ModelChain chain);

    /** Forget everything that came from the driver (section 2.4.1). */
    default void reset() {}

    @Override
    default void close() {}
}
