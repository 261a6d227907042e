import org.jvirtio.learn.exercise.HeaderAnswers;

/**
 * The header of function 00:02.0, as a QEMU 7.2 shows it to its guest.
 *
 * <pre>
 *   00: f4 1a 05 10 07 00 10 00 00 00 ff 00 00 00 00 00
 *   10: 01 c0 00 00 00 00 00 e0 00 00 00 00 00 00 00 00
 *   20: 0c 40 00 e0 00 00 00 00 00 00 00 00 f4 1a 04 00
 *   30: 00 00 00 00 98 00 00 00 00 00 00 00 00 01 00 00
 *
 *   where is what:
 *   00 vendor id (2)   02 device id (2)   04 command (2)   06 status (2)
 *   08 revision (1)    09 class code (3)
 *   10 BAR 0 (4)       14 BAR 1 (4)       and so on to     24 BAR 5 (4)
 *   2c subsystem vendor id (2)            2e subsystem device id (2)
 *   34 capability pointer (1)
 * </pre>
 *
 * Decode it by hand: put the number each method asks for behind its return. Then write typeOf,
 * which does it for any header.
 */
public final class DecodeHeader implements HeaderAnswers {

    //: solution
    @Override
    public int vendorId() {
        return 0x1af4;
    }

    @Override
    public int deviceId() {
        return 0x1005;
    }

    @Override
    public int revision() {
        return 0;
    }

    @Override
    public boolean transitional() {
        return true;
    }

    /** 1 network, 2 block, 3 console, 4 entropy. */
    @Override
    public int virtioType() {
        return 4;
    }

    @Override
    public boolean hasCapabilityList() {
        return true;
    }

    @Override
    public int capabilityPointer() {
        return 0x98;
    }

    /** The number of the BAR in I/O space, 0 to 5. */
    @Override
    public int ioBar() {
        return 0;
    }

    @Override
    public long ioAddress() {
        return 0xc000;
    }

    /** The number of the BAR that is 64 bits wide, 0 to 5. */
    @Override
    public int wideBar() {
        return 4;
    }

    @Override
    public long wideAddress() {
        return 0xe0004000L;
    }
    //: hole
    @Override
    public int vendorId() {
        return -1; // your answer
    }

    @Override
    public int deviceId() {
        return -1; // your answer
    }

    @Override
    public int revision() {
        return -1; // your answer
    }

    @Override
    public boolean transitional() {
        return false; // your answer
    }

    /** 1 network, 2 block, 3 console, 4 entropy. */
    @Override
    public int virtioType() {
        return -1; // your answer
    }

    @Override
    public boolean hasCapabilityList() {
        return false; // your answer
    }

    @Override
    public int capabilityPointer() {
        return -1; // your answer
    }

    /** The number of the BAR in I/O space, 0 to 5. */
    @Override
    public int ioBar() {
        return -1; // your answer
    }

    @Override
    public long ioAddress() {
        return -1; // your answer
    }

    /** The number of the BAR that is 64 bits wide, 0 to 5. */
    @Override
    public int wideBar() {
        return -1; // your answer
    }

    @Override
    public long wideAddress() {
        return -1; // your answer
    }
    //: end

    /** The virtio type of any function; -1 if it is not a virtio device. */
    @Override
    public int typeOf(byte[] header) {
        //: solution
        int device = read16(header, 0x02);
        if (read16(header, 0x00) != 0x1af4 || device < 0x1000 || device > 0x107f) {
            return -1;
        }
        return device >= 0x1040 ? device - 0x1040 : read16(header, 0x2e);
        //: hole
        return -2; // your code; read16 below helps
        //: end
    }

    private static int read16(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff) | (bytes[offset + 1] & 0xff) << 8;
    }
}
