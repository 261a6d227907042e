import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jvirtio.learn.exercise.SectorReader;

/**
 * What a block driver writes, and what it makes of the answer.
 *
 * <pre>
 *   header, the device reads:   0 type (4)   4 reserved (4)   8 sector (8)
 *   data,   the device writes:  512 bytes for each sector
 *   status, the device writes:  1 byte: 0 OK, 1 IOERR, 2 UNSUPP
 * </pre>
 */
public final class ReadSector implements SectorReader {

    @Override
    public byte[] header(int type, long sector) {
        ByteBuffer header = ByteBuffer.allocate(16);
        //: solution
        header.order(ByteOrder.LITTLE_ENDIAN).putInt(type).putInt(0).putLong(sector);
        //: hole
        header.putInt(type); // your code goes on; mind the ByteOrder
        //: end
        return header.array();
    }

    /** Whether these sectors are on the disk; the device is not asked what is not. */
    @Override
    public boolean inside(long sector, long count, long capacity) {
        //: solution
        return sector >= 0 && count >= 0 && sector <= capacity && count <= capacity - sector;
        //: hole
        return sector + count <= capacity; // is that always right?
        //: end
    }

    /** The driver wrote 0xff where the status comes; usedLength counts the status, too. */
    @Override
    public Outcome outcome(int status, long usedLength, int dataLength) {
        //: solution
        return switch (status) {
            case 0 -> usedLength == dataLength + 1L ? Outcome.DONE : Outcome.NONSENSE;
            case 1 -> Outcome.FAILED;
            case 2 -> Outcome.UNSUPPORTED;
            default -> Outcome.NONSENSE;
        };
        //: hole
        return status == 0 ? Outcome.DONE : Outcome.FAILED; // not enough
        //: end
    }

    /** Entries are at 446, 16 bytes each, the first sector at +8 (4 bytes); 55 aa at 510. */
    @Override
    public long firstPartition(byte[] sector) {
        //: solution
        ByteBuffer bytes = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.getShort(510) == (short) 0xaa55 ? bytes.getInt(454) & 0xffffffffL : -1;
        //: hole
        return 0; // your code
        //: end
    }
}
