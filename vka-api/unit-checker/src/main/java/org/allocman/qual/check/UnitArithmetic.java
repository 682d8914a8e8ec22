package org.allocman.qual.check;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import org.checkerframework.framework.type.AnnotatedTypeMirror;
import org.checkerframework.framework.type.treeannotator.TreeAnnotator;

/** The unit of a sum or a difference; what comes of any other operation has none. */
final class UnitArithmetic extends TreeAnnotator {
    private final UnitAnnotatedTypeFactory units;

    UnitArithmetic(UnitAnnotatedTypeFactory units) {
        super(units);
        this.units = units;
    }

    @Override
    public Void visitBinary(BinaryTree tree, AnnotatedTypeMirror type) {
        set(type, tree.getKind(), tree.getLeftOperand(), tree.getRightOperand());
        return null;
    }

    @Override
    public Void visitCompoundAssignment(CompoundAssignmentTree tree, AnnotatedTypeMirror type) {
        set(type, tree.getKind(), tree.getVariable(), tree.getExpression());
        return null;
    }

    private void set(AnnotatedTypeMirror type, Tree.Kind kind, ExpressionTree left, ExpressionTree right) {
        if (!Numbers.is(type)) {
            return;
        }
        Unit first = units.unit(units.getAnnotatedType(left));
        if (isSum(kind) && right instanceof LiteralTree) {
            units.setUnit(type, first);
            return;
        }
        Unit second = units.unit(units.getAnnotatedType(right));
        units.setUnit(
                type,
                switch (kind) {
                    case PLUS, PLUS_ASSIGNMENT -> first.plus(second);
                    case MINUS, MINUS_ASSIGNMENT -> first.minus(second);
                    default -> Unit.NONE;
                });
    }

    private static boolean isSum(Tree.Kind kind) {
        return switch (kind) {
            case PLUS, MINUS, PLUS_ASSIGNMENT, MINUS_ASSIGNMENT -> true;
            default -> false;
        };
    }
}
