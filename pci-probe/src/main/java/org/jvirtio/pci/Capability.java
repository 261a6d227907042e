package org.jvirtio.pci;

/**
 * One entry of the capability list: our copy of its bytes, and what they say. Nothing here is
 * judged yet; {@link LayoutChoice} does that.
 */
public sealed interface Capability
        permits VirtioCapability,
                VendorDataCapability,
                RegisterSetCapability,
                MsixCapability,
                MsiCapability,
                PowerManagementCapability,
                PciExpressCapability,
                MalformedCapability,
                OtherCapability {

    CapabilityBytes bytes();

    /** What it is, for people: {@code COMMON_CFG}, {@code MSI-X}. */
    String label();

    /** Where it starts in the configuration space. */
    default int configOffset() {
        return bytes().configOffset();
    }

    /** The capability id, the first byte. */
    default int id() {
        return bytes().read(CapabilityField.ID);
    }

    /** {@code COMMON_CFG capability at 0x40}. */
    default String place() {
        return where().toString();
    }

    /** The same, for those who may never read it. */
    default Words where() {
        return Words.of(label(), " capability at ", new HexNumber(configOffset(), 2));
    }
}
