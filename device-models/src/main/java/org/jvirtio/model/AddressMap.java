package org.jvirtio.model;

/**
 * Finds in this process the memory that a driver names by device addresses. Called for indirect
 * tables only: buffers are for whoever serves the requests to find.
 */
@FunctionalInterface
public interface AddressMap {

    /**
     * For rings whose device addresses are this process's own: benchmarks, tests of concurrency.
     */
    AddressMap IDENTITY = (address, length) -> address;

    /**
     * Where the range begins in this process.
     *
     * @return an address of which all {@code length} bytes may be read, or 0 if any of them may not
     */
    long locate(long deviceAddress, long length);
}
