package org.jvirtio.model;

/**
 * The interrupt registers of a function, as its platform sets them: what a kernel does with the
 * MSI-X capability and table and with the Command register before a driver gets an interrupt (PCI
 * Local Bus 3.0 sections 6.2.2 and 6.8.2). The function itself stays as on a bus.
 *
 * <p>Thread-safe.
 */
public final class InterruptControl {

    private final ModelFunction function;
    private final ConfigSpace config;
    private final MsixTable table;
    private final boolean pin;

    InterruptControl(ModelFunction function, ConfigSpace config, MsixTable table, boolean pin) {
        this.function = function;
        this.config = config;
        this.table = table;
        this.pin = pin;
    }

    /** Entries of the MSI-X table; 0 if there is none. */
    public int msixVectors() {
        return table.vectors();
    }

    public boolean hasIntx() {
        return pin;
    }

    /** Lets the function send messages, of vectors that are not masked, instead of its pin. */
    public void enableMsix() {
        function.locked(
                () -> {
                    config.enableMsix(true);
                    function.configWritten();
                });
    }

    /** Holds the messages of one vector back, or sends what was held back and all that follow. */
    public void mask(int vector, boolean masked) {
        function.locked(
                () -> {
                    table.mask(vector, masked);
                    table.deliverPending();
                });
    }

    public void enableIntx() {
        function.locked(
                () -> {
                    config.disableIntx(false);
                    function.pinChanged();
                });
    }

    /** No messages any more; what was held back is forgotten. */
    public void disableMsix() {
        function.locked(
                () -> {
                    if (table.vectors() > 0) {
                        config.enableMsix(false);
                    }
                    table.maskAll();
                    function.pinChanged();
                });
    }

    /** Neither messages nor the pin. */
    public void disable() {
        function.locked(
                () -> {
                    config.disableIntx(true);
                    disableMsix();
                });
    }
}
