package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.Registers;

/**
 * One walk down a capability list. The list is the device's: pointers may be wrong, lead in a
 * circle, or leave the area.
 *
 * <pre>
 *   0x34 --> 0x40 [id, next, ...] --> 0x50 [id, next, ...] --> 0
 * </pre>
 */
final class CapabilityWalk {

    /** As many capabilities of 4 bytes as there is room for between byte 64 and byte 255. */
    private static final int MOST = 48;

    /** Capabilities beyond are those of the extended space, which has a list of its own. */
    private static final int AREA_END = 256;

    /** Section 6.7: the low two bits of a pointer are reserved and must be masked. */
    private static final int POINTER_MASK = 0xfc;

    private final Registers config;
    private final int limit;
    private final List<Capability> capabilities = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** One bit for each of the 64 words of the area: all that a masked pointer can name. */
    private long visited;

    private boolean complete = true;

    CapabilityWalk(Registers config) {
        this.config = config;
        this.limit = (int) Math.min(AREA_END, config.length()) & ~3;
    }

    CapabilityList walk() {
        int pointer = start();
        CapabilityParser parser = new CapabilityParser(config, limit, isVirtio());
        while (pointer != 0 && mayVisit(pointer)) {
            visited |= bit(pointer);
            Capability capability = parser.parse(pointer);
            capabilities.add(capability);
            pointer = next(capability);
        }
        return new CapabilityList(capabilities, notes, complete);
    }

    private boolean isVirtio() {
        return config.read(ConfigRegister.VENDOR_ID) == DeviceIdentity.VIRTIO_VENDOR;
    }

    private int start() {
        int pointer = config.read(ConfigRegister.CAPABILITIES_POINTER);
        if (StatusBit.CAPABILITY_LIST.in(config.read(ConfigRegister.STATUS))) {
            return masked(pointer);
        }
        if (pointer != 0) {
            notes.add(
                    "the capability pointer is 0x"
                            + Hex.digits2(pointer)
                            + " but bit 4 of the status register says that there is no list;"
                            + " taken as no list");
        }
        return 0;
    }

    private int masked(int pointer) {
        if ((pointer & ~POINTER_MASK) != 0) {
            notes.add(
                    "pointer 0x"
                            + Hex.digits2(pointer)
                            + " has reserved bits set; taken as 0x"
                            + Hex.digits2(pointer & POINTER_MASK));
        }
        return pointer & POINTER_MASK;
    }

    private static long bit(int pointer) {
        return 1L << (pointer / 4);
    }

    private boolean mayVisit(int pointer) {
        if (pointer < ConfigRegister.HEADER_LENGTH) {
            return stop(pointer, "which is inside the header");
        }
        if ((visited & bit(pointer)) != 0) {
            return stop(pointer, "which was visited before");
        }
        if (capabilities.size() == MOST) {
            return stop(pointer, "after " + MOST + " capabilities, more than there is room for");
        }
        if (pointer > limit - CapabilityHead.LENGTH) {
            complete = false;
            return stop(pointer, "but only " + limit + " bytes can be read (more takes root)");
        }
        return true;
    }

    private boolean stop(int pointer, String why) {
        notes.add("the list leads to 0x" + Hex.digits2(pointer) + ", " + why + "; it ends here");
        return false;
    }

    private int next(Capability capability) {
        if (capability instanceof OtherCapability other && other.isReserved()) {
            notes.add(other.place() + " is skipped: a driver ignores those (section 4.1.4.1)");
        }
        if (capability instanceof MalformedCapability malformed) {
            notes.add(malformed.place() + " is skipped: " + malformed.reason());
            if (malformed.pastEnd()) {
                return end();
            }
        }
        return masked(capability.bytes().read(CapabilityField.NEXT));
    }

    /** A capability that runs out of the area says nothing we could go on with. */
    private int end() {
        notes.add("the list ends with it");
        complete = complete && limit == AREA_END;
        return 0;
    }
}
