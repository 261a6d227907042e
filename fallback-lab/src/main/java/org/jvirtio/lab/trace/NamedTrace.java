package org.jvirtio.lab.trace;

import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.device.BlockConfig;
import org.jvirtio.trace.Trace;

/**
 * A trace whose accesses have names: which structure, which register, which bits.
 *
 * @param map where the function has its structures
 * @param accesses without the marks; each knows the index of its event
 */
public record NamedTrace(Trace trace, StructureMap map, List<NamedAccess> accesses) {

    /** VIRTIO_BLK_Z_HM (virtio 1.4 section 5.2.6). */
    private static final int HOST_MANAGED = 1;

    public NamedTrace {
        accesses = List.copyOf(accesses);
    }

    /** Gives each access of {@code trace} its name. */
    public static NamedTrace of(Trace trace) {
        return new Naming(trace).run();
    }

    boolean isOf(DeviceType type) {
        return map.type().isPresent() && map.type().get() == type;
    }

    /** True for a block device whose zoned.model was read as host-managed. */
    boolean isHostManaged() {
        return accesses.stream()
                .anyMatch(
                        access ->
                                access.isRead()
                                        && access.is(BlockConfig.ZONED_MODEL)
                                        && access.value() == HOST_MANAGED);
    }
}
