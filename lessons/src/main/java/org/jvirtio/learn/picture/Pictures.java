package org.jvirtio.learn.picture;

import java.util.List;
import java.util.stream.Stream;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;

/** The pictures by the names that people type. */
public enum Pictures {
    HEADER(false, (function, policy) -> HeaderPicture.of(function)),
    CHAIN(false, (function, policy) -> CapabilitiesPicture.of(function)),
    BARS(false, (function, policy) -> BarsPicture.of(function)),
    HANDSHAKE(true, HandshakePicture::of),
    RING(true, MomentsPicture::of),
    REQUEST(true, RequestPicture::of),
    INTERRUPTS(true, InterruptPicture::of),
    FRAME(true, FramePicture::of),
    PING(true, PingPicture::of);

    /** How one is drawn; {@code policy} says which layout is asked for. */
    private interface Drawing {
        Picture of(PciFunction function, Policy policy);
    }

    private final boolean drives;

    @SuppressWarnings("ImmutableEnumChecker") // A reference to a static method.
    private final Drawing drawing;

    Pictures(boolean drives, Drawing drawing) {
        this.drives = drives;
        this.drawing = drawing;
    }

    /** True if the device is started for it; otherwise only its configuration space is read. */
    public boolean drives() {
        return drives;
    }

    /** Draws a function, and closes it. */
    public Picture draw(PciFunction function, Policy policy) {
        try (function) {
            return drawing.of(function, policy);
        }
    }

    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public static List<String> labels() {
        return Stream.of(values()).map(Pictures::label).toList();
    }

    /**
     * Finds one by its name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Pictures of(String label) {
        return Stream.of(values())
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no picture '"
                                                + label
                                                + "'; use one of "
                                                + String.join(", ", labels())));
    }
}
