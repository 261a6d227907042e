package org.jvirtio.learn.check;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the JVM with the learner's code writes into a file, so that whatever happens to it, all that
 * came before is known.
 *
 * @param refusal what kept the code from being run
 * @param begun the input of the trial that was begun and not ended; empty if there is none
 * @param whole whether it got to its end
 */
record Report(List<String> refusal, List<Verdict> verdicts, String begun, boolean whole) {

    private static final int REFUSED = 'r';
    private static final int BEGUN = 'b';
    private static final int JUDGED = 'v';
    private static final int WHOLE = 'w';

    /** A learner's line may be of any length. */
    private static final int LONGEST = 4000;

    /** Writes a report, event by event. */
    static final class Writer implements AutoCloseable {

        private final DataOutputStream out;

        Writer(Path file) throws IOException {
            out = new DataOutputStream(Files.newOutputStream(file));
        }

        void refused(String why) throws IOException {
            out.writeByte(REFUSED);
            out.writeUTF(why.substring(0, Math.min(why.length(), LONGEST)));
        }

        void begun(String input) throws IOException {
            out.writeByte(BEGUN);
            out.writeUTF(input);
        }

        void judged(Verdict verdict) throws IOException {
            out.writeByte(JUDGED);
            verdict.write(out);
        }

        void whole() throws IOException {
            out.writeByte(WHOLE);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** Reads as far as it was written. */
    static Report read(Path file) throws IOException {
        List<String> refusal = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        String begun = "";
        boolean whole = false;
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            for (int event = in.read(); event >= 0; event = in.read()) {
                switch (event) {
                    case REFUSED -> refusal.add(in.readUTF());
                    case BEGUN -> begun = in.readUTF();
                    case JUDGED -> {
                        verdicts.add(Verdict.read(in));
                        begun = "";
                    }
                    case WHOLE -> whole = true;
                    default -> throw new IOException("no event " + event + " in " + file);
                }
            }
        } catch (EOFException cut) {
            // Ended in the middle of a word: what came before counts.
            whole = false;
        }
        return new Report(refusal, verdicts, begun, whole);
    }
}
