package org.jvirtio.lab.faults;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.RequestException;
import org.jvirtio.RunningDevice;

/** What was counted and remarked while a device worked. */
final class Facts {

    private final List<String> remarks = new ArrayList<>();
    private long dropped;
    private long clamped;
    private long lost;
    private long empty;

    /** One request did not end well, and the device goes on. */
    void refused(RequestException reason) {
        dropped++;
        remarks.add(reason.getMessage());
    }

    void droppedFrames(long count) {
        if (count > 0) {
            dropped += count;
            remarks.add(count + " frames dropped");
        }
    }

    void ignored(long count, String what) {
        if (count > 0) {
            dropped += count;
            remarks.add("ignored " + count + " times: " + what);
        }
    }

    void remark(String sentence) {
        remarks.add(sentence);
    }

    /** At the end: what the device was decided to be, and what its queues counted. */
    void add(RunningDevice device) {
        remarks.addAll(device.decisions());
        remarks.add("interrupts by " + device.interrupts().mode());
        for (int i = 0; i < device.queueCount(); i++) {
            clamped += device.queue(i).clampedLengths();
        }
        lost += device.lostInterrupts();
        empty += device.emptyWakeups();
    }

    long dropped() {
        return dropped;
    }

    long clamped() {
        return clamped;
    }

    /** Everything, one sentence each. */
    List<String> sentences() {
        List<String> all = new ArrayList<>(remarks);
        count(all, clamped, "used lengths cut");
        count(all, lost, "lost interrupts");
        count(all, empty, "interrupts with nothing behind them");
        return all;
    }

    private static void count(List<String> all, long count, String what) {
        if (count > 0) {
            all.add(count + " " + what);
        }
    }
}
