package org.jvirtio.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceType;
import org.jvirtio.RingFeature;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.vfio.VfioFunction;

/**
 * Who may know whom: the arrows between the modules that the poms cannot hold, because they are
 * between packages or because a module is on the class path for another reason.
 *
 * <pre>
 *   examples, cli --> guest-runtime --> transports --> pci-probe --> driver-core --> JDK
 *            |    \-> device-models --------------------^
 *            |----> net-stack --> driver-core   (lessons, too)
 *            \----> lessons --> fallback-lab --> transports, device-models
 *                                         \----> pages --> JDK
 * </pre>
 */
class ModuleArrowsTest {

    private static final JavaClasses OURS =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.jvirtio");

    private static final String[] DRIVER_CORE = {
        "org.jvirtio",
        "org.jvirtio.memory",
        "org.jvirtio.queue",
        "org.jvirtio.device",
        "org.jvirtio.trace",
    };
    private static final String PCI = "org.jvirtio.pci";
    private static final String TRANSPORT = "org.jvirtio.transport";
    private static final String MODEL = "org.jvirtio.model";
    private static final String SERVE = "org.jvirtio.serve";
    private static final String NET = "org.jvirtio.net";
    private static final String LAB = "org.jvirtio.lab..";
    private static final String LEARN = "org.jvirtio.learn..";
    private static final String GUEST = "org.jvirtio.guest";
    private static final String CLI = "org.jvirtio.cli..";
    private static final String EXAMPLES = "org.jvirtio.examples";
    private static final String[] REACHES = {
        "org.jvirtio.linux",
        "org.jvirtio.sysfs",
        "org.jvirtio.vfio",
        "org.jvirtio.qtest",
        "org.jvirtio.vfiouser",
        "org.jvirtio.dump",
        MODEL,
        SERVE,
    };

    /** Packages whose {@code Registers} are memory. */
    private static final String[] MAPPED_REGISTERS = {
        "org.jvirtio.memory", "org.jvirtio.linux", "org.jvirtio.sysfs", "org.jvirtio.vfio",
    };

    @Test
    void driverCoreKnowsOnlyTheJdk() {
        classes()
                .that()
                .resideInAnyPackage(DRIVER_CORE)
                .and()
                .areNotAssignableTo(NativeMemory.class)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(DRIVER_CORE, "java.."))
                .check(OURS);
    }

    @Test
    void aPictureDoesNotKnowWhereItsFactsComeFrom() {
        classes()
                .that()
                .resideInAPackage("org.jvirtio.page")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.jvirtio.page", "java..", "javax.xml.stream..")
                .check(OURS);
    }

    @Test
    void onlyOnePackageCallsTheOperatingSystem() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.jvirtio.linux")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jnr..", "com.kenai..")
                .check(OURS);
    }

    @Test
    void onlyOneClassKnowsUnsafe() {
        noClasses()
                .that()
                .areNotAssignableTo(NativeMemory.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sun..", "jdk.internal..")
                .check(OURS);
    }

    @Test
    void onlyRegistersAreLoadedAndStored() {
        noClasses()
                .that()
                .resideOutsideOfPackages(MAPPED_REGISTERS)
                .should()
                .accessTargetWhere(isRegisterAccess())
                .check(OURS);
    }

    @Test
    void modelsShareNoWordWithTheDriver() {
        noClasses()
                .that()
                .resideInAnyPackage(MODEL, SERVE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jvirtio.queue", "org.jvirtio.device", TRANSPORT)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(RingFeature.class, DeviceStatus.class, DeviceType.class)
                .check(OURS);
    }

    @Test
    void transportsDoNotKnowWhatReachTheyRunOn() {
        noClasses()
                .that()
                .resideInAPackage(TRANSPORT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(REACHES)
                .check(OURS);
    }

    @Test
    void reachesDoNotKnowTransportsNorQueuesNorDrivers() {
        noClasses()
                .that()
                .resideInAnyPackage(with(REACHES, PCI))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TRANSPORT, "org.jvirtio.queue", "org.jvirtio.device")
                .check(OURS);
    }

    @Test
    void protocolsKnowOnlyTheDriver() {
        classes()
                .that()
                .resideInAPackage(NET)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(with(DRIVER_CORE, "java.."), NET))
                .check(OURS);
    }

    @Test
    void onlyTheCommandAndTheLessonsKnowTheLab() {
        noClasses()
                .that()
                .resideOutsideOfPackages(LAB, LEARN, CLI)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(LAB)
                .check(OURS);
    }

    /** Lessons draw what the lab recorded; they run no case and know no verdict. */
    @Test
    void lessonsKnowOfTheLabItsTracesAndPicturesOnly() {
        noClasses()
                .that()
                .resideInAPackage(LEARN)
                .should()
                .dependOnClassesThat(
                        resideInAPackage(LAB)
                                .and(
                                        resideOutsideOfPackages(
                                                "org.jvirtio.lab.trace",
                                                "org.jvirtio.lab.picture")))
                .check(OURS);
    }

    @Test
    void onlyTheCommandKnowsTheLessons() {
        noClasses()
                .that()
                .resideOutsideOfPackages(LEARN, CLI)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(LEARN)
                .check(OURS);
    }

    /** A learner's class is checked against the clauses, and not against the stack. */
    @Test
    void whatJudgesALearnerDoesNotKnowTheStack() {
        noClasses()
                .that()
                .resideInAnyPackage("org.jvirtio.learn.checker", "org.jvirtio.learn.exercise")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        with(
                                REACHES,
                                PCI,
                                TRANSPORT,
                                LAB,
                                NET,
                                "org.jvirtio.queue",
                                "org.jvirtio.device"))
                .check(OURS);
    }

    @Test
    void theGuestDoesNotKnowDrivers() {
        noClasses()
                .that()
                .resideInAPackage(GUEST)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jvirtio.device", NET)
                .check(OURS);
    }

    @Test
    void nobodyKnowsTheCommandOrTheExamples() {
        noClasses()
                .that()
                .resideOutsideOfPackages(CLI, EXAMPLES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CLI, EXAMPLES)
                .check(OURS);
    }

    @Test
    void aReportDoesNotKnowWhatWasMeasured() {
        noClasses()
                .that()
                .resideInAPackage("org.jvirtio.cli.bench.report")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.jvirtio.cli.bench",
                        "org.jvirtio.queue",
                        "org.jvirtio.device",
                        TRANSPORT,
                        MODEL,
                        GUEST)
                .check(OURS);
    }

    /** Which path of VFIO leads to a function is known to {@link GuestVfio}. */
    @Test
    void noBenchmarkOpensFunctionsOfAGuestByItself() {
        noClasses()
                .that()
                .resideInAPackage("org.jvirtio.cli.bench..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(VfioFunction.class)
                .check(OURS);
    }

    @Test
    void onlyProgramsPrint() {
        noClasses()
                .that()
                .resideOutsideOfPackages(CLI, EXAMPLES)
                .should()
                .accessField(System.class, "out")
                .check(OURS);
    }

    private static DescribedPredicate<JavaAccess<?>> isRegisterAccess() {
        return describe(
                "is NativeMemory.load or .store, which are for registers",
                access ->
                        access.getTargetOwner().isEquivalentTo(NativeMemory.class)
                                && access.getName().matches("(load|store)\\d+"));
    }

    private static String[] with(String[] packages, String... others) {
        String[] all = Arrays.copyOf(packages, packages.length + others.length);
        System.arraycopy(others, 0, all, packages.length, others.length);
        return all;
    }
}
