package org.jvirtio.vfiouser;

/** The commands of vfio-user (vfio-user, Commands); DMA goes from the server to the client. */
public enum Command {
    VERSION(1),
    DMA_MAP(2),
    DMA_UNMAP(3),
    DEVICE_GET_INFO(4),
    DEVICE_GET_REGION_INFO(5),
    DEVICE_GET_REGION_IO_FDS(6),
    DEVICE_GET_IRQ_INFO(7),
    DEVICE_SET_IRQS(8),
    REGION_READ(9),
    REGION_WRITE(10),
    DMA_READ(11),
    DMA_WRITE(12),
    /** Older copies of the text give 13 to an interrupt message and 14 to this. */
    DEVICE_RESET(13),
    REGION_WRITE_MULTI(15),
    DEVICE_FEATURE(16),
    MIG_DATA_READ(17),
    MIG_DATA_WRITE(18);

    private static final Command[] BY_NUMBER = byNumber();

    private final int number;
    private final String text;

    Command(int number) {
        this.number = number;
        text = "VFIO_USER_" + name();
    }

    public int number() {
        return number;
    }

    /** The command with a number; null if there is none. */
    public static Command of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    private static Command[] byNumber() {
        Command[] table = new Command[MIG_DATA_WRITE.number + 1];
        for (Command command : values()) {
            table[command.number] = command;
        }
        return table;
    }

    /** As the specification writes it. */
    @Override
    public String toString() {
        return text;
    }
}
