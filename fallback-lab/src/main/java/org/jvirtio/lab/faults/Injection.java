package org.jvirtio.lab.faults;

/**
 * One way to inject a fault, and what has to come of it.
 *
 * @param name behind the id of the fault: the layout, and more where one layout has several
 * @param device the model without the fault, as people type it: {@code block,layout=virtio1}
 * @param fault the options that are added to {@code device}: {@code fault=stuck-reset}; or empty
 * @param overlay the name of a ready overlay; or empty
 * @param policy of the choice
 * @param surroundings what is wrong outside the device
 * @param work what the exercise has to bear
 * @param expected what the stack has to do
 * @param saying words that it has to use, so that no other reason passes for this one; or empty
 */
record Injection(
        String name,
        String device,
        String fault,
        String overlay,
        String policy,
        Surroundings surroundings,
        Work work,
        Reaction expected,
        String saying) {

    /** The device and everything that is done to it, for people. */
    String how() {
        return device
                + (fault.isEmpty() ? "" : "," + fault)
                + (overlay.isEmpty() ? "" : " under the overlay " + overlay)
                + (surroundings == Surroundings.ORDINARY ? "" : " " + surroundings.sentence())
                + (policy.equals("auto") ? "" : ", policy " + policy);
    }

    /** The same without the fault: it has to work. */
    Injection clean() {
        return new Injection(
                name, device, "", "", "auto", Surroundings.ORDINARY, work, Reaction.GO_ON, "");
    }

    /** The same under a name of its own, for devices in a guest. */
    Injection inGuest() {
        return new Injection(
                "guest/" + name,
                device,
                fault,
                overlay,
                policy,
                surroundings,
                work,
                expected,
                saying);
    }

    /** True if nothing is wrong. */
    boolean isClean() {
        return fault.isEmpty() && overlay.isEmpty() && surroundings == Surroundings.ORDINARY;
    }

    /** What an emulated function is made from. */
    String model() {
        return fault.isEmpty() ? device : device + "," + fault;
    }
}
