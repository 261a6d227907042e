import org.jvirtio.learn.exercise.UsedGuard;

/** What a driver believes of the used ring. REFUSED (-1): this device is given up. */
public final class DistrustUsed implements UsedGuard {

    /** How many elements are new, by the device's idx and our own count, both modulo 65536. */
    @Override
    public long newElements(int usedIdx, int taken, int inFlight) {
        //: solution
        int fresh = (usedIdx - taken) & 0xffff;
        return fresh <= inFlight ? fresh : REFUSED;
        //: hole
        return usedIdx - taken; // believes everything
        //: end
    }

    /**
     * How many bytes are handed out for one element. writable[head] is the room of a chain that is
     * in flight, -1 of one that is not.
     */
    @Override
    public long bytes(long id, long length, long[] writable) {
        //: solution
        if (id >= writable.length || writable[(int) id] < length) {
            return REFUSED;
        }
        writable[(int) id] = -1;
        return length;
        //: hole
        return length; // believes everything
        //: end
    }
}
