package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Linux Documentation/admin-guide/kernel-parameters.rst: {@code module.parameter=value}. */
final class ModuleParametersTest {

    private static final String LINE =
            "quiet vfio.enable_unsafe_noiommu_mode=1 vfio_pci.ids=1af4:1041"
                    + " vfio_pci.disable_idle_d3=1 -- @/jvm.args vfio.late=1\n";

    @ParameterizedTest
    @CsvSource({
        "/modules/vfio.ko, enable_unsafe_noiommu_mode=1",
        "/modules/vfio-pci.ko, ids=1af4:1041 disable_idle_d3=1",
        "/modules/vfio_iommu_type1.ko, ''"
    })
    void aModuleGetsItsOwnParametersAndNothingBehindTheDashes(String file, String parameters) {
        assertEquals(parameters, new ModuleParameters(LINE).of(file));
    }
}
