package org.jvirtio.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.Registers;

/** The contract of {@link Registers}, over both kinds of access to a file. */
class RegistersTest {

    private static final int START = 0x1004;
    private static final int LENGTH = 16;

    @TempDir private Path directory;
    private Path path;

    private enum Kind {
        FILE {
            @Override
            Registers open(Descriptor file) {
                return new FileRegisters(file, START, LENGTH, true);
            }
        },
        MAPPED {
            @Override
            Registers open(Descriptor file) {
                return MappedRegisters.map(file, 0x1000, START - 0x1000, LENGTH, "a test file");
            }
        };

        abstract Registers open(Descriptor file);
    }

    @BeforeEach
    void fill() throws IOException {
        byte[] bytes = new byte[0x3000];
        for (int i = 0; i < LENGTH; i++) {
            bytes[START + i] = (byte) (0xa0 + i);
        }
        path = Files.write(directory.resolve("file"), bytes);
    }

    private Descriptor file() {
        return Descriptor.open(path.toString(), Libc.O_RDWR, "This is a test.");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void readsEveryWidthUnsignedAndLittleEndian(Kind kind) {
        try (Descriptor file = file()) {
            Registers registers = kind.open(file);
            assertEquals(LENGTH, registers.length());
            assertEquals(0xa1, registers.read8(1));
            assertEquals(0xa3a2, registers.read16(2));
            assertEquals(0xa7a6a5a4, registers.read32(4));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void writesTouchTheirOwnBytesOnly(Kind kind) throws IOException {
        try (Descriptor file = file()) {
            Registers registers = kind.open(file);
            registers.write8(1, 0x11);
            registers.write16(4, 0x3322);
            registers.write32(8, 0x77665544);
        }
        byte[] bytes = Files.readAllBytes(path);
        byte[] expected = {
            (byte) 0xa0,
            0x11,
            (byte) 0xa2,
            (byte) 0xa3,
            0x22,
            0x33,
            (byte) 0xa6,
            (byte) 0xa7,
            0x44,
            0x55,
            0x66,
            0x77,
            (byte) 0xac,
            (byte) 0xad,
            (byte) 0xae,
            (byte) 0xaf
        };
        assertArrayEquals(expected, Arrays.copyOfRange(bytes, START, START + LENGTH));
        assertEquals(0, bytes[START - 1]);
        assertEquals(0, bytes[START + LENGTH]);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void refusesWhatLeavesTheStretchOrIsMisaligned(Kind kind) {
        try (Descriptor file = file()) {
            Registers registers = kind.open(file);
            assertThrows(IndexOutOfBoundsException.class, () -> registers.read8(LENGTH));
            assertThrows(IndexOutOfBoundsException.class, () -> registers.read8(-1));
            assertThrows(IndexOutOfBoundsException.class, () -> registers.read32(LENGTH - 2));
            assertThrows(IndexOutOfBoundsException.class, () -> registers.write16(LENGTH, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> registers.read32(2));
        }
    }

    @org.junit.jupiter.api.Test
    void afterCloseMappedRegistersAreGoneInsteadOfEndingTheProcess() {
        try (Descriptor file = file()) {
            MappedRegisters registers = (MappedRegisters) Kind.MAPPED.open(file);
            registers.close();
            registers.close();
            assertThrows(IndexOutOfBoundsException.class, () -> registers.read8(0));
        }
    }

    @org.junit.jupiter.api.Test
    void aMappingOutlivesItsDescriptor() {
        Registers registers;
        try (Descriptor file = file()) {
            registers = Kind.MAPPED.open(file);
        }
        assertEquals(0xa0, registers.read8(0));
    }

    @org.junit.jupiter.api.Test
    void anAccessThatTheKernelRefusesNamesTheRegisterAndTheError() {
        Descriptor file = file();
        Registers registers = Kind.FILE.open(file);
        file.close();
        DeviceBrokenException e =
                assertThrows(DeviceBrokenException.class, () -> registers.read16(2));
        assertTrue(e.getMessage().contains("2 bytes at 0x2"), e.getMessage());
        assertTrue(e.getMessage().contains("EBADF"), e.getMessage());
    }

    @org.junit.jupiter.api.Test
    void registersOpenedForReadingRefuseAWriteWithoutACall() {
        try (Descriptor file = file()) {
            Registers registers = new FileRegisters(file, START, LENGTH, false);
            assertThrows(IllegalStateException.class, () -> registers.write8(0, 1));
            assertEquals(0xa0, registers.read8(0));
        }
    }
}
