package org.allocman.cli.provider;

import java.util.Iterator;
import java.util.Locale;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cspace.CSpaceDesign;
import org.allocman.cspace.CSpaceDesigns;
import org.allocman.cspace.CSpaceGeometry;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --cspace} and {@code --cspace-design}, to be mixed in. */
public final class CSpaceOption {
    @Option(
            names = "--cspace",
            paramLabel = CSpaceGeometry.SYNTAX,
            defaultValue = "current",
            converter = Converter.class,
            description = {
                "The CSpace to work in: the one of the boot, or a new one of one or two levels with CNodes of 2^BITS,",
                "2^L1 and 2^L2 slots. Default: ${DEFAULT-VALUE}."
            })
    private CSpaceGeometry cspace = CSpaceGeometry.CURRENT;

    @Option(
            names = "--cspace-design",
            paramLabel = "D",
            completionCandidates = Names.class,
            description = "The manager of its slots: ${COMPLETION-CANDIDATES}, or one of --with. Default: what is usual"
                    + " for as many levels.")
    private @Nullable String design;

    /** Makes the option. */
    public CSpaceOption() {}

    /**
     * What the user wants.
     *
     * @param designs what can be chosen
     * @return the geometry
     * @throws BadInputException if there is no such design, or it is for another number of levels
     */
    public CSpaceGeometry cspace(Designs designs) throws BadInputException {
        return withDesign(cspace, design, designs);
    }

    /**
     * The design, if the user wants a certain one.
     *
     * @return its name, or null
     */
    public @Nullable String design() {
        return design;
    }

    /**
     * The CSpace, whatever its design.
     *
     * @return the geometry
     */
    public CSpaceGeometry geometry() {
        return cspace;
    }

    /**
     * A geometry with the design of a name.
     *
     * @param geometry the geometry
     * @param name the design's name, or null for the usual one
     * @param designs what can be chosen
     * @return the geometry
     * @throws BadInputException if there is no such design, or it is for another number of levels
     */
    public static CSpaceGeometry withDesign(CSpaceGeometry geometry, @Nullable String name, Designs designs)
            throws BadInputException {
        if (name == null) {
            return geometry;
        }
        CSpaceDesign chosen = designs.cspace(name);
        if (chosen.hasSecondLevel() != (geometry.levels() == 2)) {
            throw new BadInputException("the CSpace design " + chosen.name() + " is for CSpaces of "
                    + (chosen.hasSecondLevel() ? "two levels" : "one level") + ", and --cspace asks for "
                    + geometry.text());
        }
        return geometry.withDesign(chosen);
    }

    /** The designs' names, for help and completion. */
    public static final class Names implements Iterable<String> {
        /** Makes the list; picocli calls it. */
        public Names() {}

        @Override
        public Iterator<String> iterator() {
            return CSpaceDesigns.ALL.stream().map(CSpaceDesign::name).iterator();
        }
    }

    /** Geometries as users type them. */
    public static final class Converter implements ITypeConverter<CSpaceGeometry> {
        /** Makes a converter; picocli calls it. */
        public Converter() {}

        @Override
        public CSpaceGeometry convert(String text) {
            CSpaceGeometry geometry = CSpaceGeometry.parse(text.toLowerCase(Locale.ROOT));
            if (geometry == null) {
                throw new TypeConversionException("'" + text + "' is no CSpace; " + CSpaceGeometry.SYNTAX
                        + " is wanted, with 1 or more bits a level and at most " + CSpaceGeometry.MOST_BITS
                        + " in all");
            }
            return geometry;
        }
    }
}
