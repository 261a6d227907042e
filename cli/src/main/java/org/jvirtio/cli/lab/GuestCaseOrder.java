package org.jvirtio.cli.lab;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jvirtio.lab.LabCase;

/**
 * Which cases of which list a guest is to run, as the arguments of its program.
 *
 * @param list class name of a {@link GuestCaseList}
 * @param listArguments for it
 * @param checksum of all its ids, so that both sides mean the same by a position
 * @param positions in the list, ascending
 * @param limit for each case
 */
record GuestCaseOrder(
        String list,
        List<String> listArguments,
        long checksum,
        List<Integer> positions,
        Duration limit) {

    /** Of the kernel's command line, which holds 2047 bytes in all. */
    private static final int MOST_CHARACTERS = 900;

    private static final int FIXED_ARGUMENTS = 4;

    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add(list);
        arguments.add(Long.toHexString(checksum));
        arguments.add(ranges(positions));
        arguments.add(Long.toString(limit.toMillis()));
        arguments.addAll(listArguments);
        return arguments;
    }

    static GuestCaseOrder of(List<String> arguments) {
        return new GuestCaseOrder(
                arguments.get(0),
                List.copyOf(arguments.subList(FIXED_ARGUMENTS, arguments.size())),
                Long.parseLong(arguments.get(1), 16),
                positions(arguments.get(2)),
                Duration.ofMillis(Long.parseLong(arguments.get(3))));
    }

    /** As many of {@code positions}, from the first on, as a command line can name. */
    static List<Integer> fitting(List<Integer> positions) {
        int count = positions.size();
        while (ranges(positions.subList(0, count)).length() > MOST_CHARACTERS) {
            count--;
        }
        return List.copyOf(positions.subList(0, count));
    }

    static long checksum(List<? extends LabCase> cases) {
        CRC32 sum = new CRC32();
        for (LabCase some : cases) {
            sum.update((some.id() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return sum.getValue();
    }

    /** {@code 3-17,20}. */
    private static String ranges(List<Integer> positions) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < positions.size(); ) {
            int first = positions.get(i);
            int last = first;
            for (i++; i < positions.size() && positions.get(i) == last + 1; i++) {
                last++;
            }
            text.append(text.length() == 0 ? "" : ",").append(first);
            text.append(first == last ? "" : "-" + last);
        }
        return text.toString();
    }

    private static List<Integer> positions(String ranges) {
        List<Integer> positions = new ArrayList<>();
        for (String range : ranges.split(",", -1)) {
            String[] ends = range.split("-", 2);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int position = Integer.parseInt(ends[0]); position <= last; position++) {
                positions.add(position);
            }
        }
        return positions;
    }
}
