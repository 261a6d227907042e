package org.jvirtio.cli;

/** Colour, where there is a terminal to show it and nobody asked for none. */
public final class Paint {

    private final boolean on;

    private Paint(boolean on) {
        this.on = on;
    }

    /**
     * On only if output is a terminal, which the launcher knows and says ({@code
     * -Djvirtio.terminal}), and NO_COLOR is not set. Java itself cannot tell: since JDK 22 there is
     * always a console.
     */
    public static Paint forTerminal() {
        return new Paint(
                Boolean.getBoolean("jvirtio.terminal")
                        && System.getenv("NO_COLOR") == null
                        && !"dumb".equals(System.getenv("TERM")));
    }

    public static Paint none() {
        return new Paint(false);
    }

    public String bold(String text) {
        return wrap("1", text);
    }

    public String red(String text) {
        return wrap("31", text);
    }

    private String wrap(String code, String text) {
        return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
