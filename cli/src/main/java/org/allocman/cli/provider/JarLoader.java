package org.allocman.cli.provider;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Thrown;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Classes of a jar that the user named. All of it is read at once, so that no file stays open. */
final class JarLoader extends ClassLoader {
    private static final long MOST_BYTES = 64L << 20;

    private final Map<String, byte[]> entries = new HashMap<>();

    /**
     * Reads a jar.
     *
     * @param name the file as the user typed it
     * @param path where it is
     * @throws BadInputException if it is no jar
     */
    JarLoader(String name, Path path) throws BadInputException {
        super(Thrown.LOADER + path.getFileName(), ours());
        try (JarFile jar = new JarFile(path.toFile(), false)) {
            long bytes = 0;
            Enumeration<JarEntry> all = jar.entries();
            while (all.hasMoreElements()) {
                JarEntry entry = all.nextElement();
                if (!entry.isDirectory()) {
                    try (@Nullable InputStream stream = jar.getInputStream(entry)) {
                        byte[] content =
                                stream == null ? new byte[0] : stream.readNBytes((int) (MOST_BYTES - bytes + 1));
                        bytes += content.length;
                        entries.put(entry.getName(), content);
                    }
                }
                if (bytes > MOST_BYTES) {
                    throw new BadInputException(name + ": a jar for --with has at most 64 MiB when it is unpacked");
                }
            }
        } catch (IOException | SecurityException | IllegalArgumentException broken) {
            throw new BadInputException(name + ": this is no jar, or it is damaged");
        }
    }

    /** The loader of the command's own classes, so that theirs see ours. */
    private static ClassLoader ours() {
        ClassLoader loader = JarLoader.class.getClassLoader();
        return loader == null ? ClassLoader.getSystemClassLoader() : loader;
    }

    /** What an entry holds, or null if there is none of that name. */
    byte @Nullable [] content(String entry) {
        return entries.get(entry);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] content = entries.get(name.replace('.', '/') + ".class");
        if (content == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, content, 0, content.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] content = entries.get(name);
        return content == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(content);
    }
}
