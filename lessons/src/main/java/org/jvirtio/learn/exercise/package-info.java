/**
 * What the learner's classes implement: all of this project that a file with a hole may import.
 * Only words of the JDK besides, so that a JDK and any editor are enough.
 */
package org.jvirtio.learn.exercise;
