package org.allocman.cli.provider;

import java.util.Iterator;
import org.allocman.cli.frame.BadInputException;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --manager} and {@code --with}, to be mixed in. */
public final class ManagerOption {
    @Option(
            names = "--manager",
            paramLabel = "M",
            defaultValue = "arena",
            completionCandidates = Names.class,
            description = "The untyped manager: ${COMPLETION-CANDIDATES}, or one of --with. Default: ${DEFAULT-VALUE}.")
    private String manager = "";

    @Mixin
    private final WithOption with = new WithOption();

    /** Makes the option. */
    public ManagerOption() {}

    /**
     * What the user wants.
     *
     * @param designs what can be chosen
     * @return the manager
     * @throws BadInputException if there is no such manager
     */
    public UntypedDesign manager(Designs designs) throws BadInputException {
        return designs.manager(manager);
    }

    /**
     * The manager as the user named it.
     *
     * @return its name
     */
    public String name() {
        return manager;
    }

    /**
     * All that can be chosen.
     *
     * @return what is built in, and what is in jars that the user named
     * @throws BadInputException if a jar cannot be used
     */
    public Designs designs() throws BadInputException {
        return with.designs();
    }

    /**
     * Where the classes come from.
     *
     * @return the option for jars
     */
    public WithOption with() {
        return with;
    }

    /** The names, for help and completion. */
    public static final class Names implements Iterable<String> {
        /** Makes the list; picocli calls it. */
        public Names() {}

        @Override
        public Iterator<String> iterator() {
            return UntypedDesigns.ALL.stream().map(UntypedDesign::name).iterator();
        }
    }
}
