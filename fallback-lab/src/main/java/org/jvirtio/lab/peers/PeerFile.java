package org.jvirtio.lab.peers;

/**
 * A source file that rules were read in, or stand for.
 *
 * @param repository {@code torvalds/linux}
 * @param version commit, twelve digits, at which the file was read; or what tells the version
 */
public record PeerFile(String repository, String path, String version) {

    /** {@code virtio_pci_modern_dev.c}. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** {@code torvalds/linux drivers/virtio/virtio_pci_modern_dev.c at 11db24b67fea}. */
    @Override
    public String toString() {
        return repository + " " + path + " at " + version;
    }
}
