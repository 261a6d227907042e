/**
 * What a lesson lets the command draw from a device that is there: each picture is made of what was
 * read a moment ago, and can be shown on a terminal and on a page.
 *
 * <pre>
 *   PciFunction --&gt; HeaderPicture        the first 64 bytes
 *               --&gt; CapabilitiesPicture  the capability list
 *               --&gt; BarsPicture          what lies where in the BARs
 *               --&gt; HandshakePicture     the device status, write by write
 *               --&gt; MomentsPicture       a queue, moment by moment
 *               --&gt; RequestPicture       three requests to a disk, byte by byte
 *               --&gt; InterruptPicture     how a disk says that it is done
 *               --&gt; FramePicture         a frame with the header before it
 *               --&gt; PingPicture          a ping, frame by frame
 * </pre>
 *
 * <p>Nothing here decides anything about a device; that is what the stack does, and it is shown.
 * Read {@link org.jvirtio.learn.picture.Picture} first.
 */
package org.jvirtio.learn.picture;
