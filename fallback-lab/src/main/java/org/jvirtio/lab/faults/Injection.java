package org.jvirtio.lab.faults;

import java.util.List;

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
 * @param keeps ids of the rules for drivers that a recording of the run has to show as kept
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
        List<String> keeps,
        Reaction expected,
        String saying) {

    /** Of a device without a fault, and of most with one. */
    static final String USUAL_POLICY = "auto";

    Injection {
        keeps = List.copyOf(keeps);
    }

    /** What kind of device it is meant for: {@code block}. */
    String deviceWord() {
        return device.substring(0, device.indexOf(','));
    }

    /** What the device has to show: {@code transitional}. */
    String layoutWord() {
        return device.replaceFirst(".*,layout=([^,]+).*", "$1");
    }

    /** The device and everything that is done to it, for people. */
    String how() {
        return device
                + (fault.isEmpty() ? "" : "," + fault)
                + (overlay.isEmpty() ? "" : " under the overlay " + overlay)
                + (surroundings == Surroundings.ORDINARY ? "" : " " + surroundings.sentence())
                + (policy.equals(USUAL_POLICY) ? "" : ", policy " + policy);
    }

    /**
     * The same without the fault: it has to work, and there is no race to wait for.
     *
     * @param usualPolicy under which it has to
     */
    Injection clean(String usualPolicy) {
        return new Injection(
                name,
                device,
                "",
                "",
                usualPolicy,
                Surroundings.ORDINARY,
                work.lasting(0),
                List.of(),
                Reaction.GO_ON,
                "");
    }

    /** The same into another device. */
    Injection into(String otherDevice, String otherPolicy, Work otherWork) {
        return new Injection(
                name,
                otherDevice,
                fault,
                overlay,
                otherPolicy,
                surroundings,
                otherWork,
                keeps,
                expected,
                saying);
    }

    /** The same under a name of its own, for devices at another reach than the models. */
    Injection at(String reach) {
        return new Injection(
                reach + "/" + name,
                device,
                fault,
                overlay,
                policy,
                surroundings,
                work,
                keeps,
                expected,
                saying);
    }

    /** What has to come of it, for people: {@code REFUSE saying 'cap_len'}. */
    String expectation() {
        return expected.label()
                + (saying.isEmpty() ? "" : " saying '" + saying + "'")
                + (keeps.isEmpty() ? "" : " keeping " + String.join(", ", keeps));
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
