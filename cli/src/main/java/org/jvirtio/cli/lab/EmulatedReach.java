package org.jvirtio.cli.lab;

import java.util.Map;

/** The models of this process, made anew for each case: several cases run at a time. */
final class EmulatedReach implements LabReach {

    @Override
    public String label() {
        return "emulated";
    }

    @Override
    public Reached reach(ReachCases cases, Order order) {
        return new Reached(
                cases.onModels(),
                order.lab().runner(cases.limit(), false),
                Map.of("jobs", "" + order.lab().jobs()));
    }
}
