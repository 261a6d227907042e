package org.jvirtio.device;

import java.util.function.Supplier;
import org.jvirtio.DeviceConfig;
import org.jvirtio.FeatureSet;
import org.jvirtio.LayoutException;
import org.jvirtio.Registers;

/**
 * What a network device says of itself, all of one moment (virtio 1.4 section 5.1.4).
 *
 * @param mac as the device has it, which may be no station's; all zeros if it gives none
 * @param mtu bytes of the longest Ethernet payload
 * @param linkUp assumed where the device does not say (section 5.1.4.2)
 * @param announcementAsked never, unless GUEST_ANNOUNCE was accepted
 */
record NetSettings(NetMac mac, int mtu, boolean linkUp, boolean announcementAsked) {

    /** Of every Ethernet, where the device does not say. */
    static final int DEFAULT_MTU = 1500;

    /** Of a device without STATUS: the link is up, nothing else is asked for. */
    private static final int UNSAID = NetConfig.LINK_UP;

    /** Section 5.1.4.1: "MUST set mtu to between 68 and 65535 inclusive". */
    private static final int LEAST_MTU = 68;

    /** Reads the configuration, all of it from one moment (section 2.5.1). */
    static NetSettings read(DeviceConfig config, FeatureSet accepted) {
        NetSettings settings = config.consistent(new Reading(config.fields(), accepted));
        settings.requireMtu();
        return settings;
    }

    /** Only once all is of one moment: a number that was half changed means nothing. */
    private void requireMtu() {
        if (mtu < LEAST_MTU) {
            throw new LayoutException(
                    String.format(
                            "reading the MTU of a network device: %d bytes; it is at least 68. Mend"
                                    + " the device model, or do not accept MTU.",
                            mtu));
        }
    }

    private record Reading(Registers fields, FeatureSet accepted) implements Supplier<NetSettings> {

        @Override
        public NetSettings get() {
            int mtu =
                    accepted.has(NetFeature.MTU)
                            ? fields.read(NetConfig.MTU) & 0xffff
                            : DEFAULT_MTU;
            int status = accepted.has(NetFeature.STATUS) ? fields.read(NetConfig.STATUS) : UNSAID;
            boolean announce = accepted.has(NetFeature.GUEST_ANNOUNCE);
            return new NetSettings(
                    mac(),
                    mtu,
                    (status & NetConfig.LINK_UP) != 0,
                    announce && (status & NetConfig.ANNOUNCE) != 0);
        }

        /** Byte by byte, as the field is defined; wider accesses are not for arrays. */
        private NetMac mac() {
            if (!accepted.has(NetFeature.MAC)) {
                return new NetMac(0);
            }
            long bits = 0;
            for (int i = 0; i < NetMac.BYTES; i++) {
                int octet = fields.read8(NetConfig.MAC_0.offset() + i) & 0xff;
                bits = bits << Byte.SIZE | octet;
            }
            return new NetMac(bits);
        }
    }
}
