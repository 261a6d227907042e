package org.jvirtio.learn.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** RFC 826 and 792: a network says many things, and only those of a ping are shown. */
class SeenFrameTest {

    private static final String ETHERNET = "ffffffffffff 525400123456 ";
    private static final String ARP =
            ETHERNET + "0806 0001 0800 06 04 0001" + " 525400123456 0a00020f 000000000000 0a000202";
    private static final String ECHO_REPLY =
            ETHERNET + "0800 4500001c 00004000 40010000 0a000202 0a00020f" + " 0000 0000 0001 0001";

    private static SeenFrame frame(String hex) {
        return new SeenFrame(true, HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @Test
    void tellsInWordsWhatAFrameSays() {
        assertEquals(
                "sent      42 bytes  ARP: who has 10.0.2.2? tell 10.0.2.15", frame(ARP).toString());
        assertEquals(
                "sent      42 bytes  ICMP: echo reply, 10.0.2.2 to 10.0.2.15",
                frame(ECHO_REPLY).toString());
    }

    @Test
    void whateverElseComesIsLeftOut() {
        assertTrue(frame(ARP).isOfAPing());
        assertTrue(frame(ECHO_REPLY).isOfAPing());
        assertFalse(frame(ARP.replace("0806", "86dd")).isOfAPing(), "IPv6");
        assertFalse(frame(ECHO_REPLY.replace("4001", "4011")).isOfAPing(), "UDP");
        byte[] cut = Arrays.copyOf(frame(ECHO_REPLY).bytes(), 41);
        assertFalse(new SeenFrame(false, cut).isOfAPing(), "cut off");
    }
}
