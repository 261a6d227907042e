package org.jvirtio.page;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes XML with the JDK's own writer, every text and value made {@link Visible} before: whatever
 * a device, a kernel or a user said stays text. Not thread-safe.
 */
public final class Markup {

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /** Begins with {@code prolog}, which is taken as it is. */
    public Markup(String prolog) {
        text.append(prolog).append('\n');
        xml = writer(text);
    }

    /** A piece without a beginning, to be {@link #append}ed. */
    Markup() {
        xml = writer(text);
    }

    private static XMLStreamWriter writer(StringWriter text) {
        try {
            return XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("making a writer of XML", e);
        }
    }

    /** Begins an element; {@code attributes} are names and values in turn. */
    public Markup open(String name, String... attributes) {
        try {
            xml.writeStartElement(name);
            for (int i = 0; i < attributes.length; i += 2) {
                xml.writeAttribute(attributes[i], Visible.line(attributes[i + 1]));
            }
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing <" + name + ">", e);
        }
    }

    public Markup close() {
        end();
        return write("\n");
    }

    /** As {@link #close}, for what stands within a line: what follows follows at once. */
    public Markup end() {
        try {
            xml.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("ending an element", e);
        }
    }

    /** Text of one line. */
    public Markup text(String words) {
        return write(Visible.line(words));
    }

    /** Text whose lines stay lines. */
    public Markup lines(String words) {
        return write(String.join("\n", Visible.lines(words)));
    }

    /** Ends a line, where lines are seen. */
    Markup line() {
        return write("\n");
    }

    /** A whole element of one line. */
    public Markup element(String name, String words, String... attributes) {
        return open(name, attributes).text(words).close();
    }

    /** A whole element within a line. */
    public Markup inline(String name, String words, String... attributes) {
        return open(name, attributes).text(words).end();
    }

    /** Another piece, of which every element is closed. */
    Markup append(Markup piece) {
        return xml(piece.toString());
    }

    /**
     * Takes what is XML already, and of which every element is closed; nothing in it is escaped, so
     * it must not come from a device.
     */
    public Markup xml(String piece) {
        write("");
        flush();
        text.append(piece);
        return this;
    }

    private Markup write(String harmless) {
        try {
            xml.writeCharacters(harmless);
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing text", e);
        }
    }

    private void flush() {
        try {
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing what was kept", e);
        }
    }

    @Override
    public String toString() {
        flush();
        return text.toString();
    }
}
