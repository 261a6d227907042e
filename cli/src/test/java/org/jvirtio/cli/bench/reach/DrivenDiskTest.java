package org.jvirtio.cli.bench.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.ForwardedFunction;
import org.jvirtio.pci.PciFunction;

/** A disk that cannot be measured. */
class DrivenDiskTest {

    private final List<String> calls = new ArrayList<>();

    @Test
    void aDiskThatFailsBeforeTheFirstRoundIsClosedBeforeWhatIsBehindIt() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        DrivenDisk.open(
                                this::failing,
                                new ReachPlan(1, 0.01, 0.02),
                                () -> calls.add("end")));
        assertEquals(List.of("closed", "end"), calls);
    }

    private PciFunction failing() {
        String model = "block,layout=virtio1,size=1M,fault=status-nonsense";
        return new ForwardedFunction(EmulatedDevices.parse(model)) {

            @Override
            public void close() {
                calls.add("closed");
                super.close();
            }
        };
    }
}
