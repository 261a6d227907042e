package org.jvirtio.model;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * An echo: what is transmitted is received by the same port, as soon as there are buffers for it;
 * or two ports crossed, each of which receives what the other transmits. Each keeps 64 KiB; what is
 * more is lost, for a driver that only writes has to get its buffers back.
 *
 * <p>Used under the function's lock.
 */
final class ConsoleLoop implements ConsoleBackend {

    private static final int ROOM = 1 << 16;

    private final byte[] waiting = new byte[ROOM];
    private int count;
    private long lost;
    private Port port;

    /** Where what is transmitted is received. */
    private ConsoleLoop end = this;

    /** Ports 0 and 1 crossed, 2 and 3, and so on; of an odd number the last is an echo. */
    static IntFunction<ConsoleBackend> crossed() {
        ConsoleLoop[] even = new ConsoleLoop[1];
        return number -> {
            ConsoleLoop loop = new ConsoleLoop();
            if (number % 2 == 0) {
                even[0] = loop;
            } else {
                loop.end = even[0];
                even[0].end = loop;
            }
            return loop;
        };
    }

    @Override
    public void connect(Port own) {
        port = own;
        port.hostOpen(true);
    }

    @Override
    public int transmit(byte[] bytes, int offered) {
        end.keep(bytes, offered);
        return offered;
    }

    private void keep(byte[] bytes, int offered) {
        int kept = Math.min(offered, ROOM - count);
        System.arraycopy(bytes, 0, waiting, count, kept);
        count += kept;
        lost += offered - kept;
        driverReady();
    }

    @Override
    public void driverReady() {
        int done = count == 0 ? 0 : port.receive(Arrays.copyOf(waiting, count), count);
        System.arraycopy(waiting, done, waiting, 0, count - done);
        count -= done;
    }

    @Override
    public long lostBytes() {
        return lost;
    }
}
