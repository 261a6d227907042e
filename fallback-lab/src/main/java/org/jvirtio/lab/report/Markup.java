package org.jvirtio.lab.report;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes XML with the JDK's own writer, every text and value made {@link Visible} before. */
final class Markup {

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /** Begins with {@code prolog}, which is taken as it is. */
    Markup(String prolog) {
        text.append(prolog).append('\n');
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("making a writer of XML", e);
        }
    }

    /** Begins an element; {@code attributes} are names and values in turn. */
    Markup open(String name, String... attributes) {
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

    Markup close() {
        try {
            xml.writeEndElement();
            xml.writeCharacters("\n");
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("ending an element", e);
        }
    }

    /** Text of one line. */
    Markup text(String words) {
        return write(Visible.line(words));
    }

    /** Text whose lines stay lines. */
    Markup lines(String words) {
        return write(String.join("\n", Visible.lines(words)));
    }

    /** A whole element of one line. */
    Markup element(String name, String words, String... attributes) {
        return open(name, attributes).text(words).close();
    }

    private Markup write(String harmless) {
        try {
            xml.writeCharacters(harmless);
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing text", e);
        }
    }

    @Override
    public String toString() {
        try {
            xml.flush();
            return text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("ending a document", e);
        }
    }
}
