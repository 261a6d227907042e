package org.jvirtio.learn.exercise;

import java.util.List;

/** Lesson 4: how a device is started, in two layouts. */
public interface HandshakeOrder {

    /** The steps, in no order. */
    enum Step {
        HAND_OVER_QUEUES,
        WRITE_FEATURES,
        SET_DRIVER_OK,
        CHECK_FEATURES_OK,
        SET_ACKNOWLEDGE,
        RESET,
        SET_FEATURES_OK,
        READ_FEATURES,
        SET_DRIVER
    }

    /** All nine, in the order of virtio 1.x. */
    List<Step> virtio1();

    /** Those of the legacy layout. */
    List<Step> legacy();

    /** Each value that is written to the device status by virtio 1.x, in order. */
    List<Integer> statusesOfVirtio1();

    List<Integer> statusesOfLegacy();

    /** Whether the driver goes on, by what it reads after it wrote FEATURES_OK. */
    boolean goesOn(int status);
}
