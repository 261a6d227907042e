package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.When.offered;
import static org.jvirtio.lab.check.When.type;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceType;

/**
 * Console devices (virtio 1.4 section 5.3).
 *
 * <pre>
 *   configuration    0 cols 2 | 2 rows 2 | 4 max_nr_ports 4 | 8 emerg_wr 4
 *   control message  0 port 4 | 4 event 2 | 6 value 2
 * </pre>
 */
final class ConsoleChecks {

    private static final int MAX_NR_PORTS = 4;
    private static final int EMERG_WR = 8;
    private static final int CONTROL_RECEIVE = 2;
    private static final int CONTROL_TRANSMIT = 3;
    private static final int DEVICE_READY = 0;
    private static final int DEVICE_ADD = 1;
    private static final int DEVICE_REMOVE = 2;
    private static final int BUFFERS = 16;
    private static final int MESSAGE = 64;
    private static final long SETTLING_MILLIS = 200;

    /** One control message. */
    private record Message(long port, int event) {}

    private ConsoleChecks() {}

    static Map<String, Check> all() {
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put("CON-01", offered(ConsoleFeature.EMERG_WRITE, ConsoleChecks::takesEmergencies));
        checks.put("CON-02", When.never("what comes out is seen by its host alone"));
        checks.put("CON-04", offered(ConsoleFeature.MULTIPORT, ConsoleChecks::addsNewPorts));
        checks.put("CON-05", offered(ConsoleFeature.MULTIPORT, ConsoleChecks::removesOldPorts));
        checks.put("CON-08", When.never("guest and device have the same byte order here"));
        checks.replaceAll((id, check) -> type(DeviceType.CONSOLE, check));
        return checks;
    }

    private static Finding takesEmergencies(Bench bench) {
        bench.reset();
        bench.registers().deviceConfig().write32(EMERG_WR, '!');
        int status = bench.registers().status();
        BareQueue queue = bench.run();
        BareQueue.Used used = bench.request(queue, bench.sample().chain());
        return Finding.that(
                status == 0,
                "emerg_wr written at status 0: status 0x%02x, then a request is used, length %d",
                status,
                used.length());
    }

    private static Finding addsNewPorts(Bench bench) {
        List<Message> messages = messages(bench);
        long most = bench.registers().deviceConfig().read32(MAX_NR_PORTS) & 0xffffffffL;
        List<Long> added = ports(messages, DEVICE_ADD);
        if (added.isEmpty()) {
            return Finding.skip("it announces no port");
        }
        List<Long> existing = addedWhileThere(messages);
        boolean inside = added.stream().allMatch(port -> port < most);
        return Finding.that(
                existing.isEmpty() && inside,
                "DEVICE_ADD of ports %s, of these while they existed %s, max_nr_ports %d",
                added,
                existing,
                most);
    }

    /** A port that was removed may be added again. */
    private static List<Long> addedWhileThere(List<Message> messages) {
        Set<Long> there = new HashSet<>();
        List<Long> twice = new ArrayList<>();
        for (Message message : messages) {
            if (message.event() == DEVICE_ADD && !there.add(message.port())) {
                twice.add(message.port());
            } else if (message.event() == DEVICE_REMOVE) {
                there.remove(message.port());
            }
        }
        return twice;
    }

    private static Finding removesOldPorts(Bench bench) {
        List<Message> messages = messages(bench);
        List<Long> removed = ports(messages, DEVICE_REMOVE);
        if (removed.isEmpty()) {
            return Finding.skip("it removes no port");
        }
        List<Long> unknown = removedUnknown(messages);
        return Finding.that(
                unknown.isEmpty(),
                "DEVICE_REMOVE of %s, of these with no DEVICE_ADD before it %s",
                removed,
                unknown);
    }

    /** A port that is added only later is unknown when it is removed. */
    private static List<Long> removedUnknown(List<Message> messages) {
        Set<Long> added = new HashSet<>();
        List<Long> unknown = new ArrayList<>();
        for (Message message : messages) {
            if (message.event() == DEVICE_ADD) {
                added.add(message.port());
            } else if (message.event() == DEVICE_REMOVE && !added.contains(message.port())) {
                unknown.add(message.port());
            }
        }
        return unknown;
    }

    private static List<Long> ports(List<Message> messages, int event) {
        return messages.stream().filter(m -> m.event() == event).map(Message::port).toList();
    }

    /** Says DEVICE_READY and collects what the device has to say. */
    private static List<Message> messages(Bench bench) {
        bench.negotiate(ConsoleFeature.MULTIPORT);
        BareQueue receive = bench.openQueue(CONTROL_RECEIVE);
        BareQueue transmit = bench.openQueue(CONTROL_TRANSMIT);
        List<Buffer> buffers = new ArrayList<>();
        int count = receive.room(BUFFERS, 1);
        for (int i = 0; i < count; i++) {
            buffers.add(bench.buffer(MESSAGE));
            receive.offer(List.of(buffers.get(i).writable()));
        }
        bench.addStatus(DeviceStatus.DRIVER_OK);
        bench.registers().doorbell(CONTROL_RECEIVE);
        Buffer ready = bench.buffer(8);
        ready.memory().write16(4, DEVICE_READY);
        ready.memory().write16(6, 1);
        bench.request(transmit, CONTROL_TRANSMIT, List.of(ready.readable()));
        List<Message> messages = new ArrayList<>();
        Waiting.within(
                SETTLING_MILLIS,
                () -> {
                    Optional<BareQueue.Used> used = receive.poll();
                    used.ifPresent(u -> messages.add(message(buffers.get(messages.size()))));
                    return messages.size() == count;
                });
        return messages;
    }

    private static Message message(Buffer buffer) {
        return new Message(buffer.memory().read32(0) & 0xffffffffL, buffer.memory().read16(4));
    }
}
