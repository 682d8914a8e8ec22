package org.allocman.qual.check;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.compilermsgs.qual.CompilerMessageKey;
import org.checkerframework.common.basetype.BaseTypeChecker;
import org.checkerframework.common.basetype.BaseTypeVisitor;
import org.checkerframework.framework.type.AnnotatedTypeMirror;
import org.checkerframework.framework.type.AnnotatedTypeMirror.AnnotatedDeclaredType;
import org.checkerframework.framework.type.AnnotatedTypeMirror.AnnotatedExecutableType;
import org.checkerframework.javacutil.TreeUtils;

/**
 * Where units meet: assignments, arguments, results, overriding methods, sums and comparisons; and where a result that may be
 * a refusal is dropped.
 */
final class UnitVisitor extends BaseTypeVisitor<UnitAnnotatedTypeFactory> {
    private static final Set<Tree.Kind> COMPARISONS = Set.of(
            Tree.Kind.EQUAL_TO,
            Tree.Kind.NOT_EQUAL_TO,
            Tree.Kind.LESS_THAN,
            Tree.Kind.LESS_THAN_EQUAL,
            Tree.Kind.GREATER_THAN,
            Tree.Kind.GREATER_THAN_EQUAL);

    UnitVisitor(BaseTypeChecker checker) {
        super(checker);
    }

    @Override
    protected UnitAnnotatedTypeFactory createTypeFactory() {
        return new UnitAnnotatedTypeFactory(checker);
    }

    @Override
    protected boolean commonAssignmentCheck(
            AnnotatedTypeMirror wanted,
            AnnotatedTypeMirror given,
            Tree tree,
            @CompilerMessageKey String key,
            Object... details) {
        return !isForeign(wanted, given) || super.commonAssignmentCheck(wanted, given, tree, key, details);
    }

    @Override
    public Void visitBinary(BinaryTree tree, Void nothing) {
        boolean sum = tree.getKind() == Tree.Kind.PLUS;
        if (sum || COMPARISONS.contains(tree.getKind())) {
            checkOperands(tree, sum, tree.getLeftOperand(), tree.getRightOperand());
        }
        return super.visitBinary(tree, nothing);
    }

    @Override
    public Void visitCompoundAssignment(CompoundAssignmentTree tree, Void nothing) {
        if (tree.getKind() == Tree.Kind.PLUS_ASSIGNMENT) {
            checkOperands(tree, true, tree.getVariable(), tree.getExpression());
        }
        return super.visitCompoundAssignment(tree, nothing);
    }

    private void checkOperands(Tree tree, boolean sum, ExpressionTree left, ExpressionTree right) {
        AnnotatedTypeMirror first = atypeFactory.getAnnotatedType(left);
        AnnotatedTypeMirror second = atypeFactory.getAnnotatedType(right);
        if (!Numbers.is(first) || !Numbers.is(second)) {
            return;
        }
        Unit one = atypeFactory.unit(first);
        Unit other = atypeFactory.unit(second);
        if (sum ? one.cannotAdd(other) : one.isForeignTo(other)) {
            checker.reportError(
                    tree,
                    "units.mixed",
                    one.qualifier().getSimpleName(),
                    other.qualifier().getSimpleName());
        }
    }

    @Override
    public Void visitExpressionStatement(ExpressionStatementTree tree, Void nothing) {
        if (tree.getExpression() instanceof MethodInvocationTree call
                && MustBeLookedAt.is(TreeUtils.elementFromUse(call), types)) {
            checker.reportError(
                    tree, "result.ignored", TreeUtils.elementFromUse(call).getSimpleName());
        }
        return super.visitExpressionStatement(tree, nothing);
    }

    @Override
    protected boolean checkOverride(
            MethodTree tree,
            AnnotatedExecutableType overrider,
            AnnotatedDeclaredType overriderType,
            AnnotatedExecutableType overridden,
            AnnotatedDeclaredType overriddenType) {
        boolean foreign = isForeign(overridden.getReturnType(), overrider.getReturnType());
        List<AnnotatedTypeMirror> theirs = overridden.getParameterTypes();
        List<AnnotatedTypeMirror> ours = overrider.getParameterTypes();
        for (int i = 0; i < Math.min(theirs.size(), ours.size()); i++) {
            foreign |= isForeign(ours.get(i), theirs.get(i));
        }
        return !foreign || super.checkOverride(tree, overrider, overriderType, overridden, overriddenType);
    }

    @Override
    protected boolean checkMethodReferenceAsOverride(MemberReferenceTree tree, Void nothing) {
        return true;
    }

    @Override
    protected void checkTypecastSafety(TypeCastTree tree) {
        // A cast that names another unit is how a program says that it means it.
    }

    private boolean isForeign(AnnotatedTypeMirror wanted, AnnotatedTypeMirror given) {
        return Numbers.is(wanted)
                && Numbers.is(given)
                && atypeFactory.unit(given).isForeignTo(atypeFactory.unit(wanted));
    }
}
