package org.jvirtio.qtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.Interrupt;
import org.jvirtio.Registers;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.pci.CommandBit;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.FunctionInterrupts;

/** The interrupts of a function, as a processor without an interrupt controller sees them. */
final class QtestInterrupts implements FunctionInterrupts {

    private final QtestMachine machine;
    private final Registers config;
    private final Optional<MsixTable> table;
    private final DmaMemory memory;
    private final boolean hasPin;
    private MessageWords words;
    private boolean pinOn;

    /**
     * Describes interrupts.
     *
     * @param table the function's vectors, if it has any
     * @param memory where their messages go
     */
    QtestInterrupts(
            QtestMachine machine, Registers config, Optional<MsixTable> table, DmaMemory memory) {
        this.machine = machine;
        this.config = config;
        this.table = table;
        this.memory = memory;
        hasPin = config.read(ConfigRegister.INTERRUPT_PIN) != 0;
    }

    @Override
    public int msixVectors() {
        return table.map(MsixTable::vectors).orElse(0);
    }

    @Override
    public boolean hasIntx() {
        return hasPin && machine.pinLimitation().isEmpty();
    }

    @Override
    public String limitation() {
        return hasPin ? machine.pinLimitation() : "";
    }

    @Override
    public List<Interrupt> enableMsix(int vectors) {
        if (vectors < 1 || vectors > msixVectors()) {
            throw new IllegalArgumentException(
                    vectors + " MSI-X vectors; this function has " + msixVectors());
        }
        disable();
        words = new MessageWords(memory, vectors);
        table.orElseThrow().enable(words, vectors);
        List<Interrupt> interrupts = new ArrayList<>();
        MessageWords arriving = words;
        for (int i = 0; i < vectors; i++) {
            int vector = i;
            interrupts.add(new PolledInterrupt(() -> arriving.take(vector), machine::passTime));
        }
        return interrupts;
    }

    @Override
    public Intx enableIntx() {
        if (!hasIntx()) {
            throw new IllegalArgumentException("this function has no interrupt pin that is seen");
        }
        disable();
        pinOn = true;
        silencePin(false);
        return new Pin();
    }

    @Override
    public void disable() {
        if (words != null) {
            MessageWords off = words;
            words = null;
            table.orElseThrow().disable();
            off.close();
        }
        if (pinOn) {
            pinOn = false;
            silencePin(true);
        }
    }

    private void silencePin(boolean silent) {
        int bit = CommandBit.INTERRUPT_DISABLE.mask();
        int command = config.read(ConfigRegister.COMMAND);
        config.write(ConfigRegister.COMMAND, silent ? command | bit : command & ~bit);
    }

    /** The pin: up until its cause is read, and masked by nobody. */
    private final class Pin extends PolledInterrupt implements Intx {

        Pin() {
            super(machine::pinRaised, machine::passTime);
        }

        @Override
        public void unmask() {
            // Reading the ISR took it down, and QEMU says when it goes up again.
        }
    }
}
