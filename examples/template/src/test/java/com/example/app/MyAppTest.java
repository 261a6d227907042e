package com.example.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.model.EmulatedDevices;

/** The application on models of its device, in this process: no guest, no root. */
class MyAppTest {

    @ParameterizedTest
    @ValueSource(strings = {"virtio1", "transitional", "legacy"})
    void readsAsManyBytesAsItIsAskedFor(String layout) {
        String device = "emulated:entropy,layout=" + layout;

        String printed = MyApp.read(EmulatedDevices.parse(device), 8);

        assertTrue(printed.matches(device + " [0-9a-f]{16}"), printed);
    }
}
