package org.jvirtio.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A program's arguments as words of the kernel command line, so that a printed QEMU command is
 * complete. The kernel splits at spaces, joins at double quotes, stops at a second {@code --}, and
 * never shows an empty word to process 1; bytes it would touch are written as {@code %} and two
 * hexadecimal digits, an empty argument as a lone {@code %}.
 */
final class GuestArguments {

    private static final String HEX = "0123456789abcdef";

    private GuestArguments() {}

    /** One word per argument. */
    static List<String> encode(List<String> arguments) {
        List<String> words = new ArrayList<>(arguments.size());
        for (String argument : arguments) {
            words.add(encode(argument));
        }
        return words;
    }

    private static String encode(String argument) {
        if (argument.isEmpty()) {
            return "%";
        }
        StringBuilder word = new StringBuilder();
        for (byte b : argument.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > ' ' && b < 0x7f && b != '"' && b != '%';
            if (plain && !(argument.equals("--") && word.length() == 0)) {
                word.append((char) b);
            } else {
                word.append('%').append(HEX.charAt(b >> 4 & 0xf)).append(HEX.charAt(b & 0xf));
            }
        }
        return word.toString();
    }

    /** The arguments from word {@code first} on. */
    static List<String> decode(String[] words, int first) {
        List<String> arguments = new ArrayList<>(words.length);
        for (int i = first; i < words.length; i++) {
            arguments.add(decode(words[i]));
        }
        return arguments;
    }

    private static String decode(String word) {
        if (word.indexOf('%') < 0) {
            return word;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '%' && i + 2 < word.length()) {
                bytes.write(Integer.parseInt(word.substring(i + 1, i + 3), 16));
                i += 2;
            } else if (c != '%') {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
