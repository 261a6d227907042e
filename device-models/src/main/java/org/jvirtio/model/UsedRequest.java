package org.jvirtio.model;

/**
 * A request that a model is done with.
 *
 * @param written bytes of its writable part
 */
record UsedRequest(ModelChain chain, long written) {

    int id() {
        return chain.id();
    }

    /** True if the driver may be left to guess the length: it is that of the whole buffer. */
    boolean isComplete() {
        return written == chain.writableLength();
    }
}
