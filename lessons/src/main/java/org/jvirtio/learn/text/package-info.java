/**
 * Lesson texts: Markdown in which a block that begins with {@code $ ./jvirtio} is a command. Shown
 * on a terminal or as a page, with what the command prints now.
 *
 * <pre>
 *   LessonText --&gt; TerminalText   lines of 80 columns
 *              \-&gt; LessonPage     HTML, with pictures as SVG
 *   Runner         runs a command: whoever shows the text has one
 *   Excerpt        which of the printed lines the text shows
 * </pre>
 *
 * <p>Read {@link org.jvirtio.learn.text.LessonText} first.
 */
package org.jvirtio.learn.text;
