package org.jvirtio.cli.bench.net;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of what the guest says: a peer's figures at one cell in one round, or why there are
 * none.
 *
 * @param transmitted frames per second that the sender sent
 * @param received frames per second that the receiver received meanwhile
 * @param failure empty if it went well
 */
public record NetMeasurement(
        int round,
        NetCell cell,
        NetPeer peer,
        double transmitted,
        double received,
        String failure) {

    static NetMeasurement failed(int round, NetCell cell, NetPeer peer, String failure) {
        return new NetMeasurement(round, cell, peer, 0, 0, failure);
    }

    String line() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("round", round);
        tree.put("cell", cell.name());
        tree.put("peer", peer.label());
        tree.put("transmitted", transmitted);
        tree.put("received", received);
        tree.put("failure", failure);
        try {
            return JSON.std.asString(tree);
        } catch (IOException e) {
            throw new UncheckedIOException("printing a measurement", e);
        }
    }

    /** Empty if the line is something else. */
    public static Optional<NetMeasurement> parse(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            Map<String, Object> tree = JSON.std.mapFrom(line);
            return Optional.of(
                    new NetMeasurement(
                            ((Number) tree.get("round")).intValue(),
                            NetCell.parse((String) tree.get("cell")),
                            NetPeer.of((String) tree.get("peer")),
                            ((Number) tree.get("transmitted")).doubleValue(),
                            ((Number) tree.get("received")).doubleValue(),
                            (String) tree.get("failure")));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
