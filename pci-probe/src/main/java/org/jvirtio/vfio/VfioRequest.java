package org.jvirtio.vfio;

/**
 * The ioctl numbers of VFIO ({@code linux/vfio.h}): {@code _IO(';', 100 + n)}. Three numbers mean
 * one thing to a container and another to a device. Those of iommufd ({@code linux/iommufd.h}) are
 * of the same type, and begin at 128.
 */
enum VfioRequest {
    GET_API_VERSION(0),
    CHECK_EXTENSION(1),
    SET_IOMMU(2),
    GROUP_GET_STATUS(3),
    GROUP_SET_CONTAINER(4),
    GROUP_GET_DEVICE_FD(6),
    DEVICE_GET_INFO(7),
    DEVICE_GET_REGION_INFO(8),
    DEVICE_GET_IRQ_INFO(9),
    DEVICE_SET_IRQS(10),
    DEVICE_RESET(11),
    IOMMU_GET_INFO(12),
    IOMMU_MAP_DMA(13),
    IOMMU_UNMAP_DMA(14),
    DEVICE_BIND_IOMMUFD(18),
    DEVICE_ATTACH_IOMMUFD_PT(19),
    IOMMU_DESTROY(28),
    IOMMU_IOAS_ALLOC(29),
    IOMMU_IOAS_IOVA_RANGES(32),
    IOMMU_IOAS_MAP(33),
    IOMMU_IOAS_UNMAP(34);

    private static final int FIRST = ';' << 8 | 100;

    private final int index;

    VfioRequest(int index) {
        this.index = index;
    }

    int number() {
        return FIRST + index;
    }
}
