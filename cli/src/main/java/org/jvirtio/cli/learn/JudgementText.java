package org.jvirtio.cli.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.cli.Paint;
import org.jvirtio.learn.Lesson;
import org.jvirtio.learn.check.Judgement;
import org.jvirtio.learn.check.Verdict;

/**
 * Prints a judgement so that the next thing to do is clear: of several wrong results only the first
 * is explained, since the others often follow from it.
 */
final class JudgementText {

    private final List<String> lines = new ArrayList<>();
    private final Lesson lesson;
    private final Judgement judgement;
    private final Paint paint;

    private JudgementText(Lesson lesson, Judgement judgement, Paint paint) {
        this.lesson = lesson;
        this.judgement = judgement;
        this.paint = paint;
    }

    static List<String> lines(Lesson lesson, Judgement judgement, Paint paint) {
        JudgementText text = new JudgementText(lesson, judgement, paint);
        text.write();
        return text.lines;
    }

    private void write() {
        lines.add(lesson.exercise().fileName() + ", lesson " + lesson.number());
        if (!judgement.refusal().isEmpty()) {
            judgement.refusal().forEach(each -> lines.addAll(each.lines().toList()));
            field("hint", lesson.exercise().hint());
        }
        boolean explained = false;
        for (Verdict verdict : judgement.verdicts()) {
            lines.add(
                    "  " + (verdict.right() ? "right  " : paint.red("WRONG  ")) + verdict.input());
            if (!verdict.right() && !explained) {
                explain(verdict);
                explained = true;
            }
        }
        if (!judgement.printed().isBlank()) {
            lines.add("your code printed:");
            judgement.printed().lines().forEach(line -> lines.add("  " + line));
        }
        if (!judgement.ending().isEmpty()) {
            lines.add(paint.red(judgement.ending()));
        }
        lines.add(summary());
    }

    private void explain(Verdict verdict) {
        field("expected", verdict.expected() + "   (" + verdict.clause() + ")");
        field("came", verdict.came());
        if (!verdict.hint().isEmpty()) {
            field("hint", verdict.hint());
        }
    }

    private void field(String name, String words) {
        lines.add(String.format("         %-9s %s", name, words));
    }

    private String summary() {
        if (judgement.passed()) {
            return "All "
                    + judgement.verdicts().size()
                    + " right: lesson "
                    + lesson.number()
                    + " is done.";
        }
        long right = judgement.verdicts().stream().filter(Verdict::right).count();
        return judgement.verdicts().isEmpty()
                ? "Nothing of it could be judged yet."
                : right + " of " + judgement.verdicts().size() + " right so far.";
    }

    static Map<String, Object> json(Lesson lesson, Judgement judgement) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lesson", lesson.number());
        json.put("passed", judgement.passed());
        json.put("refusal", judgement.refusal());
        List<Map<String, Object>> verdicts = new ArrayList<>();
        for (Verdict verdict : judgement.verdicts()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("right", verdict.right());
            entry.put("input", verdict.input());
            entry.put("clause", verdict.clause());
            entry.put("expected", verdict.expected());
            entry.put("came", verdict.came());
            entry.put("hint", verdict.hint());
            verdicts.add(entry);
        }
        json.put("verdicts", verdicts);
        json.put("ending", judgement.ending());
        json.put("printed", judgement.printed());
        return json;
    }
}
