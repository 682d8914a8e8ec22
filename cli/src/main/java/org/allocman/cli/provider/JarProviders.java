package org.allocman.cli.provider;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.InputFile;
import org.allocman.cli.frame.Thrown;

/** The providers that a jar names, in {@code META-INF/services} or in its {@code module-info}. */
final class JarProviders {
    private final String name;
    private final JarLoader loader;

    /**
     * Opens a jar.
     *
     * @param name the file as the user typed it
     * @throws BadInputException if it is not there, or no jar
     */
    JarProviders(String name) throws BadInputException {
        this.name = name;
        this.loader = new JarLoader(name, InputFile.of(name));
    }

    /**
     * Makes all providers of a service.
     *
     * @param service the service
     * @return one object for each class that the jar names
     * @throws BadInputException if one is not there, is none, or cannot be made
     */
    <T> List<T> of(Class<T> service) throws BadInputException {
        List<T> providers = new ArrayList<>();
        for (String provider : names(service.getName())) {
            providers.add(made(provider, service));
        }
        return providers;
    }

    private Set<String> names(String service) throws BadInputException {
        Set<String> names = new LinkedHashSet<>();
        byte[] listed = loader.content("META-INF/services/" + service);
        if (listed != null) {
            for (String line : new String(listed, StandardCharsets.UTF_8).split("\\R")) {
                String provider = line.replaceFirst("#.*", "").strip();
                if (!provider.isEmpty()) {
                    names.add(provider);
                }
            }
        }
        byte[] module = loader.content("module-info.class");
        if (module != null) {
            try {
                ModuleDescriptor.read(new ByteArrayInputStream(module)).provides().stream()
                        .filter(provided -> provided.service().equals(service))
                        .forEach(provided -> names.addAll(provided.providers()));
            } catch (IOException | InvalidModuleDescriptorException broken) {
                throw new BadInputException(name + ": its module-info cannot be read");
            }
        }
        return names;
    }

    /** The file as the user typed it. */
    String name() {
        return name;
    }

    /** Whether a class of that name is in it. */
    boolean has(String type) {
        return !type.isEmpty() && loader.content(type.replace('.', '/') + ".class") != null;
    }

    /** Whether a class in it is of a type; a class that cannot be loaded may be of any. */
    boolean isA(String provider, Class<?> service) {
        try {
            return service.isAssignableFrom(Class.forName(provider, false, loader));
        } catch (ClassNotFoundException | LinkageError unusable) {
            return true;
        }
    }

    /** Makes an object of a class in it. */
    <T> T made(String provider, Class<T> service) throws BadInputException {
        String who = name + ": " + provider;
        try {
            Class<?> type = Class.forName(provider, true, loader);
            if (!service.isAssignableFrom(type)) {
                throw new BadInputException(who + " is no " + service.getSimpleName());
            }
            return service.cast(type.getConstructor().newInstance());
        } catch (ClassNotFoundException missing) {
            throw new BadInputException(who + " is not in it");
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException unusable) {
            throw new BadInputException(
                    who + " cannot be made: it has to be a public class with a public constructor without parameters");
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            throw new BadInputException(who + " cannot be made: " + Thrown.text(cause == null ? thrown : cause));
        } catch (UnsupportedClassVersionError newer) {
            throw new BadInputException(who + " was compiled for a newer Java than the one that runs");
        } catch (ExceptionInInitializerError thrown) {
            Throwable cause = thrown.getCause();
            throw new BadInputException(who + " cannot be made: " + Thrown.text(cause == null ? thrown : cause));
        } catch (LinkageError missing) {
            throw new BadInputException(
                    who + " cannot be made: a class that it needs is not there, or was compiled for another allocman");
        }
    }
}
