package org.jvirtio.partner;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The device side of a control queue, written from virtio 1.4 section 5.1.9.5: keeps the commands
 * and answers what the test wants.
 */
public final class CommandPeer {

    /** Each as hexadecimal digits, a blank between its descriptors. */
    public final List<String> commands = new ArrayList<>();

    /** The acknowledgement; negative to write none. */
    public int ack;

    /** How many bytes it says that it wrote. */
    public int used = 1;

    /** Never answers. */
    public boolean mute;

    /** How many bytes it writes. */
    public int written = 1;

    /** Answers all that was sent. */
    public void serve(RingPeer ring, PartnerMemory memory) {
        while (!mute && ring.hasRequest()) {
            RingPeer.Request request = ring.take();
            StringBuilder command = new StringBuilder();
            for (RingPeer.Buffer buffer : request.buffers()) {
                if (buffer.writable()) {
                    if (ack >= 0) {
                        memory.at(buffer.address(), written).fill(0, written, ack);
                    }
                } else {
                    byte[] bytes = new byte[(int) buffer.length()];
                    ring.bytes(buffer).copyTo(0, bytes, 0, bytes.length);
                    command.append(command.isEmpty() ? "" : " ");
                    command.append(HexFormat.of().formatHex(bytes));
                }
            }
            commands.add(command.toString());
            ring.write(request.id(), used);
        }
        ring.show();
    }
}
