package org.allocman.cli.provider;

import java.util.ArrayList;
import java.util.List;
import org.allocman.cli.frame.BadInputException;
import picocli.CommandLine.Option;

/** {@code --with}, to be mixed in. */
public final class WithOption {
    @Option(
            names = "--with",
            paramLabel = "JAR",
            description =
                    "Offer the managers, resource types and systems of this jar by their names, too. May be given several times.")
    private List<String> jars = new ArrayList<>();

    /** Makes the option. */
    public WithOption() {}

    /**
     * The jars.
     *
     * @return as they were typed
     */
    public List<String> jars() {
        return List.copyOf(jars);
    }

    /**
     * What can be chosen.
     *
     * @return what is built in, what is on the class path or module path, and what is in the jars
     * @throws BadInputException if a jar cannot be used
     */
    public Designs designs() throws BadInputException {
        return Designs.with(jars);
    }

    /**
     * What can be chosen, where one of the jars may have a class that is named instead of a provider.
     *
     * @param named the name of the class; or of something else, or nothing
     * @return what is built in, what is on the class path or module path, and what is in the jars
     * @throws BadInputException if a jar cannot be used
     */
    public Designs designs(String named) throws BadInputException {
        return Designs.with(jars, named);
    }
}
