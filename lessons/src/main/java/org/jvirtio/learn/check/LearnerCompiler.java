package org.jvirtio.learn.check;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a learner's file with the JDK's own compiler, from memory to memory. */
final class LearnerCompiler {

    private final String fileName;
    private final String source;
    private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();
    private final List<String> errors = new ArrayList<>();

    private LearnerCompiler(String fileName, String source) {
        this.fileName = fileName;
        this.source = source;
    }

    static LearnerCompiler compile(String fileName, String source) {
        LearnerCompiler compiler = new LearnerCompiler(fileName, source);
        compiler.run();
        return compiler;
    }

    /** What the compiler said, as it says it: file, line, message, the line, a caret. */
    List<String> errors() {
        return errors;
    }

    /** Loads what was compiled. */
    Class<?> load(String name) throws ClassNotFoundException {
        return new Loader().loadClass(name);
    }

    private void run() {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        if (javac == null) {
            errors.add("this Java has no compiler: start jvirtio with a JDK, 17 or newer");
            return;
        }
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        StandardJavaFileManager files = javac.getStandardFileManager(said, Locale.ROOT, null);
        boolean done =
                javac.getTask(
                                new StringWriter(),
                                new Outputs(files),
                                said,
                                List.of("-proc:none", "-g", "-classpath", ownJar()),
                                null,
                                List.of(new Source()))
                        .call();
        for (Diagnostic<? extends JavaFileObject> each : said.getDiagnostics()) {
            if (each.getKind() == Diagnostic.Kind.ERROR) {
                errors.add(text(each));
            }
        }
        if (!done && errors.isEmpty()) {
            errors.add("the compiler gave up without a word; is " + fileName + " a Java file?");
        }
    }

    private String text(Diagnostic<?> said) {
        StringBuilder text = new StringBuilder(fileName);
        text.append(':').append(said.getLineNumber()).append(": error: ");
        text.append(said.getMessage(Locale.ROOT));
        List<String> lines = source.lines().toList();
        if (said.getLineNumber() > 0 && said.getLineNumber() <= lines.size()) {
            String line = lines.get((int) said.getLineNumber() - 1);
            text.append('\n').append(line.replace('\t', ' '));
            text.append('\n').append(" ".repeat((int) Math.max(0, said.getColumnNumber() - 1)));
            text.append('^');
        }
        return text.toString();
    }

    /** Where the interfaces of the exercises are: all that a learner's file may import of ours. */
    private static String ownJar() {
        try {
            URI jar =
                    LearnerCompiler.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI();
            return Path.of(jar).toString();
        } catch (URISyntaxException cause) {
            throw new IllegalStateException("finding the lessons jar", cause);
        }
    }

    private final class Source extends SimpleJavaFileObject {

        Source() {
            super(URI.create("string:///" + fileName), Kind.SOURCE);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }

    private final class Outputs extends ForwardingJavaFileManager<JavaFileManager> {

        Outputs(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    classes.put(name, bytes);
                    return bytes;
                }
            };
        }
    }

    private final class Loader extends ClassLoader {

        Loader() {
            super(LearnerCompiler.class.getClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            ByteArrayOutputStream bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes.toByteArray(), 0, bytes.size());
        }
    }
}
