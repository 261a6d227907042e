package org.jvirtio.learn.check;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What came of one trial.
 *
 * @param hint empty if it is right, or if there is nothing to say
 */
public record Verdict(
        boolean right, String input, String clause, String expected, String came, String hint) {

    /** More than this of what a learner's code gave is of no use to anybody. */
    private static final int MOST = 2000;

    public Verdict {
        came = came.length() > MOST ? came.substring(0, MOST) + "..." : came;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeBoolean(right);
        for (String text : new String[] {input, clause, expected, came, hint}) {
            out.writeUTF(text);
        }
    }

    static Verdict read(DataInputStream in) throws IOException {
        return new Verdict(
                in.readBoolean(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF());
    }
}
