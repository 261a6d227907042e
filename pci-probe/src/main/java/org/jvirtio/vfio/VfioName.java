package org.jvirtio.vfio;

import java.util.Optional;
import org.jvirtio.sysfs.PciAddress;

/**
 * What people type to name a function of this machine, after {@code vfio:}.
 *
 * <pre>
 *   0000:00:04.0[,path=cdev|group|noiommu]
 * </pre>
 *
 * @param asked the path that was asked for; empty to have one chosen
 */
public record VfioName(PciAddress address, Optional<VfioPath> asked) {

    private static final String PATH = ",path=";

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static VfioName parse(String text) {
        int option = text.indexOf(PATH);
        return option < 0
                ? of(PciAddress.parse(text))
                : new VfioName(
                        PciAddress.parse(text.substring(0, option)),
                        Optional.of(VfioPath.parse(text.substring(option + PATH.length()))));
    }

    /** A function whose path is chosen. */
    public static VfioName of(PciAddress address) {
        return new VfioName(address, Optional.empty());
    }

    /** As it is typed, with {@code vfio:} before it. */
    @Override
    public String toString() {
        return "vfio:" + address + asked.map(path -> PATH + path.label()).orElse("");
    }
}
