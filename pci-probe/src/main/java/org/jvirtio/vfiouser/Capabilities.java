package org.jvirtio.vfiouser;

/**
 * What one side says that it can take (vfio-user, VFIO_USER_VERSION). What it does not say has the
 * default of the specification.
 *
 * @param maxMsgFds descriptors that it takes in one message
 * @param maxDataXferSize bytes of data that it takes in one message that reads or writes
 * @param maxDmaMaps mappings that there may be at once
 * @param pageSizes a bit for each page size that a mapping may consist of, all 64 of them
 * @param twinSocket whether commands of the server have a socket of their own
 * @param twinFdIndex which descriptor of the reply that socket is; {@link #NONE} outside of it
 * @param writeMultiple whether it takes {@link Command#REGION_WRITE_MULTI}
 */
public record Capabilities(
        int maxMsgFds,
        int maxDataXferSize,
        int maxDmaMaps,
        long pageSizes,
        boolean twinSocket,
        int twinFdIndex,
        boolean writeMultiple) {

    public static final int NONE = -1;

    /** For whoever says nothing. */
    public static final Capabilities DEFAULTS =
            new Capabilities(1, 1 << 20, (1 << 16) - 1, 4096, false, NONE, false);

    public Capabilities {
        if (maxMsgFds < 0 || maxDataXferSize < 1 || maxDmaMaps < 0 || pageSizes == 0) {
            throw new IllegalArgumentException(
                    String.format(
                            "capabilities of %d descriptors, %d bytes, %d mappings and pages 0x%x",
                            maxMsgFds, maxDataXferSize, maxDmaMaps, pageSizes));
        }
    }

    /** The same with a socket for commands of the server, which is this descriptor of the reply. */
    public Capabilities withTwin(int index) {
        return new Capabilities(
                maxMsgFds, maxDataXferSize, maxDmaMaps, pageSizes, true, index, writeMultiple);
    }

    /** The same, but commands of the server come over the one socket there is. */
    public Capabilities withoutTwin() {
        return new Capabilities(
                maxMsgFds, maxDataXferSize, maxDmaMaps, pageSizes, false, NONE, writeMultiple);
    }

    /** Bytes of the smallest page that a mapping may consist of; unsigned. */
    public long smallestPage() {
        return Long.lowestOneBit(pageSizes);
    }
}
