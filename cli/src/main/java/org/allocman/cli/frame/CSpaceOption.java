package org.allocman.cli.frame;

import org.allocman.cspace.CSpaceGeometry;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --cspace}, to be mixed in. */
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

    /** Makes the option. */
    public CSpaceOption() {}

    /**
     * What the user wants.
     *
     * @return the geometry
     */
    public CSpaceGeometry cspace() {
        return cspace;
    }

    /** Geometries as users type them. */
    public static final class Converter implements ITypeConverter<CSpaceGeometry> {
        /** Makes a converter; picocli calls it. */
        public Converter() {}

        @Override
        public CSpaceGeometry convert(String text) {
            CSpaceGeometry geometry = CSpaceGeometry.parse(text);
            if (geometry == null) {
                throw new TypeConversionException("'" + text + "' is no CSpace; " + CSpaceGeometry.SYNTAX
                        + " is wanted, with 1 or more bits a level and at most " + CSpaceGeometry.MOST_BITS
                        + " in all");
            }
            return geometry;
        }
    }
}
