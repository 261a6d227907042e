/**
 * One checker for each exercise: the inputs it is tried with, what has to come, by which clause,
 * and which mistake shows as which result. Expected values are worked out here from the clauses,
 * and not with the stack, so that a learner and the stack cannot agree on a mistake.
 */
package org.jvirtio.learn.checker;
