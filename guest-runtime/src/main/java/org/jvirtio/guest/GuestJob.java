package org.jvirtio.guest;

import java.util.List;

/**
 * What a guest is booted for.
 *
 * @param main class name of process 1
 * @param program class name of a {@link GuestProgram} in the image
 * @param arguments for its {@link GuestProgram#run}
 * @param jvmOptions for this boot only, besides those of the image
 */
public record GuestJob(
        String main, String program, List<String> arguments, List<String> jvmOptions) {

    public GuestJob {
        arguments = List.copyOf(arguments);
        jvmOptions = List.copyOf(jvmOptions);
    }

    public GuestJob(String program, List<String> arguments) {
        this(program, arguments, List.of());
    }

    public GuestJob(String program, List<String> arguments, List<String> jvmOptions) {
        this(Init.class.getName(), program, arguments, jvmOptions);
    }

    /** For the image that {@link GuestImages#floor} makes. */
    public static GuestJob floor() {
        return new GuestJob(BareMain.class.getName(), "", List.of(), List.of());
    }
}
