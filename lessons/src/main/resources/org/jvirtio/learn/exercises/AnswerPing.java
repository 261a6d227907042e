import org.jvirtio.learn.exercise.PingFrames;

/** What is left of a frame when the layers are off: an ICMP message, to be answered. */
public final class AnswerPing implements PingFrames {

    @Override
    public int headerBytes(boolean version1, boolean mergeableBuffers) {
        //: solution
        return version1 || mergeableBuffers ? 12 : 10;
        //: hole
        return 0; // your answer
        //: end
    }

    /** Words are big-endian here: the network's order, not PCI's. */
    @Override
    public int checksum(byte[] bytes) {
        //: solution
        int sum = 0;
        for (int i = 0; i < bytes.length; i += 2) {
            int low = i + 1 < bytes.length ? bytes[i + 1] & 0xff : 0;
            sum += (bytes[i] & 0xff) << 8 | low;
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
        //: hole
        return -1; // your code
        //: end
    }

    /** Type 8 asks, type 0 answers; an empty array is no answer. */
    @Override
    public byte[] answer(byte[] request) {
        //: solution
        if (request.length < 8 || request[0] != 8 || checksum(request) != 0) {
            return new byte[0];
        }
        byte[] answer = request.clone();
        answer[0] = 0;
        answer[2] = 0;
        answer[3] = 0;
        int sum = checksum(answer);
        answer[2] = (byte) (sum >>> 8);
        answer[3] = (byte) sum;
        return answer;
        //: hole
        return request; // your code
        //: end
    }
}
