package org.allocman.cli.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.allocman.check.action.SubjectDesign;
import org.allocman.check.resource.ResourceDesigns;
import org.allocman.check.systems.SystemKind;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.NullReturnedException;
import org.allocman.cli.frame.Thrown;
import org.allocman.cspace.CSpaceDesign;
import org.allocman.cspace.CSpaceDesigns;
import org.allocman.manager.ResourceDesign;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;

/**
 * What can be chosen by name: what is built in, what a {@link ServiceLoader} finds, and what is in the jars that the user named.
 *
 * @param managers untyped managers
 * @param cspaces CSpace managers
 * @param resources resource types
 * @param systems systems to explore that are not built in
 * @param jars the jars that the user named, whose classes can be named
 */
public record Designs(
        List<UntypedDesign> managers,
        List<CSpaceDesign> cspaces,
        List<ResourceDesign> resources,
        List<SubjectDesign> systems,
        List<JarProviders> jars) {
    /**
     * Finds them all.
     *
     * @param files jars that the user named
     * @return all that can be chosen
     * @throws BadInputException if a jar cannot be used, or two have one name
     */
    public static Designs with(List<String> files) throws BadInputException {
        return with(files, "");
    }

    /**
     * Finds them all.
     *
     * @param files jars that the user named
     * @param named a class that one of them may have instead of a provider, by its name; or nothing
     * @return all that can be chosen
     * @throws BadInputException if a jar cannot be used, or two have one name
     */
    public static Designs with(List<String> files, String named) throws BadInputException {
        Designs all = new Designs(
                new ArrayList<>(UntypedDesigns.ALL),
                new ArrayList<>(CSpaceDesigns.ALL),
                new ArrayList<>(ResourceDesigns.ALL),
                new ArrayList<>(),
                new ArrayList<>());
        try {
            all.addAll(
                    "the class path",
                    found(ServiceLoader.load(UntypedDesign.class)),
                    found(ServiceLoader.load(CSpaceDesign.class)),
                    found(ServiceLoader.load(ResourceDesign.class)),
                    found(ServiceLoader.load(SubjectDesign.class)));
        } catch (ServiceConfigurationError wrong) {
            Throwable cause = wrong.getCause();
            throw new BadInputException("a provider on the class path or module path cannot be made"
                    + (cause == null ? "" : ": " + Thrown.text(cause)));
        }
        for (String jar : files) {
            JarProviders providers = new JarProviders(jar);
            List<UntypedDesign> managers = providers.of(UntypedDesign.class);
            List<CSpaceDesign> cspaces = providers.of(CSpaceDesign.class);
            List<ResourceDesign> resources = providers.of(ResourceDesign.class);
            List<SubjectDesign> systems = providers.of(SubjectDesign.class);
            if (managers.isEmpty()
                    && cspaces.isEmpty()
                    && resources.isEmpty()
                    && systems.isEmpty()
                    && !providers.has(named)) {
                throw new BadInputException(jar
                        + ": neither META-INF/services nor a module-info in it names an UntypedDesign, a CSpaceDesign,"
                        + " a ResourceDesign or a SubjectDesign");
            }
            all.addAll(jar, managers, cspaces, resources, systems);
            all.jars.add(providers);
        }
        return all;
    }

    private static <T> List<T> found(ServiceLoader<T> loader) {
        List<T> found = new ArrayList<>();
        loader.forEach(found::add);
        return found;
    }

    private void addAll(
            String where,
            List<UntypedDesign> ofMemory,
            List<CSpaceDesign> ofSlots,
            List<ResourceDesign> ofResources,
            List<SubjectDesign> ofSystems)
            throws BadInputException {
        for (UntypedDesign design : ofMemory) {
            UntypedDesign guarded = NullGuard.of(where, design, UntypedDesign.class);
            add(where, "managers", managers, guarded, UntypedDesign::name);
            check(where, guarded);
        }
        for (CSpaceDesign design : ofSlots) {
            CSpaceDesign guarded = NullGuard.of(where, design, CSpaceDesign.class);
            add(where, "CSpace designs", cspaces, guarded, CSpaceDesign::name);
        }
        for (ResourceDesign design : ofResources) {
            ResourceDesign guarded = NullGuard.of(where, design, ResourceDesign.class);
            add(where, "resource types", resources, guarded, ResourceDesign::name);
            checkOwners(where, guarded);
        }
        for (SubjectDesign design : ofSystems) {
            SubjectDesign guarded = NullGuard.of(where, design, SubjectDesign.class);
            add(where, "systems", systems, guarded, SubjectDesign::name);
            if (SystemKind.named(guarded.name()) != null) {
                throw new BadInputException(where + ": there are two systems of the name " + guarded.name());
            }
        }
    }

    private static void check(String where, UntypedDesign design) throws BadInputException {
        try {
            UntypedDesign.checked(design);
        } catch (IllegalArgumentException wrong) {
            throw new BadInputException(where + ": " + wrong.getMessage());
        } catch (RuntimeException | LinkageError thrown) {
            throw failed(where, design, "cannot be asked what it needs", thrown);
        }
    }

    /** A method of the user's class ended with an exception. */
    private static BadInputException failed(String where, Object design, String what, Throwable thrown) {
        return new BadInputException(
                thrown instanceof NullReturnedException
                        ? String.valueOf(thrown.getMessage())
                        : where + ": " + NullGuard.classOf(design).getName() + " " + what + ": " + Thrown.text(thrown));
    }

    private static void checkOwners(String where, ResourceDesign design) throws BadInputException {
        List<Integer> owners;
        int units;
        try {
            owners = design.owners();
            units = design.units();
        } catch (RuntimeException | LinkageError thrown) {
            throw failed(where, design, "does not tell its owners", thrown);
        }
        if (owners.stream().distinct().count() < 2 || owners.stream().anyMatch(owner -> owner < 0) || units < 2) {
            throw new BadInputException(where + ": the resource type " + design.name()
                    + " needs two units and two different owners or more, none of them negative");
        }
    }

    private static <T extends Object> void add(
            String where, String what, List<T> all, T design, Function<T, String> naming) throws BadInputException {
        String name = name(where, design, naming);
        if (all.stream().anyMatch(other -> naming.apply(other).equals(name))) {
            throw new BadInputException(where + ": there are two " + what + " of the name " + name);
        }
        all.add(design);
    }

    private static <T extends Object> String name(String where, T design, Function<T, String> naming)
            throws BadInputException {
        String name;
        try {
            name = naming.apply(design);
        } catch (RuntimeException | LinkageError thrown) {
            throw failed(where, design, "does not tell its name", thrown);
        }
        if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9._-]*")) {
            throw new BadInputException(where + ": " + NullGuard.classOf(design).getName()
                    + " needs a name of letters, digits, '.', '_' and '-'");
        }
        return name;
    }

    /**
     * An untyped manager.
     *
     * @param name its name
     * @return the design
     * @throws BadInputException if there is none of that name
     */
    public UntypedDesign manager(String name) throws BadInputException {
        return one("manager", managers, name, UntypedDesign::name);
    }

    /**
     * A CSpace manager.
     *
     * @param name its name
     * @return the design
     * @throws BadInputException if there is none of that name
     */
    public CSpaceDesign cspace(String name) throws BadInputException {
        return one("CSpace design", cspaces, name, CSpaceDesign::name);
    }

    /**
     * A resource type.
     *
     * @param name its name
     * @return the design
     * @throws BadInputException if there is none of that name
     */
    public ResourceDesign resource(String name) throws BadInputException {
        return one("resource type", resources, name, ResourceDesign::name);
    }

    private static <T> T one(String what, List<T> all, String name, Function<T, String> naming)
            throws BadInputException {
        for (T design : all) {
            if (naming.apply(design).equals(name)) {
                return design;
            }
        }
        List<T> alike = all.stream()
                .filter(design -> naming.apply(design).equalsIgnoreCase(name))
                .toList();
        if (alike.size() == 1) {
            return alike.get(0);
        }
        throw new BadInputException("there is no " + what + " '" + name + "'; there are "
                + String.join(", ", all.stream().map(naming).toList()));
    }
}
