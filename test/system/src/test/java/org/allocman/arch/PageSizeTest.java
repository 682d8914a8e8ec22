package org.allocman.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import org.allocman.arch.broken.OwnPage;
import org.allocman.vka.PageSize;
import org.junit.jupiter.api.Test;

/** The size of a page is said in one place: no other class of main code has a constant that is called so and has its value. */
class PageSizeTest {
    private static final Set<String> NAMES =
            Set.of("PAGE", "PAGE_BITS", "PAGE_BYTES", "PAGE_SIZE", "PAGE_MASK", "PAGE_SHIFT", "FRAME_BITS");
    private static final Set<Long> VALUES =
            Set.of((long) PageSize.PAGE_BITS, (long) PageSize.PAGE, PageSize.PAGE - 1L, -(long) PageSize.PAGE);

    private static TreeSet<String> own(JavaClasses classes) throws IllegalAccessException {
        TreeSet<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            for (JavaField field : type.getFields()) {
                if (isConstant(field) && NAMES.contains(field.getName()) && VALUES.contains(value(field))) {
                    found.add(field.getFullName());
                }
            }
        }
        return found;
    }

    private static boolean isConstant(JavaField field) {
        return field.getModifiers().contains(JavaModifier.STATIC)
                && field.getModifiers().contains(JavaModifier.FINAL)
                && Set.of("int", "long").contains(field.getRawType().getName());
    }

    private static long value(JavaField field) throws IllegalAccessException {
        Field constant = field.reflect();
        constant.setAccessible(true);
        return ((Number) constant.get(null)).longValue();
    }

    @Test
    void theSizeOfAPageIsSaidOnce() throws IllegalAccessException {
        assertEquals(
                Set.of(PageSize.class.getName() + ".PAGE", PageSize.class.getName() + ".PAGE_BITS"), own(Code.MAIN));
    }

    @Test
    void aSecondConstantWouldBeNoticed() throws IllegalAccessException {
        assertEquals(
                Set.of(OwnPage.class.getName() + ".PAGE_SIZE", OwnPage.class.getName() + ".PAGE_BITS"),
                own(Code.BROKEN_ONES));
    }
}
