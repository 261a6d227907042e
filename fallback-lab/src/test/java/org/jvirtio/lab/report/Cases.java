package org.jvirtio.lab.report;

import java.util.List;
import java.util.function.Supplier;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;

/** Cases that do what they are told. */
final class Cases {

    private Cases() {}

    static CaseResult result(String id, Outcome outcome, String seen) {
        String again = "./jvirtio sample " + id;
        return new CaseResult(id, outcome, "something", seen, again, List.of("read " + seen));
    }

    static LabCase ending(String id, Outcome outcome) {
        return running(id, () -> result(id, outcome, "as told"));
    }

    static LabCase running(String id, Supplier<CaseResult> body) {
        return new LabCase() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public String title() {
                return "it does what it is told";
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
