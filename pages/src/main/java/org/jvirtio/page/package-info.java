/**
 * Pages of one file, and the pictures on them: no script, nothing from elsewhere, light and dark,
 * and whatever a pointer shows the keyboard shows, too.
 *
 * <p>Pictures take facts as plain values and draw them. This package must never know where the
 * facts come from: no function, no queue, no device.
 *
 * <pre>
 *   Page (head, page.css)
 *     Markup  &lt;-- ByteDump    bytes coloured by structure, a detail for each field
 *             &lt;-- RuleTree    rules as a tree, with the bytes that decided
 *             &lt;-- Drawing     SVG, whose parts have details
 *                   BarPicture    a BAR to scale: pieces, overlaps, gaps
 *                   TimeLine      steps, and what happened in each, in time
 *                   RingPicture   rings with the state of every entry, and the table between
 *                   ChainPicture  bytes that lead to other bytes, one below the other
 * </pre>
 *
 * <p>Read {@link org.jvirtio.page.Page} first, then {@link org.jvirtio.page.Drawing}. A picture can
 * be taken alone: {@code Page.fragment(picture::draw)} is its markup, {@link
 * org.jvirtio.page.Page#style} what it looks like.
 */
package org.jvirtio.page;
