/**
 * The command {@code learn}: shows lessons with what their commands print now, hands out exercises,
 * and has them judged. Knows how to open functions and run commands; what a lesson says and what an
 * exercise is judged by is in {@code org.jvirtio.learn}.
 *
 * <pre>
 *   learn            LearnCommand --&gt; LessonRunner --&gt; any command, in this process
 *   learn N --real                \-&gt; RealRunner  --&gt; the same on devices of a QEMU
 *   learn draw       DrawCommand
 *   learn start, check, solution
 * </pre>
 *
 * <p>Read {@link org.jvirtio.cli.learn.LearnCommand} first.
 */
package org.jvirtio.cli.learn;
