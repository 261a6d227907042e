/**
 * What the stack knows, as pictures of {@link org.jvirtio.page}: for the pages of the command and
 * for the lessons, which show the same things.
 *
 * <pre>
 *   QueueSnapshot                   --&gt; QueuePicture --&gt; RingPicture
 *   Bar, VirtioLayout, capabilities --&gt; BarPictures  --&gt; BarPicture
 *   ConfigSnapshot                  --&gt; ConfigGroups --&gt; ByteDump
 *   Trace --&gt; {@link org.jvirtio.lab.trace.HandshakeSteps}             --&gt; TimeLine
 * </pre>
 *
 * <p>Knows what it draws and no device; must never know the command. Read {@link
 * org.jvirtio.lab.picture.BarPictures} first.
 */
package org.jvirtio.lab.picture;
