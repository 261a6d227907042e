package org.jvirtio.lab.overlay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jvirtio.lab.overlay.Edit.BarEdit;
import org.jvirtio.lab.overlay.Edit.ConfigEdit;
import org.jvirtio.lab.overlay.Edit.InterruptEdit;
import org.jvirtio.lab.overlay.Edit.ListEdit;
import org.jvirtio.lab.overlay.Edit.RegisterEdit;
import org.jvirtio.lab.overlay.Edit.When;
import org.jvirtio.lab.overlay.Edit.Written;

/**
 * Reads the text of an overlay: one edit a line, {@code #} and what follows it is comment. The
 * first comment is the sentence that lists print.
 *
 * <pre>
 *   hide CAPABILITY              the list leads past it
 *   move CAPABILITY [to OFFSET]  it stands somewhere else in the configuration space
 *   copy CAPABILITY [to OFFSET]  a second one follows it
 *   loop CAPABILITY              it leads back to the first of the list
 *   CAPABILITY.FIELD CHANGE      COMMON_CFG.BAR = 7
 *   CONFIG.REGISTER CHANGE       CONFIG.STATUS &amp; 0xffef
 *   bar N hide                   also: refuse, length BYTES, io, memory
 *   vectors N                    at most N MSI-X vectors
 *   pin off
 *   STRUCTURE.REGISTER CHANGE [if REGISTER = NUMBER] [from N] [until N]
 *
 *   CAPABILITY  COMMON_CFG NOTIFY_CFG ISR_CFG DEVICE_CFG PCI_CFG REGISTER_SET MSIX
 *   STRUCTURE   COMMON SETS LEGACY ISR DEVICE BLOCK NET CONSOLE
 *   CHANGE      = NUMBER, | NUMBER, &amp; NUMBER, ^ NUMBER, or = reads
 * </pre>
 *
 * <p>Instead of {@code .NAME} each thing takes {@code +OFFSET/WIDTH} in bytes: {@code MSIX+4/4},
 * {@code DEVICE+0/8}. Numbers are decimal, or hexadecimal after {@code 0x}. {@code reads} is how
 * often the register was read so far, which is another answer each time. {@code if} asks for what
 * was last written to another register of that structure; {@code from} and {@code until} count the
 * reads from 1, both ends included.
 */
public final class OverlayText {

    private static final String CONFIG = "CONFIG";

    private static final int CONFIG_BYTES = 256;

    private final String source;
    private final List<Edit> edits = new ArrayList<>();

    private OverlayText(String source) {
        this.source = source;
    }

    /**
     * Reads an overlay.
     *
     * @param name of the overlay; messages have it
     * @throws org.jvirtio.EnvironmentException if it is malformed: line, column, what was expected
     */
    public static Overlay parse(String name, String text) {
        OverlayText parser = new OverlayText(name);
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            OverlayLine line = new OverlayLine(parser.source, i + 1, lines.get(i));
            if (!line.isOver()) {
                parser.edits.add(edit(line));
                line.requireOver();
            }
        }
        return new Overlay(name, sentence(lines), parser.edits);
    }

    private static String sentence(List<String> lines) {
        return lines.stream()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .collect(Collectors.joining(" "));
    }

    private static Edit edit(OverlayLine line) {
        Optional<ListEdit.Step> step = OverlayLine.find(ListEdit.Step.class, line.peek(), true);
        if (step.isPresent()) {
            line.take("");
            return listEdit(step.get(), line);
        }
        if (line.takes("bar")) {
            return bar(line);
        }
        if (line.takes("vectors")) {
            return new InterruptEdit((int) line.number(0, 2048), true);
        }
        if (line.takes("pin")) {
            if (!line.takes("off")) {
                throw line.malformed("off");
            }
            return new InterruptEdit(Integer.MAX_VALUE, false);
        }
        return place(line);
    }

    private static ListEdit listEdit(ListEdit.Step step, OverlayLine line) {
        CapabilityName capability = line.constant(CapabilityName.class, false);
        boolean places = step == ListEdit.Step.MOVE || step == ListEdit.Step.COPY;
        return new ListEdit(
                step,
                capability,
                places && line.takes("to")
                        ? Optional.of((int) line.number(64, CONFIG_BYTES - 4))
                        : Optional.empty());
    }

    private static BarEdit bar(OverlayLine line) {
        int index = (int) line.number(0, 5);
        BarEdit.Kind kind = line.constant(BarEdit.Kind.class, true);
        boolean sized = kind == BarEdit.Kind.LENGTH;
        return new BarEdit(index, kind, sized ? line.number(0, Long.MAX_VALUE) : 0);
    }

    /** {@code COMMON.QUEUE_SIZE = 0}, {@code CONFIG+0x34/1 = 0}. */
    private static Edit place(OverlayLine line) {
        String word = line.peek();
        String owner = word.split("[.+]", 2)[0];
        Optional<Structure> structure = OverlayLine.find(Structure.class, owner, false);
        Optional<CapabilityName> name = OverlayLine.find(CapabilityName.class, owner, false);
        if (structure.isPresent()) {
            Field field = field(line, owner, structure.get().fields());
            Change change = change(line);
            return new RegisterEdit(structure.get(), field, change, when(line, structure.get()));
        }
        if (name.isEmpty() && !owner.equals(CONFIG)) {
            throw line.malformed(
                    "hide, move, copy, loop, bar, vectors, pin, CONFIG, or one of "
                            + names(CapabilityName.values())
                            + ", "
                            + names(Structure.values()));
        }
        List<Field> fields = name.map(CapabilityName::fields).orElse(ShownConfig.HEADER);
        return new ConfigEdit(name, field(line, owner, fields), change(line));
    }

    private static String names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).collect(Collectors.joining(", "));
    }

    private static Field field(OverlayLine line, String owner, List<Field> fields) {
        String rest = line.peek().substring(owner.length());
        Field field =
                rest.startsWith("+") ? numbered(line, owner, rest) : named(line, owner, fields);
        line.take("");
        return field;
    }

    private static Field named(OverlayLine line, String owner, List<Field> fields) {
        String rest = line.peek().substring(owner.length());
        String expected =
                fields.isEmpty()
                        ? owner + "+OFFSET/WIDTH"
                        : "." + Field.names(fields).replace(", ", ", .") + ", or +OFFSET/WIDTH";
        return (rest.isEmpty() ? Optional.<Field>empty() : Field.find(fields, rest.substring(1)))
                .orElseThrow(() -> line.malformedWithin(owner.length(), expected));
    }

    private static Field numbered(OverlayLine line, String owner, String rest) {
        String[] parts = rest.substring(1).split("/", 2);
        Optional<Long> offset = OverlayLine.parse(parts[0]);
        Optional<Long> width = OverlayLine.parse(parts.length == 2 ? parts[1] : "");
        if (offset.filter(o -> o >= 0 && o < 1 << 24).isEmpty()
                || width.filter(w -> w >= 1 && w <= Field.WIDEST).isEmpty()) {
            throw line.malformedWithin(
                    owner.length(), "+OFFSET/WIDTH, such as +0x10/4, with a width of 1 to 8");
        }
        return new Field(rest, offset.get().intValue(), width.get().intValue());
    }

    private static Change change(OverlayLine line) {
        for (Change.Operation operation : Change.Operation.values()) {
            if (line.takes(operation.sign())) {
                if (line.takes("reads")) {
                    return new Change(operation, 0, true);
                }
                return new Change(operation, line.bits(), false);
            }
        }
        throw line.malformed("=, |, & or ^");
    }

    private static When when(OverlayLine line, Structure structure) {
        Optional<Written> written = Optional.empty();
        if (line.takes("if")) {
            Field field =
                    Field.find(structure.fields(), line.peek())
                            .orElseThrow(
                                    () ->
                                            line.malformed(
                                                    "a register of "
                                                            + structure
                                                            + ": "
                                                            + Field.names(structure.fields())));
            line.take("");
            if (!line.takes("=")) {
                throw line.malformed("=");
            }
            written = Optional.of(new Written(field, line.bits()));
        }
        long from = line.takes("from") ? line.number(1, Long.MAX_VALUE) : 1;
        long until = line.takes("until") ? line.number(from, Long.MAX_VALUE) : Long.MAX_VALUE;
        return new When(written, from, until);
    }
}
