"""Prints the configuration space of every function of a QEMU machine, as lspci -xxx would.

The machine does not run: QEMU is told over its qtest socket to read ports 0xcf8 and 0xcfc. As
firmware would, this gives the BARs addresses, bridges a bus, and switches decoding on, since a BAR
without an address cannot be told from one that is not there.

    python3 capture.py [-device ...] > machine.txt
"""

import os
import socket
import subprocess
import sys
import tempfile

ADDRESS_PORT, DATA_PORT = 0xCF8, 0xCFC


class Machine:
    def __init__(self, options):
        path = os.path.join(tempfile.mkdtemp(), "qtest")
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        listener.listen(1)
        self.qemu = subprocess.Popen(
            ["qemu-system-x86_64", "-machine", "q35", "-nodefaults", "-display", "none"]
            + ["-accel", "tcg", "-S", "-qtest", "unix:" + path, "-qtest-log", "none"] + options)
        self.lines = listener.accept()[0].makefile("rw")
        self.next_io, self.next_memory, self.next_bus = 0xC000, 0xE0000000, 1

    def ask(self, command):
        self.lines.write(command + "\n")
        self.lines.flush()
        answer = self.lines.readline().split()
        while answer[0] == "IRQ":
            answer = self.lines.readline().split()
        assert answer[0] == "OK", (command, answer)
        return answer

    def select(self, function, register):
        bus, slot, number = function
        address = 0x80000000 | bus << 16 | slot << 11 | number << 8 | register
        self.ask(f"outl {ADDRESS_PORT:#x} {address:#x}")

    def read(self, function, register):
        self.select(function, register)
        return int(self.ask(f"inl {DATA_PORT:#x}")[1], 0)

    def write(self, function, register, value):
        self.select(function, register)
        self.ask(f"outl {DATA_PORT:#x} {value:#x}")

    def place(self, function, register):
        """Gives a BAR an address; returns how many registers it takes."""
        kept = self.read(function, register)
        self.write(function, register, 0xFFFFFFFF)
        mask = self.read(function, register)
        if mask == 0:
            return 1
        if mask & 1:
            size = 0x10000 - (mask & 0xFFFC)
            self.next_io = (self.next_io + size - 1) & -size
            self.write(function, register, self.next_io)
            self.next_io += size
            return 1
        size = 0x100000000 - (mask & 0xFFFFFFF0)
        self.next_memory = (self.next_memory + size - 1) & -size
        self.write(function, register, self.next_memory)
        self.next_memory += size
        if kept & 4:
            self.write(function, register + 4, 0)
            return 2
        return 1

    def prepare(self, function, header):
        register = 0x10
        while register < (0x28 if header == 0 else 0x18):
            register += 4 * self.place(function, register)
        if header == 1:
            self.write(function, 0x18, self.next_bus << 16 | self.next_bus << 8 | function[0])
            yield from self.functions(self.next_bus)
            self.next_bus += 1
        self.write(function, 0x04, 0x0007)

    def functions(self, bus):
        for slot in range(32):
            for number in range(8):
                function = (bus, slot, number)
                if self.read(function, 0) & 0xFFFF == 0xFFFF:
                    continue
                yield function
                yield from self.prepare(function, self.read(function, 0x0C) >> 16 & 0x7F)

    def print(self, function):
        print("%02x:%02x.%d" % function, "%04x:" % (self.read(function, 8) >> 16),
              "%04x:%04x" % ((word := self.read(function, 0)) & 0xFFFF, word >> 16))
        for line in range(0, 256, 16):
            words = [self.read(function, line + i) for i in range(0, 16, 4)]
            data = b"".join(word.to_bytes(4, "little") for word in words)
            print("%02x: %s" % (line, data.hex(" ")))
        print()

    def close(self):
        self.lines.close()
        self.qemu.terminate()
        self.qemu.wait()


machine = Machine(sys.argv[1:])
for found in list(machine.functions(0)):
    machine.print(found)
machine.close()
