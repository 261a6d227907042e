package org.jvirtio.linux;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import org.jvirtio.EnvironmentException;

/**
 * One function of the C library, called with integers and addresses only. Nothing is allocated by a
 * call, and the error number is saved before the JVM can overwrite it.
 *
 * <p>jffi, the bottom layer of the JNR project, is used directly: jnr-ffi on top of it compiles an
 * interface to byte code at start, which costs five times as much before the first call and makes
 * the calls no faster.
 *
 * <p>Every argument and result is passed as 64 bits. On x86-64 an {@code int} is the low half of
 * the same register, and variadic functions ({@code open}, {@code ioctl}, {@code syscall}) take
 * integers exactly as others do, so that no call needs a signature of its own.
 */
final class NativeCall {

    private static final Library LIBC = Library.getDefault();
    private static final Invoker INVOKER = Invoker.getInstance();
    private static final LastError LAST_ERROR = LastError.getInstance();
    private static final CallContext ARGUMENTS_0 = signature(0);
    private static final CallContext ARGUMENTS_1 = signature(1);
    private static final CallContext ARGUMENTS_2 = signature(2);
    private static final CallContext ARGUMENTS_3 = signature(3);
    private static final CallContext ARGUMENTS_4 = signature(4);
    private static final CallContext ARGUMENTS_5 = signature(5);
    private static final CallContext ARGUMENTS_6 = signature(6);

    private final long address;

    NativeCall(String name) {
        address = LIBC.getSymbolAddress(name);
        if (address == 0) {
            throw new EnvironmentException(
                    "looking up '"
                            + name
                            + "': the C library of this system has no such function."
                            + " Use a Linux with glibc 2.9 or newer.");
        }
    }

    long call() {
        return result(INVOKER.invokeL0(ARGUMENTS_0, address));
    }

    long call(long a) {
        return result(INVOKER.invokeL1(ARGUMENTS_1, address, a));
    }

    long call(long a, long b) {
        return result(INVOKER.invokeL2(ARGUMENTS_2, address, a, b));
    }

    long call(long a, long b, long c) {
        return result(INVOKER.invokeL3(ARGUMENTS_3, address, a, b, c));
    }

    long call(long a, long b, long c, long d) {
        return result(INVOKER.invokeL4(ARGUMENTS_4, address, a, b, c, d));
    }

    long call(long a, long b, long c, long d, long e) {
        return result(INVOKER.invokeL5(ARGUMENTS_5, address, a, b, c, d, e));
    }

    long call(long a, long b, long c, long d, long e, long f) {
        return result(INVOKER.invokeL6(ARGUMENTS_6, address, a, b, c, d, e, f));
    }

    /**
     * The result, or the negated error number. A function that returns {@code int} leaves the upper
     * half of the register undefined, so -1 is told by the low half, and addresses and counts are
     * never 0xffffffff there: they are page-aligned, or below 2 GiB.
     */
    private static long result(long value) {
        return (int) value == -1 ? -LAST_ERROR.get() : value;
    }

    private static CallContext signature(int arguments) {
        Type[] types = new Type[arguments];
        java.util.Arrays.fill(types, Type.SINT64);
        return CallContext.getCallContext(Type.SINT64, types, CallingConvention.DEFAULT, true);
    }
}
