package org.allocman.qual.check;

import java.lang.annotation.Annotation;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.qual.UnitBottom;
import org.allocman.qual.UnknownUnit;
import org.allocman.qual.VirtAddr;
import org.checkerframework.common.basetype.BaseAnnotatedTypeFactory;
import org.checkerframework.common.basetype.BaseTypeChecker;
import org.checkerframework.framework.type.AnnotatedTypeMirror;
import org.checkerframework.framework.type.treeannotator.ListTreeAnnotator;
import org.checkerframework.framework.type.treeannotator.TreeAnnotator;
import org.checkerframework.javacutil.AnnotationBuilder;
import org.checkerframework.javacutil.AnnotationUtils;

/** Which unit an expression has. */
final class UnitAnnotatedTypeFactory extends BaseAnnotatedTypeFactory {
    // The framework wants this call last in the constructor, and only there the object is whole.
    @SuppressWarnings("nullness:method.invocation")
    UnitAnnotatedTypeFactory(BaseTypeChecker checker) {
        super(checker);
        postInit();
    }

    @Override
    protected Set<Class<? extends Annotation>> createSupportedTypeQualifiers() {
        return Set.of(
                UnknownUnit.class,
                PhysAddr.class,
                VirtAddr.class,
                CPtr.class,
                Bytes.class,
                SizeBits.class,
                UnitBottom.class);
    }

    @Override
    protected TreeAnnotator createTreeAnnotator() {
        return new ListTreeAnnotator(super.createTreeAnnotator(), new UnitArithmetic(this));
    }

    /** The unit of a type, {@link Unit#NONE} if it has none. */
    Unit unit(AnnotatedTypeMirror type) {
        for (AnnotationMirror annotation : type.getPrimaryAnnotations()) {
            Unit unit = Unit.of(AnnotationUtils.annotationName(annotation));
            if (unit != Unit.NONE) {
                return unit;
            }
        }
        return Unit.NONE;
    }

    void setUnit(AnnotatedTypeMirror type, Unit unit) {
        type.replaceAnnotation(AnnotationBuilder.fromClass(elements, unit.qualifier()));
    }
}
