/**
 * The lessons: their texts, and in what order. Knows the stack from the driver down to the models;
 * must never know the command, which opens functions, runs what a text shows, and prints.
 *
 * <pre>
 *   Course --> Lesson --> texts/N.md            a Markdown text with commands in it
 *                    \--> check.Exercise        a Java file with a hole
 *                     \-> check.Checker         inputs, what has to come, and by which clause
 *   picture.Picture                             what a text lets a command draw from a live device
 * </pre>
 *
 * <p>Read {@link org.jvirtio.learn.Course} first, then the text of lesson 1.
 */
package org.jvirtio.learn;
