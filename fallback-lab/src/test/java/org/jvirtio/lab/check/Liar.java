package org.jvirtio.lab.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jvirtio.Interrupt;
import org.jvirtio.Registers;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.model.ModelHost;
import org.jvirtio.pci.ForwardedFunction;
import org.jvirtio.pci.FunctionInterrupts;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.pci.Window;

/** A good emulated function behind some {@link Lie}s, which makes it a bad one. */
final class Liar extends ForwardedFunction implements ModelHost {

    private final EmulatedFunction function;
    private final List<Lie> lies;
    private final Map<String, Lie.Place> places = new HashMap<>();
    private final TreeMap<Long, NativeMemory> memory = new TreeMap<>();
    private final Map<Integer, Long> queues = new HashMap<>();
    private boolean interrupting;
    private int selected;

    Liar(EmulatedFunction function, Lie... lies) {
        super(function);
        this.function = function;
        this.lies = List.of(lies);
        for (Policy.Order order : List.of(Policy.Order.VIRTIO1, Policy.Order.REGISTER_SET)) {
            LayoutChoice.of(function, Policy.of(order)).layout().ifPresent(this::place);
        }
    }

    private void place(VirtioLayout layout) {
        if (layout instanceof VirtioLayout.Virtio1 virtio1) {
            place(virtio1.common(), Lie.Place.COMMON);
            place(virtio1.doorbells(), Lie.Place.DOORBELL);
            place(virtio1.isr(), Lie.Place.ISR);
            virtio1.device().ifPresent(window -> place(window, Lie.Place.CONFIG));
        } else if (layout instanceof VirtioLayout.RegisterSets sets) {
            place(sets.queues(), Lie.Place.COMMON);
            sets.isr().ifPresent(window -> place(window, Lie.Place.ISR));
            sets.config().ifPresent(window -> place(window, Lie.Place.CONFIG));
        }
    }

    private void place(Window window, Lie.Place place) {
        places.put(window.bar().index() + "+" + window.offset(), place);
    }

    private Lie.Place placeOf(Window window) {
        return places.getOrDefault(window.bar().index() + "+" + window.offset(), Lie.Place.LEGACY);
    }

    /** Lets every wait for an interrupt succeed. */
    Liar interrupting() {
        interrupting = true;
        return this;
    }

    /** The memory at a device address of the driver, to be scribbled in. */
    NativeMemory at(long address) {
        Map.Entry<Long, NativeMemory> region = memory.floorEntry(address);
        long offset = address - region.getKey();
        return region.getValue().slice(offset, region.getValue().length() - offset);
    }

    /** The descriptor area of a queue that was handed over. */
    NativeMemory descriptors(int queue) {
        return at(queues.get(queue));
    }

    /** The bytes of the first buffer of a queue. */
    NativeMemory firstBuffer(int queue) {
        return at(descriptors(queue).read64(0));
    }

    @Override
    public Registers config() {
        return new Lying(Lie.Place.PCI, function.config());
    }

    @Override
    public Registers open(Window window) {
        return new Lying(placeOf(window), function.open(window));
    }

    @Override
    public DmaMemory dmaMemory(Addressing addressing) {
        DmaMemory own = function.dmaMemory(addressing);
        return new DmaMemory() {
            @Override
            public DmaRegion allocate(long length, long alignment) {
                DmaRegion region = own.allocate(length, alignment);
                memory.put(region.deviceAddress(), region.memory());
                return region;
            }

            @Override
            public String description() {
                return own.description();
            }
        };
    }

    @Override
    public FunctionInterrupts interrupts() {
        FunctionInterrupts own = function.interrupts();
        return new FunctionInterrupts() {
            @Override
            public int msixVectors() {
                return own.msixVectors();
            }

            @Override
            public boolean hasIntx() {
                return own.hasIntx();
            }

            @Override
            public String limitation() {
                return own.limitation();
            }

            @Override
            public List<Interrupt> enableMsix(int vectors) {
                List<Interrupt> honest = own.enableMsix(vectors);
                List<Interrupt> shown = new ArrayList<>();
                honest.forEach(i -> shown.add(interrupting ? nanos -> true : i));
                return shown;
            }

            @Override
            public Intx enableIntx() {
                return own.enableIntx();
            }

            @Override
            public void disable() {
                own.disable();
            }
        };
    }

    @Override
    public void locked(Runnable action) {
        function.locked(action);
    }

    @Override
    public void configChanged() {
        function.configChanged();
    }

    @Override
    public void serveNow(int queue, Runnable action) {
        function.serveNow(queue, action);
    }

    /** Registers with every lie in front of them. */
    private final class Lying implements Registers {

        private final Lie.Place place;
        private final Registers raw;

        Lying(Lie.Place place, Registers raw) {
            this.place = place;
            this.raw = raw;
        }

        @Override
        public long length() {
            return raw.length();
        }

        @Override
        public int read8(int offset) {
            return lied(offset, 1, raw.read8(offset)) & 0xff;
        }

        @Override
        public int read16(int offset) {
            return lied(offset, 2, raw.read16(offset)) & 0xffff;
        }

        @Override
        public int read32(int offset) {
            return lied(offset, 4, raw.read32(offset));
        }

        private int lied(int offset, int width, int value) {
            int shown = value;
            for (Lie lie : lies) {
                shown = lie.read(Liar.this, place, offset, width, shown);
            }
            return shown;
        }

        @Override
        public void write8(int offset, int value) {
            write(offset, 1, value, () -> raw.write8(offset, value));
        }

        @Override
        public void write16(int offset, int value) {
            write(offset, 2, value, () -> raw.write16(offset, value));
        }

        @Override
        public void write32(int offset, int value) {
            write(offset, 4, value, () -> raw.write32(offset, value));
        }

        private void write(int offset, int width, int value, Runnable pass) {
            remember(offset, value);
            boolean kept = false;
            for (Lie lie : lies) {
                kept |= lie.write(Liar.this, raw, place, offset, width, value);
            }
            if (!kept) {
                pass.run();
            }
            lies.forEach(lie -> lie.written(Liar.this, place, offset, value));
        }

        private void remember(int offset, int value) {
            if (place == Lie.Place.COMMON && offset == 0x16) {
                selected = value;
            } else if (place == Lie.Place.COMMON && offset == 0x20) {
                queues.merge(
                        selected, value & 0xffffffffL, (old, now) -> ((old >>> 32) << 32) | now);
            } else if (place == Lie.Place.COMMON && offset == 0x24) {
                queues.merge(selected, (long) value << 32, (old, now) -> (old & 0xffffffffL) | now);
            }
        }
    }
}
