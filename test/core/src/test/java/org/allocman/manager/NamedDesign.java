package org.allocman.manager;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Locale;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.params.converter.ArgumentConversionException;
import org.junit.jupiter.params.converter.ArgumentConverter;
import org.junit.jupiter.params.converter.ConvertWith;

/** A design that a line of a table names. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@ConvertWith(NamedDesign.Converter.class)
public @interface NamedDesign {
    /** Finds it. */
    final class Converter implements ArgumentConverter {
        @Override
        public Object convert(@Nullable Object source, ParameterContext context) throws ArgumentConversionException {
            UntypedDesign design = UntypedDesigns.named(String.valueOf(source).toLowerCase(Locale.ROOT));
            if (design == null) {
                throw new ArgumentConversionException("there is no design " + source);
            }
            return design;
        }
    }
}
