package org.jvirtio.guest;

import java.time.Duration;

/**
 * A moment in the life of a guest. {@code main}: process 1 reached Java; {@code mounts}, {@code
 * modules}: that much is set up; {@code program}: the program begins; {@code end}: it has ended;
 * {@code exit}: it called {@link System#exit} instead.
 *
 * @param sinceStart since QEMU was started
 */
public record GuestMark(String name, Duration sinceStart) {

    static final String EXIT = "exit";
}
