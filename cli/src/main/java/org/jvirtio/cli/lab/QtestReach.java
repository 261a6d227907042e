package org.jvirtio.cli.lab;

import org.jvirtio.lab.matrix.CellReach;

/** QEMU's devices, driven from this process over the qtest socket of a QEMU without a guest. */
final class QtestReach implements LabReach {

    @Override
    public String label() {
        return CellReach.QTEST.label();
    }

    @Override
    public Reached reach(ReachCases cases, Order order) {
        QtestCases runner = new QtestCases(cases, order);
        QemuPlace place = new QemuPlace(CellReach.QTEST, at -> runner.prefix() + at);
        return new Reached(cases.onQemu(place.in(order.machine())), runner, runner.about());
    }
}
