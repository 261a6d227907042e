package org.jvirtio.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.memory.NativeMemory;

/** The calls against the kernel of this machine: results, failures, and what they allocate. */
class LibcTest {

    private static final int ROUNDS = 1000;

    @TempDir private Path directory;
    private final NativeMemory scratch = NativeMemory.allocate(4096);

    @Test
    void readsAndWritesAtPositionsOfAFile() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        int fd = Libc.open(file.toString(), Libc.O_RDWR);
        assertEquals(2, Libc.pread(fd, scratch.address(), 2, 4));
        assertEquals(0x0605, scratch.read16(0));
        scratch.write32(0, 0xa1b2c3d4);
        assertEquals(4, Libc.pwrite(fd, scratch.address(), 4, 2));
        assertEquals(0, Libc.close(fd));
        byte[] expected = {1, 2, (byte) 0xd4, (byte) 0xc3, (byte) 0xb2, (byte) 0xa1, 7, 8};
        assertArrayEquals(expected, Files.readAllBytes(file));
    }

    @Test
    void mapsAFileSharedSoThatStoresReachIt() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[4096]);
        int fd = Libc.open(file.toString(), Libc.O_RDWR);
        long address = Libc.mmap(4096, Libc.PROT_READ | Libc.PROT_WRITE, Libc.MAP_SHARED, fd, 0);
        assertTrue(address > 0, () -> Errno.describe(address));
        new NativeMemory(address, 4096).store32(8, 0x12345678);
        assertEquals(4, Libc.pread(fd, scratch.address(), 4, 8));
        assertEquals(0x12345678, scratch.read32(0));
        assertEquals(0, Libc.munmap(address, 4096));
        Libc.close(fd);
    }

    @Test
    void failuresAreNegatedErrorNumbers() {
        assertTrue(Errno.ENOENT.is(Libc.open(directory + "/absent", Libc.O_RDONLY)));
        assertTrue(Errno.EBADF.is(Libc.pread(-1, scratch.address(), 4, 0)));
        assertTrue(Errno.EBADF.is(Libc.mmap(4096, 1, Libc.MAP_SHARED, -1, 0)));
        assertTrue(Errno.EINVAL.is(Libc.reboot(0x1)) || Errno.EPERM.is(Libc.reboot(0x1)));
        assertTrue(Errno.ENOENT.is(Libc.umount2(directory + "/absent", 0)));
        assertEquals("ENOENT (2, no such file or directory)", Errno.describe(-2));
        assertEquals("error 77", Errno.describe(-77));
    }

    @Test
    void ioctlTakesTheAddressOfItsArgument() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[123]);
        int fd = Libc.open(file.toString(), Libc.O_RDONLY);
        long fionread = 0x541b;
        assertEquals(0, Libc.ioctl(fd, fionread, scratch.address()));
        assertEquals(123, scratch.read32(0));
        Libc.close(fd);
    }

    @Test
    void knowsThisProcess() {
        assertEquals(ProcessHandle.current().pid(), Libc.getpid());
    }

    @Test
    void textThatIsTooLongIsRefusedBeforeTheCall() {
        assertThrows(
                IllegalArgumentException.class, () -> Libc.open("x".repeat(4096), Libc.O_RDONLY));
    }

    @Test
    void callsOnTheDataPathAllocateNothing() {
        int fd = Libc.open("/dev/zero", Libc.O_RDWR);
        callsOnTheDataPath(fd); // class initialisation allocates
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        callsOnTheDataPath(fd);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        // The JVM itself may allocate a little now and then; a call of ours would do so each time.
        assertTrue(bytes < ROUNDS, () -> bytes + " bytes in " + ROUNDS + " rounds");
        Libc.close(fd);
    }

    private void callsOnTheDataPath(int fd) {
        for (int i = 0; i < ROUNDS; i++) {
            Libc.pread(fd, scratch.address(), 4, 0);
            Libc.pwrite(fd, scratch.address(), 4, 0);
            Libc.ioctl(fd, 0x541b, scratch.address());
            Libc.ppoll(scratch.address() + 64, 0, scratch.address());
            Libc.pread(-1, scratch.address(), 4, 0);
        }
    }
}
