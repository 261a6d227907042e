package org.jvirtio.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jvirtio.EnvironmentException;

/**
 * The parameters that a kernel's command line has for modules, as {@code vfio.name=value}. The
 * kernel applies those of what it has built in; whoever loads a module has to pass it its own.
 */
final class ModuleParameters {

    private static final Path LINE = Path.of("/proc/cmdline");

    private final String line;

    ModuleParameters(String line) {
        this.line = line;
    }

    static ModuleParameters ofRunningKernel() {
        try {
            return new ModuleParameters(Files.readString(LINE));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "reading " + LINE + " in the guest: " + e + ". Use a kernel with procfs.", e);
        }
    }

    /** Those of one module, as finit_module(2) takes them: {@code name=value name=value}. */
    String of(String file) {
        String module = file.substring(file.lastIndexOf('/') + 1).split("\\.", 2)[0];
        String prefix = module.replace('-', '_') + ".";
        StringBuilder parameters = new StringBuilder();
        for (String word : line.strip().split(" ", -1)) {
            if (word.equals("--")) {
                break; // what follows is not for the kernel
            }
            if (word.startsWith(prefix)) {
                parameters.append(parameters.length() == 0 ? "" : " ");
                parameters.append(word, prefix.length(), word.length());
            }
        }
        return parameters.toString();
    }
}
