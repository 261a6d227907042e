package org.jvirtio.learn.text;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/** What stands inside a block, as plain text: code between backticks, a link with its target. */
final class InlineText extends AbstractVisitor {

    private final StringBuilder text = new StringBuilder();

    static String of(Node block) {
        InlineText inline = new InlineText();
        inline.visitChildren(block);
        return inline.text.toString();
    }

    @Override
    public void visit(Text words) {
        text.append(words.getLiteral());
    }

    @Override
    public void visit(Code code) {
        text.append('`').append(code.getLiteral()).append('`');
    }

    @Override
    public void visit(StrongEmphasis strong) {
        text.append('*');
        visitChildren(strong);
        text.append('*');
    }

    @Override
    public void visit(Link link) {
        visitChildren(link);
        text.append(" (").append(link.getDestination()).append(')');
    }

    @Override
    public void visit(SoftLineBreak end) {
        text.append(' ');
    }

    @Override
    public void visit(HardLineBreak end) {
        text.append(' ');
    }
}
