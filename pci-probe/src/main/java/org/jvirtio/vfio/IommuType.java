package org.jvirtio.vfio;

/** How a container lets devices reach memory, by its number in {@code linux/vfio.h}. */
enum IommuType {
    /** An IOMMU translates; an unmap gives back whole mappings. */
    TYPE1V2(3, "/dev/vfio/", "Load the module vfio_iommu_type1.") {
        @Override
        AddressSpace addressSpace(VfioFile container) {
            return new Type1Space(container);
        }
    },
    /** There is no IOMMU, and nothing is translated. */
    NOIOMMU(
            8,
            "/dev/vfio/noiommu-",
            "Run as root (it takes CAP_SYS_RAWIO), and switch the mode on: echo Y >"
                    + " /sys/module/vfio/parameters/enable_unsafe_noiommu_mode") {
        @Override
        AddressSpace addressSpace(VfioFile container) {
            return new PhysicalSpace();
        }
    };

    private final int number;
    private final String groupPrefix;
    private final String remedy;

    IommuType(int number, String groupPrefix, String remedy) {
        this.number = number;
        this.groupPrefix = groupPrefix;
        this.remedy = remedy;
    }

    int number() {
        return number;
    }

    /** The file of a group. */
    String groupFile(int group) {
        return groupPrefix + group;
    }

    /** The address space of a container of this type, once it is started. */
    abstract AddressSpace addressSpace(VfioFile container);

    /** What to do if a kernel does not offer it. */
    String remedy() {
        return remedy;
    }
}
