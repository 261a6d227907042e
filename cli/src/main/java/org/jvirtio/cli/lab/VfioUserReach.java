package org.jvirtio.cli.lab;

import org.jvirtio.lab.matrix.CellReach;

/** The models of this project behind sockets, driven as a device of another process. */
final class VfioUserReach implements LabReach {

    @Override
    public String label() {
        return CellReach.VFIO_USER.label();
    }

    @Override
    public Reached reach(ReachCases cases, Order order) {
        ServedCases runner = new ServedCases(cases, order);
        return new Reached(cases.onServed(runner), runner, runner.about());
    }
}
