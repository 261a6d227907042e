package org.jvirtio.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was done with one function under one policy, and what was seen: one row of a run. Plain
 * values only, since it travels from the guest to the host as a line of JSON.
 *
 * @param function the name people type: {@code vfio:0000:00:05.0}
 * @param device what it is: {@code block, transitional}
 * @param layout the layout that was chosen, or {@code refused}
 * @param ring the format of the rings: {@code split} or {@code packed}
 * @param choice the whole explanation of the choice, line by line
 * @param interrupts the interrupt mode that was reached
 * @param interruptSteps the reason of each step down the ladder
 * @param decisions every other decision that was taken, with its reason
 * @param facts figures and digests by name
 * @param failure why the row ended early; empty if it did not
 * @param recorded for the pictures of a page
 */
public record DeviceReport(
        String function,
        String device,
        String policy,
        String layout,
        String ring,
        List<String> choice,
        List<String> offered,
        List<String> accepted,
        String interrupts,
        List<String> interruptSteps,
        List<String> decisions,
        List<Check> checks,
        Map<String, String> facts,
        String failure,
        Recorded recorded) {

    /** True if something was checked, all of it held, and nothing ended the row early. */
    public boolean verified() {
        return failure.isEmpty() && !checks.isEmpty() && checks.stream().allMatch(Check::ok);
    }

    /** True if this row is what became of {@code order}: one is given per function and policy. */
    boolean answers(DriveOrder order) {
        return function.equals(order.label()) && policy.equals(order.policy().toString());
    }

    /** The row of an order that the guest never answered. */
    static DeviceReport missing(DriveOrder order) {
        return new DeviceReport(
                order.label(),
                order.device(),
                order.policy().toString(),
                "",
                "",
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                "the guest ended before it came to this row",
                Recorded.NOTHING);
    }

    /** The row in one line, for people who wait. */
    String summary() {
        long held = checks.stream().filter(Check::ok).count();
        return String.format(
                "%s %s, policy %s: %s, %d of %d checks held",
                function, device, policy, layout, held, checks.size());
    }

    DeviceReport with(Check check) {
        List<Check> more = new java.util.ArrayList<>(checks);
        more.add(check);
        return new DeviceReport(
                function,
                device,
                policy,
                layout,
                ring,
                choice,
                offered,
                accepted,
                interrupts,
                interruptSteps,
                decisions,
                more,
                facts,
                failure,
                recorded);
    }

    /** The row as a tree for JSON, in reading order. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("function", function);
        tree.put("device", device);
        tree.put("policy", policy);
        tree.put("layout", layout);
        tree.put("ring", ring);
        tree.put("verified", verified());
        tree.put("choice", choice);
        tree.put("offered", offered);
        tree.put("accepted", accepted);
        tree.put("interrupts", interrupts);
        tree.put("interruptSteps", interruptSteps);
        tree.put("decisions", decisions);
        tree.put("checks", checks.stream().map(DeviceReport::checkTree).toList());
        tree.put("facts", facts);
        tree.put("failure", failure);
        return tree;
    }

    /** The same with what was recorded, as it travels from the guest. */
    Map<String, Object> wholeTree() {
        Map<String, Object> tree = tree();
        tree.put("recorded", recorded);
        return tree;
    }

    private static Map<String, Object> checkTree(Check check) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("what", check.what());
        tree.put("ok", check.ok());
        tree.put("seen", check.seen());
        return tree;
    }
}
