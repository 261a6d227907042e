package org.jvirtio.qtest;

import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.sysfs.PciAddress;

/**
 * Leads the interrupt pins of a machine to its interrupt controllers, as firmware does. A q35 needs
 * none of that for its I/O APIC. The older PC has a bridge with four registers, one for each of the
 * lines A to D (Intel 82371SB, PIRQRC):
 *
 * <pre>
 *   0x60 to 0x63   80 leads nowhere, 0b interrupt 11
 * </pre>
 */
enum PinRouting {
    /** Of 82G33/Q33, the host bridge of a q35. */
    OF_Q35,
    /** Of 440FX and PIIX3, which are a pc. */
    OF_PC,
    /** Of another machine, whose pins stay unseen. */
    UNKNOWN;

    private static final PciAddress HOST_BRIDGE = new PciAddress(0, 0, 0, 0);
    private static final PciAddress ISA_BRIDGE = new PciAddress(0, 0, 1, 0);
    private static final int Q35 = 0x29c0;
    private static final int I440FX = 0x1237;
    private static final int PIIX3 = 0x7000;

    private static final int FIRST_LINE = 0x60;
    private static final int LINES = 4;
    private static final int NOWHERE = 0x80;

    /** One of those that no board device uses. */
    private static final int INTERRUPT = 11;

    static PinRouting of(QtestMachine machine) {
        int host = deviceId(machine, HOST_BRIDGE);
        if (host == Q35) {
            return OF_Q35;
        }
        return host == I440FX && deviceId(machine, ISA_BRIDGE) == PIIX3 ? OF_PC : UNKNOWN;
    }

    private static int deviceId(QtestMachine machine, PciAddress address) {
        return machine.config(address).read(ConfigRegister.DEVICE_ID);
    }

    /** Leads the lines somewhere that nobody has led yet. */
    void lead(QtestMachine machine) {
        for (int line = 0; this == OF_PC && line < LINES; line++) {
            int register = FIRST_LINE + line;
            if ((machine.config(ISA_BRIDGE).read8(register) & NOWHERE) != 0) {
                machine.config(ISA_BRIDGE).write8(register, INTERRUPT);
            }
        }
    }
}
