package org.allocman.docs;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeKind;
import org.allocman.qual.CheckReturnValue;

/**
 * Where code loses a refusal: a statement drops what a method marked {@link CheckReturnValue} returns, or {@code get} on an
 * {@code Either} or {@code Option} throws an exception without the sentence.
 */
final class DroppedResults extends TreePathScanner<Void, Void> {
    private static final Set<String> VALUES =
            Set.of("io.vavr.control.Either", "io.vavr.control.Option", "io.vavr.Value");

    private final Trees trees;
    private final CompilationUnitTree unit;
    private final List<String> found;

    private DroppedResults(Trees trees, CompilationUnitTree unit, List<String> found) {
        this.trees = trees;
        this.unit = unit;
        this.found = found;
    }

    /** Compiles, as far as there are no errors, and returns each place. */
    static List<String> in(JavacTask task) throws IOException {
        List<String> found = new ArrayList<>();
        Iterable<? extends CompilationUnitTree> units = task.parse();
        task.analyze();
        for (CompilationUnitTree unit : units) {
            new DroppedResults(Trees.instance(task), unit, found).scan(unit, null);
        }
        return found;
    }

    @Override
    public Void visitExpressionStatement(ExpressionStatementTree tree, Void nothing) {
        if (tree.getExpression() instanceof MethodInvocationTree call && mayBeRefusal(element(call))) {
            report(call);
        }
        return super.visitExpressionStatement(tree, nothing);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void nothing) {
        Element method = element(tree);
        if (method != null
                && method.getSimpleName().contentEquals("get")
                && VALUES.contains(method.getEnclosingElement().toString())) {
            report(tree);
        }
        return super.visitMethodInvocation(tree, nothing);
    }

    private static boolean mayBeRefusal(Element method) {
        return method instanceof ExecutableElement executable
                && executable.getReturnType().getKind() != TypeKind.VOID
                && (isMarked(method) || isMarked(method.getEnclosingElement()));
    }

    private static boolean isMarked(Element element) {
        return element.getAnnotation(CheckReturnValue.class) != null;
    }

    private Element element(MethodInvocationTree call) {
        return trees.getElement(TreePath.getPath(unit, call.getMethodSelect()));
    }

    private void report(MethodInvocationTree call) {
        String file = unit.getSourceFile().getName().replaceAll(".*/|\\.java", "");
        found.add(file + ": " + call);
    }
}
