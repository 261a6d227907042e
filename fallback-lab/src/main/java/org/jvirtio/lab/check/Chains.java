package org.jvirtio.lab.check;

import java.util.ArrayList;
import java.util.List;

/** Chains made of buffers: readable ones first, as section 2.7.4.2 has them. */
final class Chains {

    private Chains() {}

    static List<Piece> of(List<Buffer> readable, List<Buffer> writable) {
        List<Piece> chain = new ArrayList<>();
        readable.forEach(buffer -> chain.add(buffer.readable()));
        writable.forEach(buffer -> chain.add(buffer.writable()));
        return chain;
    }

    /** The same bytes in pieces of at most so many. */
    static List<Piece> cut(List<Piece> chain, int longest) {
        List<Piece> cut = new ArrayList<>();
        for (Piece piece : chain) {
            for (int done = 0; done < piece.length(); done += longest) {
                int length = Math.min(longest, piece.length() - done);
                cut.add(new Piece(piece.address() + done, length, piece.writable()));
            }
        }
        return cut;
    }

    /** Writes a chain as an indirect table (section 2.7.5.3); its flags are split ones. */
    static Buffer splitTable(Bench bench, List<Piece> chain) {
        Buffer table = bench.buffer(BareSplitQueue.DESCRIPTOR * chain.size());
        for (int i = 0; i < chain.size(); i++) {
            boolean last = i == chain.size() - 1;
            Piece piece = chain.get(i);
            BareSplitQueue.writeDescriptor(
                    table.memory(),
                    BareSplitQueue.DESCRIPTOR * i,
                    piece,
                    (last ? 0 : BareSplitQueue.NEXT)
                            | (piece.writable() ? BareSplitQueue.WRITE : 0),
                    last ? 0 : i + 1);
        }
        return table;
    }

    /** Writes a chain as the indirect table of a packed ring (section 2.8.7). */
    static Buffer packedTable(Bench bench, List<Piece> chain, int moreFlags) {
        Buffer table = bench.buffer(BarePackedQueue.DESCRIPTOR * chain.size());
        for (int i = 0; i < chain.size(); i++) {
            Piece piece = chain.get(i);
            int at = BarePackedQueue.DESCRIPTOR * i;
            table.memory().write64(at, piece.address());
            table.memory().write32(at + 8, piece.length());
            table.memory()
                    .write16(at + 14, moreFlags | (piece.writable() ? BarePackedQueue.WRITE : 0));
        }
        return table;
    }
}
