package org.jvirtio.learn.exercise;

import java.util.List;

/** Lesson 2: a walk down a capability list that a device wrote, whatever it wrote. */
public interface CapabilityWalker {

    /**
     * Where the capabilities start, in list order.
     *
     * @param config the configuration space as far as it can be read: 64 or 256 bytes
     */
    List<Integer> walk(byte[] config);

    /** Where the common configuration capability starts that a driver uses; -1 if there is none. */
    int commonCfg(byte[] config);
}
