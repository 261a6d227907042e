package org.jvirtio.pci;

/**
 * Our decisions on what the mail of 2011 leaves open, all in one place. The mail gives four
 * register sets, one dword for each, and three example devices; nothing below is in it, and no
 * other program has to agree.
 *
 * <ol>
 *   <li>The capability is a vendor capability (id 0x09) whose byte 3 is {@link #CFG_TYPE}, a
 *       cfg_type that virtio 1.x reserves and that its drivers must ignore (section 4.1.4.1), so
 *       that one device can carry both descriptions. Byte 2 is cap_len. The dwords follow in the
 *       order of the mail, {@link RegisterSetDword}; cap_len is at least {@link #LEAST_CAP_LEN} and
 *       a multiple of 4; a dword that does not exist means "not present", one that is not known is
 *       ignored.
 *   <li>Bits 30 to 27 of a dword are ignored. A dword with BAR 6 or 7, a BAR that is not
 *       implemented or is the upper half of a 64-bit BAR, or an offset outside the BAR makes that
 *       set absent, not the device unusable. With the present bit clear the other bits are ignored.
 *   <li>virtio-pci and virtio-config are aligned to {@link #ALIGNMENT} bytes, virtio-isr is not
 *       (the first example has it at byte 19). They may lie in I/O or memory space. legacy is BAR0,
 *       offset 0, I/O space, or absent.
 *   <li>Lengths follow from the examples: virtio-pci uses {@link #VIRTIO_PCI_USED} bytes of a
 *       window of at most {@link #VIRTIO_PCI_LONGEST}; virtio-config goes to the next item in the
 *       same BAR, or to the BAR's end; virtio-isr is one byte.
 *   <li>Inside virtio-pci: the common structure of virtio 1.x, then one doorbell for all queues at
 *       {@link #DOORBELL}, then an ISR byte at {@link #ISR}, where reading clears. One register
 *       model thus serves both new layouts.
 *   <li>Without virtio-isr the ISR is that byte; with it, only virtio-isr is used, and being at
 *       BAR0 + 19 does not make it a use of the legacy set.
 *   <li>The sets speak virtio 1.x: little-endian, VERSION_1, FEATURES_OK.
 *   <li>"One or the other" holds per register set: {@link VirtioLayout.RegisterSets} has no window
 *       for anything else.
 *   <li>virtio 1.x capabilities win over this one; this one wins over legacy; where it is there,
 *       legacy needs its dword.
 *   <li>The MSI-X capability, not the optional dwords, says where MSI-X is.
 *   <li>The first valid capability in the list wins.
 * </ol>
 */
public final class RegisterSetRules {

    public static final int CFG_TYPE = 0x81;

    /** Header and the four dwords of the mail. */
    public static final int LEAST_CAP_LEN = 20;

    public static final int ALIGNMENT = 4;

    /**
     * Offset of the doorbell of all queues in virtio-pci; 16 bits, or 32 with NOTIFICATION_DATA.
     */
    public static final int DOORBELL = 0x40;

    /** Offset of the ISR byte in virtio-pci. */
    public static final int ISR = 0x44;

    public static final int VIRTIO_PCI_USED = 0x48;
    public static final int VIRTIO_PCI_LONGEST = 0x100;

    /** Where rules say they come from. */
    static final String MAIL = "mail of 2011";

    static final String OURS = "our decision on the mail of 2011, RegisterSetRules";

    private RegisterSetRules() {}
}
