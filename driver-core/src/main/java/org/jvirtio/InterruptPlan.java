package org.jvirtio;

import java.util.List;

/**
 * The interrupt mode that was reached, and the reason of each step down the ladder.
 *
 * @param steps one sentence per rung that was tried and left, best rung first
 */
public record InterruptPlan(InterruptMode mode, List<String> steps) {

    public InterruptPlan {
        steps = List.copyOf(steps);
    }
}
