package org.jvirtio.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.FeatureSet;
import org.jvirtio.VirtioException;
import org.jvirtio.device.ConsolePort;

/** A console under way whose device is a stream of bytes. */
final class HostileConsole {

    private static final int MOST_STEPS = 300;
    private static final int MOST_BYTES = 300;

    /** More than a buffer of the driver's. */
    private static final int MOST_CLAIMED = 4200;

    private static final String REQUEST_MILLIS = "jvirtio.requestMillis";

    private final FuzzedDataProvider data;
    private final ConsolePair pair;

    /** Every port that ever was there. */
    private final List<ConsolePort> known = new ArrayList<>();

    HostileConsole(FeatureSet features, FuzzedDataProvider data) {
        this.data = data;
        pair = new ConsolePair(features);
    }

    void run() {
        System.setProperty(REQUEST_MILLIS, "2");
        try {
            for (int i = 0; i < MOST_STEPS && data.remainingBytes() > 0; i++) {
                step();
            }
        } catch (DeviceTimeoutException deaf) {
            assertTrue(
                    deaf.getMessage().contains("it has not read what it was told"), deaf::toString);
        } catch (VirtioException broken) {
            useAllBroken();
        } finally {
            System.clearProperty(REQUEST_MILLIS);
            pair.driver.close();
        }
    }

    /** A device that was given up is used no more, and says so. */
    private void useAllBroken() {
        try {
            pair.driver.ports();
            for (ConsolePort port : known) {
                read(port);
                write(port);
            }
        } catch (VirtioException again) {
            return;
        }
    }

    private void step() {
        switch (data.consumeInt(0, 8)) {
            case 0, 1 -> say();
            case 2 -> sayAnything();
            case 3 -> bring();
            case 4 -> pair.takeAll(2 * data.consumeInt(0, ConsolePair.PORTS) + 1);
            case 5 -> write(port());
            case 6 -> read(port());
            case 7 -> toggle(port());
            default -> look();
        }
    }

    /** A message that could be one. */
    private void say() {
        int port = data.consumeInt(-1, ConsolePair.PORTS);
        byte[] message = ConsolePair.message(port, data.consumeInt(0, 9), data.consumeInt(0, 2));
        byte[] more = data.consumeBytes(data.consumeInt(0, 16));
        byte[] whole = Arrays.copyOf(message, message.length + more.length);
        System.arraycopy(more, 0, whole, message.length, more.length);
        pair.bring(ConsolePair.CONTROL_RECEIVE, whole, whole.length);
    }

    private void sayAnything() {
        byte[] bytes = data.consumeBytes(data.consumeInt(0, MOST_BYTES));
        pair.bring(ConsolePair.CONTROL_RECEIVE, bytes, claimed(bytes.length));
    }

    private void bring() {
        int port = data.consumeInt(0, ConsolePair.PORTS - 1);
        byte[] bytes = data.consumeBytes(data.consumeInt(0, MOST_BYTES));
        pair.bring(port == 0 ? 0 : 2 + 2 * port, bytes, claimed(bytes.length));
    }

    private long claimed(int length) {
        return data.consumeBoolean() ? data.consumeInt(0, MOST_CLAIMED) : length;
    }

    /** One that was there at some time; there is none at first. */
    private ConsolePort port() {
        return known.isEmpty() ? null : known.get(data.consumeInt(0, known.size() - 1));
    }

    private void write(ConsolePort port) {
        if (port == null) {
            return;
        }
        try {
            port.write(new byte[MOST_BYTES], 0, MOST_BYTES);
            port.write(new byte[1], 0, 1, Duration.ZERO);
        } catch (IOException closed) {
            return; // By either side.
        }
    }

    private void read(ConsolePort port) {
        if (port == null) {
            return;
        }
        try {
            byte[] bytes = new byte[MOST_BYTES];
            int got = port.read(bytes, 0, MOST_BYTES);
            assertTrue(got >= ConsolePort.END && got <= MOST_BYTES, got + " bytes");
        } catch (IOException closed) {
            return; // By either side.
        }
    }

    private void toggle(ConsolePort port) {
        if (port == null) {
            return;
        }
        try {
            if (port.isOpen()) {
                port.close();
            } else {
                port.open();
            }
        } catch (IOException gone) {
            return; // It was unplugged.
        }
    }

    private void look() {
        List<ConsolePort> ports = pair.driver.ports();
        assertTrue(ports.size() <= ConsolePair.PORTS, ports::toString);
        assertEquals(ports.size(), Set.copyOf(ports).size());
        for (ConsolePort port : ports) {
            assertTrue(port.name().codePoints().noneMatch(Character::isISOControl), port::name);
            if (!known.contains(port)) {
                known.add(port);
            }
        }
        pair.driver.size();
    }
}
