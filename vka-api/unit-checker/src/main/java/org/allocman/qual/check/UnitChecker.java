package org.allocman.qual.check;

import org.checkerframework.common.basetype.BaseTypeChecker;
import org.checkerframework.common.basetype.BaseTypeVisitor;
import org.checkerframework.framework.source.SuppressWarningsPrefix;

/**
 * Refuses code in which one unit is used as another: a physical address where a cptr is wanted, size bits where bytes
 * are. A number without a unit fits every unit, and every unit fits a number without one.
 */
@SuppressWarningsPrefix("unit")
public final class UnitChecker extends BaseTypeChecker {
    /** Makes the checker; javac calls it. */
    public UnitChecker() {}

    @Override
    protected BaseTypeVisitor<?> createSourceVisitor() {
        return new UnitVisitor(this);
    }
}
