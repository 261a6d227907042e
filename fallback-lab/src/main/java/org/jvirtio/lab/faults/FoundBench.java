package org.jvirtio.lab.faults;

import java.util.concurrent.atomic.AtomicReference;
import org.jvirtio.DeviceType;
import org.jvirtio.EnvironmentException;
import org.jvirtio.LayoutException;
import org.jvirtio.pci.ForwardedFunction;
import org.jvirtio.pci.PciFunction;

/**
 * A function that somebody named, and that can be made to lie by overlays alone. What an overlay is
 * about, it need not have.
 */
final class FoundBench implements Bench {

    private final FoundDevice device;
    private final String usualPolicy;
    private final AtomicReference<String> quarantine;
    private Mask mask;

    /**
     * Prepares; nothing is opened.
     *
     * @param quarantine which case left the function quarantined, for all cases of the function;
     *     null as long as none did
     */
    FoundBench(FoundDevice device, String usualPolicy, AtomicReference<String> quarantine) {
        this.device = device;
        this.usualPolicy = usualPolicy;
        this.quarantine = quarantine;
    }

    @Override
    public DeviceType type() {
        return device.type();
    }

    @Override
    public String usualPolicy() {
        return usualPolicy;
    }

    @Override
    public PciFunction open(Injection injection) {
        mask = new Mask(injection);
        PciFunction function = new Watched(opened(), injection.how());
        try {
            return mask.over(function);
        } catch (LayoutException lacking) {
            throw new NoOccasionException(
                    "this function lacks what is to be changed: " + lacking.getMessage(), lacking);
        }
    }

    /** A reach may keep a quarantined function for as long as the process lives. */
    private PciFunction opened() {
        try {
            return device.opener().get();
        } catch (EnvironmentException refused) {
            if (quarantine.get() == null) {
                throw refused;
            }
            throw new NoOccasionException(
                    "the function is quarantined since "
                            + quarantine.get()
                            + ", and cannot be opened again by this process. Try this case alone.",
                    refused);
        }
    }

    @Override
    public String harm(Injection injection) {
        String idle = mask.harm();
        if (!idle.isEmpty()) {
            throw new NoOccasionException(idle + ": this function gave it no occasion", null);
        }
        return "";
    }

    private final class Watched extends ForwardedFunction {

        private final String how;

        Watched(PciFunction function, String how) {
            super(function);
            this.how = how;
        }

        @Override
        public void quarantine() {
            quarantine.set(how);
            super.quarantine();
        }
    }
}
