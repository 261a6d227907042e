package org.jvirtio.linux;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;

/** netdevice(7), as far as nothing of this machine changes; a guest's test does the rest. */
class KernelInterfaceTest {

    @Test
    void anInterfaceThatIsNotThereIsNamedWithWhatWasTried() {
        try (KernelInterface absent = KernelInterface.of("no-such-if0")) {
            EnvironmentException said =
                    assertThrows(
                            EnvironmentException.class,
                            () -> absent.use(0x0a00020f, 0xffffff00, 0));
            String text = said.getMessage();
            assertTrue(text.contains("no-such-if0, giving it an address: "), text);
        }
    }

    @Test
    void aNameThatTheKernelCannotHoldIsRefusedWithItsLength() {
        IllegalArgumentException said =
                assertThrows(
                        IllegalArgumentException.class, () -> KernelInterface.of("x".repeat(16)));
        assertTrue(said.getMessage().contains("has 16 bytes. Use 1 to 15"), said.getMessage());
        assertThrows(IllegalArgumentException.class, () -> KernelInterface.of(""));
    }
}
