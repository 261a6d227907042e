package org.jvirtio.cli.lab;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;

/** Cases for a guest: good ones, one that hangs, and one that takes process 1 with it. */
public final class AwkwardCases implements GuestCaseList {

    @Override
    public List<LabCase> cases(List<String> arguments) {
        return List.of(
                running("awkward/first", () -> good("awkward/first")),
                running("awkward/hangs", AwkwardCases::hang),
                running("awkward/second", () -> good("awkward/second")),
                running("awkward/kills", AwkwardCases::kill),
                running("awkward/third", () -> good("awkward/third")));
    }

    private static CaseResult good(String id) {
        String where = System.getProperty("java.home");
        return new CaseResult(id, Outcome.PASS, "", "ran in " + where, "", List.of());
    }

    private static CaseResult hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return good("awkward/hangs");
    }

    private static CaseResult kill() {
        Runtime.getRuntime().halt(1); // A kernel without process 1 panics.
        return good("awkward/kills");
    }

    private static LabCase running(String id, Supplier<CaseResult> body) {
        return new LabCase() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public String title() {
                return "it does what its name says";
            }

            @Override
            public String clause() {
                return "";
            }

            @Override
            public CaseResult run() {
                return body.get();
            }
        };
    }
}
