package org.jvirtio.queue;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jvirtio.memory.CacheLinePadding;
import org.jvirtio.memory.NativeMemory;

/**
 * Keeps the state of objects and of memory at a moment, and goes back to it: what makes it possible
 * to look at every continuation of a state of the real classes. A state is the numbers in the
 * fields, in the arrays, and in the objects of the project that fields lead to.
 */
final class Moments {

    private static final Set<String> PACKAGES = Set.of("org.jvirtio.queue", "org.jvirtio.partner");

    private final List<Object> owners = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();
    private final List<Object> arrays = new ArrayList<>();
    private final List<NativeMemory> memories;
    private final int length;

    Moments(List<NativeMemory> memories, Object... roots) {
        this.memories = memories;
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Object root : roots) {
            collect(root, seen);
        }
        int words = fields.size();
        for (Object array : arrays) {
            words += Array.getLength(array);
        }
        for (NativeMemory memory : memories) {
            words += (int) (memory.length() / Short.BYTES);
        }
        length = words;
    }

    private void collect(Object object, Set<Object> seen) {
        if (object == null || !seen.add(object) || object instanceof OpenQueue) {
            return;
        }
        if (object.getClass().isArray()) {
            if (object.getClass().getComponentType().isPrimitive()) {
                arrays.add(object);
            }
            return;
        }
        if (object instanceof Enum || !PACKAGES.contains(object.getClass().getPackageName())) {
            return;
        }
        for (Class<?> c = object.getClass(); c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                collect(object, field, seen);
            }
        }
    }

    private void collect(Object owner, Field field, Set<Object> seen) {
        if (Modifier.isStatic(field.getModifiers())
                || field.getDeclaringClass() == CacheLinePadding.class) {
            return;
        }
        field.setAccessible(true);
        if (!field.getType().isPrimitive()) {
            collect(value(owner, field), seen);
        } else if (!Modifier.isFinal(field.getModifiers())) {
            owners.add(owner);
            fields.add(field);
        }
    }

    private static Object value(Object owner, Field field) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** The state now. */
    long[] save() {
        long[] state = new long[length];
        int at = 0;
        for (int i = 0; i < fields.size(); i++) {
            state[at++] = number(value(owners.get(i), fields.get(i)));
        }
        for (Object array : arrays) {
            for (int i = 0; i < Array.getLength(array); i++) {
                state[at++] = number(array, i);
            }
        }
        for (NativeMemory memory : memories) {
            for (long offset = 0; offset < memory.length(); offset += Short.BYTES) {
                state[at++] = memory.read16(offset);
            }
        }
        return state;
    }

    /** Goes back to a state that was saved. */
    void load(long[] state) {
        int at = 0;
        for (int i = 0; i < fields.size(); i++) {
            set(owners.get(i), fields.get(i), state[at++]);
        }
        for (Object array : arrays) {
            for (int i = 0; i < Array.getLength(array); i++) {
                set(array, i, state[at++]);
            }
        }
        for (NativeMemory memory : memories) {
            for (long offset = 0; offset < memory.length(); offset += Short.BYTES) {
                memory.write16(offset, (int) state[at++]);
            }
        }
    }

    private static long number(Object array, int index) {
        if (array instanceof int[] ints) {
            return ints[index];
        }
        return array instanceof long[] longs ? longs[index] : ((boolean[]) array)[index] ? 1 : 0;
    }

    private static long number(Object value) {
        return value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).longValue();
    }

    private static void set(Object owner, Field field, long value) {
        try {
            if (field.getType() == int.class) {
                field.setInt(owner, (int) value);
            } else if (field.getType() == long.class) {
                field.setLong(owner, value);
            } else {
                field.setBoolean(owner, value != 0);
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static void set(Object array, int index, long value) {
        if (array instanceof int[] ints) {
            ints[index] = (int) value;
        } else if (array instanceof long[] longs) {
            longs[index] = value;
        } else {
            ((boolean[]) array)[index] = value != 0;
        }
    }

    /** Tells states apart; two 32-bit hashes of different kinds, so that clashes are rare. */
    static long key(long[] state) {
        long mixed = 0x9e3779b97f4a7c15L;
        for (long word : state) {
            mixed = (mixed ^ word) * 0xff51afd7ed558ccdL;
            mixed ^= mixed >>> 32;
        }
        return mixed ^ Arrays.hashCode(state);
    }
}
