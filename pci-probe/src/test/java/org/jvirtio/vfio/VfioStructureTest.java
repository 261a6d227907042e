package org.jvirtio.vfio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.jvirtio.Register;
import org.jvirtio.linux.PollFd;
import org.jvirtio.linux.Timespec;

/**
 * Offsets as a C compiler gives them for {@code linux/vfio.h}, {@code linux/iommufd.h} (of Linux
 * 6.12 and 7.3) and {@code poll.h} on x86-64.
 */
class VfioStructureTest {

    private static void assertLayout(Register[] fields, int... offsets) {
        int[] found = Arrays.stream(fields).mapToInt(Register::offset).toArray();
        assertArrayEquals(offsets, found);
        for (Register field : fields) {
            assertEquals(0, field.offset() % field.width(), field::name);
        }
    }

    @Test
    void fieldsAreWhereTheKernelLooksForThem() {
        assertLayout(DeviceInfoField.values(), 0, 4, 8, 12, 16);
        assertLayout(RegionInfoField.values(), 0, 4, 8, 12, 16, 24);
        assertLayout(CapabilityHeaderField.values(), 0, 2, 4);
        assertLayout(SparseMmapField.values(), 8, 16, 24);
        assertLayout(IrqInfoField.values(), 0, 4, 8, 12);
        assertLayout(IrqSetField.values(), 0, 4, 8, 12, 16, 20);
        assertLayout(IommuInfoField.values(), 0, 4, 8, 16);
        assertLayout(IovaRangeField.values(), 8, 16, 24);
        assertLayout(DmaMapField.values(), 0, 4, 8, 16, 24);
        assertLayout(DmaUnmapField.values(), 0, 4, 8, 16);
        assertLayout(GroupStatusField.values(), 0, 4);
        assertLayout(BindIommufdField.values(), 0, 4, 8, 12);
        assertLayout(AttachIommufdField.values(), 0, 4, 8);
        assertLayout(IommuDestroyField.values(), 0, 4);
        assertLayout(IoasAllocField.values(), 0, 4, 8);
        assertLayout(IoasIovaRangesField.values(), 0, 4, 8, 16, 24);
        assertLayout(IoasMapField.values(), 0, 4, 8, 16, 24, 32);
        assertLayout(IoasUnmapField.values(), 0, 4, 8, 16);
        assertLayout(PollFd.values(), 0, 4, 6);
        assertLayout(Timespec.values(), 0, 8);
    }

    @Test
    void structuresAreAsLongAsTheKernelThinks() {
        assertEquals(24, DeviceInfoField.LENGTH);
        assertEquals(32, RegionInfoField.LENGTH);
        assertEquals(8, CapabilityHeaderField.LENGTH);
        assertEquals(16, SparseMmapField.LENGTH);
        assertEquals(16, IrqInfoField.LENGTH);
        assertEquals(20, IrqSetField.LENGTH);
        assertEquals(24, IommuInfoField.LENGTH);
        assertEquals(16, IovaRangeField.LENGTH);
        assertEquals(32, DmaMapField.LENGTH);
        assertEquals(24, DmaUnmapField.LENGTH);
        assertEquals(8, GroupStatusField.LENGTH);
        assertEquals(16, BindIommufdField.LENGTH);
        assertEquals(12, AttachIommufdField.LENGTH);
        assertEquals(8, IommuDestroyField.LENGTH);
        assertEquals(12, IoasAllocField.LENGTH);
        assertEquals(32, IoasIovaRangesField.LENGTH);
        assertEquals(16, IoasIovaRangesField.RANGE_LENGTH);
        assertEquals(40, IoasMapField.LENGTH);
        assertEquals(24, IoasUnmapField.LENGTH);
        assertEquals(8, PollFd.LENGTH);
        assertEquals(16, Timespec.LENGTH);
    }

    /** The numbers {@code _IO(';', 100)} and on; those of a container begin anew at 0x3b70. */
    @Test
    void requestsHaveTheNumbersOfTheHeader() {
        assertEquals(0x3b64, VfioRequest.GET_API_VERSION.number());
        assertEquals(0x3b65, VfioRequest.CHECK_EXTENSION.number());
        assertEquals(0x3b66, VfioRequest.SET_IOMMU.number());
        assertEquals(0x3b67, VfioRequest.GROUP_GET_STATUS.number());
        assertEquals(0x3b68, VfioRequest.GROUP_SET_CONTAINER.number());
        assertEquals(0x3b6a, VfioRequest.GROUP_GET_DEVICE_FD.number());
        assertEquals(0x3b6b, VfioRequest.DEVICE_GET_INFO.number());
        assertEquals(0x3b6c, VfioRequest.DEVICE_GET_REGION_INFO.number());
        assertEquals(0x3b6d, VfioRequest.DEVICE_GET_IRQ_INFO.number());
        assertEquals(0x3b6e, VfioRequest.DEVICE_SET_IRQS.number());
        assertEquals(0x3b6f, VfioRequest.DEVICE_RESET.number());
        assertEquals(0x3b70, VfioRequest.IOMMU_GET_INFO.number());
        assertEquals(0x3b71, VfioRequest.IOMMU_MAP_DMA.number());
        assertEquals(0x3b72, VfioRequest.IOMMU_UNMAP_DMA.number());
        assertEquals(0x3b76, VfioRequest.DEVICE_BIND_IOMMUFD.number());
        assertEquals(0x3b77, VfioRequest.DEVICE_ATTACH_IOMMUFD_PT.number());
        assertEquals(0x3b80, VfioRequest.IOMMU_DESTROY.number());
        assertEquals(0x3b81, VfioRequest.IOMMU_IOAS_ALLOC.number());
        assertEquals(0x3b84, VfioRequest.IOMMU_IOAS_IOVA_RANGES.number());
        assertEquals(0x3b85, VfioRequest.IOMMU_IOAS_MAP.number());
        assertEquals(0x3b86, VfioRequest.IOMMU_IOAS_UNMAP.number());
    }
}
