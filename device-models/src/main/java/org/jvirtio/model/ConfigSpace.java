package org.jvirtio.model;

import org.jvirtio.Register;
import org.jvirtio.Registers;

/**
 * The 256 bytes of configuration space of an emulated function: a header, a list of capabilities,
 * and a mask that says which bits a driver can change (PCI Local Bus 3.0 sections 6.1, 6.2, 6.8.2).
 */
final class ConfigSpace implements Registers {

    private static final int LENGTH = 256;
    private static final int FIRST_CAPABILITY = 0x40;

    private static final int COMMAND_IO = 0x1;
    private static final int COMMAND_MEMORY = 0x2;
    private static final int COMMAND_BUS_MASTER = 0x4;
    private static final int COMMAND_INTX_DISABLE = 0x400;
    private static final int STATUS_INTERRUPT = 0x08;
    private static final int STATUS_CAPABILITIES = 0x10;

    private static final int MSIX_CONTROL = 2;
    private static final int MSIX_FUNCTION_MASK = 0x4000;
    private static final int MSIX_ENABLE = 0x8000;

    private final byte[] bytes = new byte[LENGTH];
    private final byte[] writable = new byte[LENGTH];
    private byte[] afterPowerOn = bytes;
    private final ModelFunction function;
    private int end = FIRST_CAPABILITY;
    private int lastLink = PciField.CAPABILITIES.offset();
    private int msix;
    private PciCfgWindow pciCfg;

    ConfigSpace(ModelFunction function) {
        this.function = function;
        allow(
                PciField.COMMAND.offset(),
                2,
                COMMAND_IO | COMMAND_MEMORY | COMMAND_BUS_MASTER | COMMAND_INTX_DISABLE);
    }

    /** Sets what the device shows, whether or not a driver may change it. */
    void put(Register field, int value) {
        set(field.offset(), field.width(), value);
    }

    void set(int offset, int width, int value) {
        for (int i = 0; i < width; i++) {
            bytes[offset + i] = (byte) (value >>> (8 * i));
        }
    }

    /** Lets a driver change the bits of {@code mask}. */
    void allow(int offset, int width, int mask) {
        for (int i = 0; i < width; i++) {
            writable[offset + i] = (byte) (mask >>> (8 * i));
        }
    }

    /**
     * Adds a capability to the end of the list.
     *
     * @param content all bytes; byte 1 becomes the link to the next one
     * @return its offset
     */
    int addCapability(byte[] content) {
        int offset = end;
        System.arraycopy(content, 0, bytes, offset, content.length);
        bytes[lastLink] = (byte) offset;
        lastLink = offset + 1;
        end = offset + ((content.length + 3) & ~3);
        set(PciField.STATUS.offset(), 2, STATUS_CAPABILITIES);
        return offset;
    }

    /** Declares the capability at {@code offset} to be the MSI-X one, whose bits then work. */
    void msixAt(int offset) {
        msix = offset;
        allow(offset + MSIX_CONTROL, 2, MSIX_ENABLE | MSIX_FUNCTION_MASK);
    }

    /** Declares the capability at {@code offset} to be PCI_CFG, whose window then works. */
    void pciCfgAt(int offset) {
        pciCfg = new PciCfgWindow(this, offset, function);
    }

    /** What there is now is what {@link #powerOn} goes back to. */
    void keepAsPowerOn() {
        afterPowerOn = bytes.clone();
    }

    /** Forgets what drivers wrote. */
    void powerOn() {
        System.arraycopy(afterPowerOn, 0, bytes, 0, LENGTH);
    }

    boolean decodesIo() {
        return command(COMMAND_IO);
    }

    boolean decodesMemory() {
        return command(COMMAND_MEMORY);
    }

    boolean busMaster() {
        return command(COMMAND_BUS_MASTER);
    }

    boolean intxDisabled() {
        return command(COMMAND_INTX_DISABLE);
    }

    boolean msixEnabled() {
        return msix != 0 && (get(msix + MSIX_CONTROL, 2) & MSIX_ENABLE) != 0;
    }

    boolean msixMasked() {
        return (get(msix + MSIX_CONTROL, 2) & MSIX_FUNCTION_MASK) != 0;
    }

    void enableMsix(boolean on) {
        change(msix + MSIX_CONTROL, MSIX_ENABLE, on);
    }

    void disableIntx(boolean on) {
        change(PciField.COMMAND.offset(), COMMAND_INTX_DISABLE, on);
    }

    void enableDecoding() {
        change(PciField.COMMAND.offset(), COMMAND_IO | COMMAND_MEMORY, true);
    }

    void enableBusMaster(boolean on) {
        change(PciField.COMMAND.offset(), COMMAND_BUS_MASTER, on);
    }

    /** The level of the pin, as the status register shows it. */
    void showInterrupt(boolean asserted) {
        change(PciField.STATUS.offset(), STATUS_INTERRUPT, asserted);
    }

    /** What the bytes are, without the effects of a driver's read. */
    int get(int offset, int width) {
        int value = 0;
        for (int i = 0; i < width; i++) {
            value |= (bytes[offset + i] & 0xff) << (8 * i);
        }
        return value;
    }

    @Override
    public long length() {
        return LENGTH;
    }

    @Override
    public int read8(int offset) {
        return read(offset, 1);
    }

    @Override
    public int read16(int offset) {
        return read(offset, 2);
    }

    @Override
    public int read32(int offset) {
        return read(offset, 4);
    }

    @Override
    public void write8(int offset, int value) {
        write(offset, 1, value);
    }

    @Override
    public void write16(int offset, int value) {
        write(offset, 2, value);
    }

    @Override
    public void write32(int offset, int value) {
        write(offset, 4, value);
    }

    private int read(int offset, int width) {
        check(offset, width);
        return function.answer(
                () -> {
                    if (pciCfg != null && pciCfg.isData(offset)) {
                        pciCfg.beforeRead(offset, width);
                    }
                    return get(offset, width);
                });
    }

    private void write(int offset, int width, int value) {
        check(offset, width);
        function.locked(
                () -> {
                    for (int i = 0; i < width; i++) {
                        int mask = writable[offset + i];
                        int kept = bytes[offset + i] & ~mask;
                        bytes[offset + i] = (byte) (kept | ((value >>> (8 * i)) & mask));
                    }
                    if (pciCfg != null && pciCfg.isData(offset)) {
                        pciCfg.afterWrite(offset, width);
                    }
                    function.configWritten();
                });
    }

    private boolean command(int bit) {
        return (get(PciField.COMMAND.offset(), 2) & bit) != 0;
    }

    private void change(int offset, int mask, boolean on) {
        int value = get(offset, 2);
        set(offset, 2, on ? (value | mask) : (value & ~mask));
    }

    private static void check(int offset, int width) {
        if (offset < 0 || offset > LENGTH - width || offset % width != 0) {
            throw new IndexOutOfBoundsException(
                    width
                            + "-byte access at offset "
                            + offset
                            + " of a configuration space of "
                            + LENGTH
                            + " bytes");
        }
    }
}
