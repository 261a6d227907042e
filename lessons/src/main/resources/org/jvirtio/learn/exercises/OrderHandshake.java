import java.util.List;
import org.jvirtio.learn.exercise.HandshakeOrder;

/**
 * The handshake, in both layouts.
 *
 * <pre>
 *   ACKNOWLEDGE 1   DRIVER 2   DRIVER_OK 4   FEATURES_OK 8   DEVICE_NEEDS_RESET 64   FAILED 128
 * </pre>
 */
public final class OrderHandshake implements HandshakeOrder {

    @Override
    public List<Step> virtio1() {
        //: solution
        return List.of(
                Step.RESET,
                Step.SET_ACKNOWLEDGE,
                Step.SET_DRIVER,
                Step.READ_FEATURES,
                Step.WRITE_FEATURES,
                Step.SET_FEATURES_OK,
                Step.CHECK_FEATURES_OK,
                Step.HAND_OVER_QUEUES,
                Step.SET_DRIVER_OK);
        //: hole
        // Put them in order.
        return List.of(
                Step.HAND_OVER_QUEUES,
                Step.WRITE_FEATURES,
                Step.SET_DRIVER_OK,
                Step.CHECK_FEATURES_OK,
                Step.SET_ACKNOWLEDGE,
                Step.RESET,
                Step.SET_FEATURES_OK,
                Step.READ_FEATURES,
                Step.SET_DRIVER);
        //: end
    }

    @Override
    public List<Step> legacy() {
        //: solution
        return List.of(
                Step.RESET,
                Step.SET_ACKNOWLEDGE,
                Step.SET_DRIVER,
                Step.READ_FEATURES,
                Step.WRITE_FEATURES,
                Step.HAND_OVER_QUEUES,
                Step.SET_DRIVER_OK);
        //: hole
        return List.of(); // your answer
        //: end
    }

    /** Every value written to the status, the reset's 0 first. */
    @Override
    public List<Integer> statusesOfVirtio1() {
        //: solution
        return List.of(0, 1, 3, 11, 15);
        //: hole
        return List.of(0, 1); // your answer goes on
        //: end
    }

    @Override
    public List<Integer> statusesOfLegacy() {
        //: solution
        return List.of(0, 1, 3, 7);
        //: hole
        return List.of(0, 1); // your answer goes on
        //: end
    }

    /** Whether the driver goes on, by what it reads after it wrote FEATURES_OK. */
    @Override
    public boolean goesOn(int status) {
        //: solution
        return (status & 8) != 0 && (status & (64 | 128)) == 0;
        //: hole
        return true; // your code
        //: end
    }
}
