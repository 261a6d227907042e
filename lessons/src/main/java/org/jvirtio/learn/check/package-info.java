/**
 * Exercises and the judging of them. The learner's code runs in a JVM of its own, with a bound, so
 * that code which loops for ever or exits costs nothing but its verdict.
 *
 * <pre>
 *   Exercise  the file with a hole, the file with the solution: cut from one source
 *   Examination --- starts ---&gt; ExaminedProgram (a JVM): LearnerCompiler, then each Trial
 *        ^---------- report -----------'    begin, verdict, begin, verdict, ..., end
 *   Judgement   what came of it, to be printed
 * </pre>
 *
 * <p>Read {@link org.jvirtio.learn.check.Trial} first.
 */
package org.jvirtio.learn.check;
