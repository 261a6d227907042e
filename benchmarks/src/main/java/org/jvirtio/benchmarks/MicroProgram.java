package org.jvirtio.benchmarks;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs all benchmarks of this module, each configuration in a JVM of its own, with the profiler
 * that counts allocated bytes.
 *
 * <p>The first argument is the file for the result, in JMH's JSON; more are options of JMH, such as
 * a name to run only that.
 */
public final class MicroProgram {

    private MicroProgram() {}

    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        String[] more = java.util.Arrays.copyOfRange(arguments, 1, arguments.length);
        Options options =
                new OptionsBuilder()
                        .parent(new CommandLineOptions(more))
                        .forks(1)
                        .jvmArgsAppend("-XX:+UseSerialGC")
                        .measurementIterations(5)
                        .measurementTime(TimeValue.milliseconds(200))
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .resultFormat(ResultFormatType.JSON)
                        .result(arguments[0])
                        .build();
        new Runner(options).run();
    }
}
