package org.jvirtio.learn;

import org.jvirtio.learn.check.Checker;
import org.jvirtio.learn.check.Exercise;
import org.jvirtio.learn.text.LessonText;

/**
 * One lesson: predict, run, explain, change, check.
 *
 * @param minutes it takes, the exercise included
 */
public record Lesson(int number, int minutes, Exercise exercise, Checker<?> checker) {

    public LessonText text() {
        return LessonText.parse(Resources.text("texts/" + number + ".md"));
    }

    /** The heading of its text. */
    public String title() {
        return text().title();
    }
}
