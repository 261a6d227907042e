package org.jvirtio.lab.faults;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Some faults are waits that never end, and models answer at once: short limits for a class. */
final class ShortenedWaits implements BeforeAllCallback, AfterAllCallback {

    private static final String REQUEST = "jvirtio.requestMillis";
    private static final String RESET = "jvirtio.resetMillis";

    @Override
    public void beforeAll(ExtensionContext context) {
        System.setProperty(REQUEST, "800");
        System.setProperty(RESET, "100");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.clearProperty(REQUEST);
        System.clearProperty(RESET);
    }
}
