package org.jvirtio.qtest;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers as a QEMU does whose bus has one function at most, at 00:04.0. Configuration space keeps
 * whatever is written to it.
 */
final class PlayedMachine implements AutoCloseable {

    private static final int FUNCTION = 0x8000_2000;
    private static final String NOBODY = "OK 0xffffffff\n";

    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final ByteBuffer config;
    private final RandomAccessFile memory;
    private int selected;

    /**
     * Makes the file with its memory.
     *
     * @param config the configuration space of the function; empty for none
     */
    PlayedMachine(Path memory, byte[] config) throws IOException {
        this.config = ByteBuffer.wrap(config.clone()).order(ByteOrder.LITTLE_ENDIAN);
        this.memory = new RandomAccessFile(memory.toFile(), "rw");
        this.memory.setLength(2 * QtestMemory.PIECE);
    }

    /** All that it was told so far. */
    List<String> commands() {
        return commands;
    }

    String answer(String line) {
        commands.add(line);
        String[] words = line.split(" ", -1);
        return switch (words[0]) {
            case "endianness" -> "OK little\n";
            case "readq" -> token();
            case "outl" -> outl(Long.decode(words[1]), Long.decode(words[2]).intValue());
            case "inb", "inw", "inl" -> in(words[0].charAt(2), Long.decode(words[1]));
            default -> "OK\n";
        };
    }

    /** What the file has at 2 MiB: the machine's own memory is looked for there. */
    private String token() {
        try {
            memory.seek(QtestMemory.PIECE);
            return String.format("OK 0x%x%n", Long.reverseBytes(memory.readLong()));
        } catch (IOException e) {
            return "ERR\n";
        }
    }

    private String outl(long port, int value) {
        if (port == 0xcf8) {
            selected = value;
        } else if (isThere()) {
            config.putInt(selected & 0xff, value);
        }
        return "OK\n";
    }

    private String in(char width, long port) {
        if (!isThere()) {
            return width == 'b' ? "OK 0xff\n" : width == 'w' ? "OK 0xffff\n" : NOBODY;
        }
        int offset = (selected & 0xfc) + (int) (port & 3);
        long value =
                switch (width) {
                    case 'b' -> config.get(offset) & 0xff;
                    case 'w' -> config.getShort(offset) & 0xffff;
                    default -> config.getInt(offset) & 0xffff_ffffL;
                };
        return String.format("OK 0x%04x%n", value);
    }

    private boolean isThere() {
        return config.hasRemaining() && (selected & ~0xff) == FUNCTION;
    }

    @Override
    public void close() throws IOException {
        memory.close();
    }
}
