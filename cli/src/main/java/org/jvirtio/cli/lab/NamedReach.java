package org.jvirtio.cli.lab;

import java.util.List;
import java.util.Map;
import org.jvirtio.cli.ShellWords;

/** Functions by name, which are there already: by whatever reach a name leads to them. */
record NamedReach(List<String> names) implements LabReach {

    @Override
    public String label() {
        return ShellWords.join(names);
    }

    /** A function of a machine is taken by whoever opens it: one case at a time. */
    @Override
    public Reached reach(ReachCases cases, Order order) {
        List<NamedFunction> functions = NamedFunction.all(names);
        boolean alone = !functions.stream().allMatch(NamedFunction::isMadeAnew);
        return new Reached(
                cases.onFunctions(functions, label()),
                order.lab().runner(cases.limit(), alone),
                Map.of("functions", label()));
    }
}
