package org.jvirtio;

import java.util.Optional;

/** The kinds of virtio device (virtio 1.4 section 5). The number is the virtio device id. */
public enum DeviceType {
    NETWORK(1),
    BLOCK(2),
    CONSOLE(3),
    ENTROPY(4),
    TRADITIONAL_BALLOON(5),
    IO_MEMORY(6),
    RPMSG(7),
    SCSI_HOST(8),
    NINE_P(9),
    MAC80211_WLAN(10),
    RPROC_SERIAL(11),
    CAIF(12),
    MEMORY_BALLOON(13),
    GPU(16),
    RTC(17),
    INPUT(18),
    SOCKET(19),
    CRYPTO(20),
    SIGNAL_DISTRIBUTION(21),
    PSTORE(22),
    IOMMU(23),
    MEMORY(24),
    SOUND(25),
    FILE_SYSTEM(26),
    PMEM(27),
    RPMB(28),
    MAC80211_HWSIM(29),
    VIDEO_ENCODER(30),
    VIDEO_DECODER(31),
    SCMI(32),
    NITRO_SECURE_MODULE(33),
    I2C(34),
    WATCHDOG(35),
    CAN(36),
    PARAMETER_SERVER(38),
    AUDIO_POLICY(39),
    BLUETOOTH(40),
    GPIO(41),
    RDMA(42),
    CAMERA(43),
    ISM(44),
    SPI(45),
    TEE(46),
    CPU_BALLOON(47),
    MEDIA(48),
    USB_CONTROLLER(49);

    private static final DeviceType[] ALL = values();

    private final int id;
    private final String label;

    DeviceType(int id) {
        this.id = id;
        this.label = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public int id() {
        return id;
    }

    /** The name people type and read: {@code block}, {@code file-system}. */
    public String label() {
        return label;
    }

    public static Optional<DeviceType> of(int id) {
        for (DeviceType type : ALL) {
            if (type.id == id) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
