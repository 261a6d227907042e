package org.jvirtio.device;

import java.util.Optional;
import org.jvirtio.DeviceConfig;
import org.jvirtio.DriverNeeds;
import org.jvirtio.FeatureSet;
import org.jvirtio.LayoutException;

/**
 * Which queues a network device has (virtio 1.4 section 5.1.2): pairs, as many as there can be, and
 * then the one for commands.
 *
 * <pre>
 *   0 receive | 1 transmit | 2 receive | 3 transmit | ... | 2N commands
 * </pre>
 *
 * <p>N is max_virtqueue_pairs with MQ, otherwise 1. All queues are handed over, for the last is
 * found behind them; buffers have those of pairs in use only.
 */
final class NetQueues implements DriverNeeds.QueueCount {

    static final int PER_PAIR = 2;

    /** Section 5.1.4.1: "MUST set max_virtqueue_pairs to between 1 and 0x8000 inclusive". */
    private static final int MOST_PAIRS = 0x8000;

    /** What all rings take is for us to say: more pairs than most machines have processors. */
    private static final int OUR_MOST_PAIRS = 128;

    static Optional<String> refusal(DeviceConfig config) {
        int pairs = pairs(config);
        if (pairs < 1 || pairs > MOST_PAIRS) {
            return Optional.of(
                    String.format(
                            "max_virtqueue_pairs is %d; a device has 1 to %d (section 5.1.4.1)",
                            pairs, MOST_PAIRS));
        }
        return pairs <= OUR_MOST_PAIRS
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                "the device has %d pairs of queues, this driver takes up to %d",
                                pairs, OUR_MOST_PAIRS));
    }

    @Override
    public int of(DeviceConfig config, FeatureSet accepted) {
        int pairs = accepted.has(NetFeature.MQ) ? settledPairs(config) : 1;
        return PER_PAIR * pairs + (accepted.has(NetFeature.CTRL_VQ) ? 1 : 0);
    }

    /** Read again, and so judged again. */
    private static int settledPairs(DeviceConfig config) {
        int pairs = pairs(config);
        if (pairs < 1 || pairs > OUR_MOST_PAIRS) {
            throw new LayoutException(
                    String.format(
                            "counting the queues of a network device: max_virtqueue_pairs is %d now"
                                    + " and was 1 to %d before. Mend the device model, or do not"
                                    + " accept MQ.",
                            pairs, OUR_MOST_PAIRS));
        }
        return pairs;
    }

    private static int pairs(DeviceConfig config) {
        return config.fields().read(NetConfig.MAX_VIRTQUEUE_PAIRS) & 0xffff;
    }
}
