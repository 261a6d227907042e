package org.jvirtio.learn.exercise;

/** Lesson 8: from a received buffer to a ping that is answered. */
public interface PingFrames {

    /** Bytes of the virtio header before each frame. */
    int headerBytes(boolean version1, boolean mergeableBuffers);

    /** The Internet checksum: the complement of the sum of all 16-bit words (RFC 1071). */
    int checksum(byte[] bytes);

    /**
     * The answer to an ICMP echo request.
     *
     * @param request an ICMP message: type, code, checksum (2), identifier (2), sequence (2), data
     * @return the answer, or an empty array if the message is no echo request, too short, or
     *     damaged
     */
    byte[] answer(byte[] request);
}
