package org.jvirtio.pci;

/** A capability that this package does not decode; drivers ignore it. */
public record OtherCapability(CapabilityBytes bytes, String label) implements Capability {}
