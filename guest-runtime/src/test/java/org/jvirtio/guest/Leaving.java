package org.jvirtio.guest;

/**
 * An application as somebody else writes it: it knows nothing of guests. Without an argument it
 * leaves its work to a thread; with one it takes that for its exit status.
 */
final class Leaving {

    private Leaving() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            System.out.print("leaving");
            System.exit(Integer.parseInt(arguments[0]));
        }
        new Thread(Leaving::work, "work").start();
        System.out.println("main is over");
    }

    private static void work() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this", e);
        }
        System.out.println("so is the work");
    }
}
