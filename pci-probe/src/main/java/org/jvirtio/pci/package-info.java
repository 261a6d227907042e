/**
 * PCI functions: what every reach offers, what the configuration bytes say, and which layout
 * follows from them. Must never know the meaning of a virtio register.
 *
 * <pre>
 *   PciFunction  (emulated | sysfs | vfio | dump | qtest)
 *     config() --> CapabilityList --> LayoutChoice --> VirtioLayout --> (a transport)
 *     open(window) --> Registers
 * </pre>
 *
 * <p>Read {@link org.jvirtio.pci.PciFunction} first, then {@link org.jvirtio.pci.LayoutChoice}. The
 * classes come in three groups: parsers ({@code CapabilityWalk}, {@code CapabilityParser}), rules
 * ({@code Virtio1Candidate}, {@code RegisterSetCandidate}, {@code LegacyCandidate}), and printers
 * ({@code ChoiceText}, {@code DecodedText} and their JSON twins).
 */
package org.jvirtio.pci;
