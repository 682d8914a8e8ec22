package org.allocman.cli.provider;

import io.vavr.control.Either;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.allocman.check.action.SubjectDesign;
import org.allocman.cli.frame.NullReturnedException;
import org.allocman.cspace.CSpaceDesign;
import org.allocman.manager.ResourceDesign;
import org.allocman.resource.ResourceType;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedManager;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Wraps an object of a class that the user brought, and names the method that returned null. Without it the null would be noticed
 * somewhere in our code, which cannot tell where it came from.
 */
final class NullGuard implements InvocationHandler {
    /* No method of these may return null. What is called for each allocation is not among them: a proxy takes time. */
    static final Set<Class<?>> GUARDED = Set.of(
            UntypedDesign.class, CSpaceDesign.class, ResourceDesign.class, ResourceType.class, SubjectDesign.class);

    private final String where;
    private final Object target;

    private NullGuard(String where, Object target) {
        this.where = where;
        this.target = target;
    }

    /**
     * Wraps an object.
     *
     * @param where the jar, as the user named it
     * @param target the object
     * @param type the interface to show, one of {@link #GUARDED}
     * @return an object that behaves like it, but for null
     */
    static <T extends Object> T of(String where, T target, Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new NullGuard(where, target)));
    }

    /** The class that the user wrote. */
    static Class<?> classOf(Object guarded) {
        return target(guarded).getClass();
    }

    private static Object target(Object one) {
        return Proxy.isProxyClass(one.getClass()) && Proxy.getInvocationHandler(one) instanceof NullGuard guard
                ? guard.target
                : one;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(method, arguments);
        }
        @Nullable Object result;
        try {
            result = method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            throw cause == null ? thrown : cause;
        }
        // what is returned for a method without a result is ignored
        return method.getReturnType() == void.class ? target : guarded(checked(method, result));
    }

    /** Two wrappers are equal if they wrap the same object. */
    private Object ofObject(Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments[0] != null && target(arguments[0]) == target;
            case "hashCode" -> System.identityHashCode(target);
            default -> String.valueOf(target);
        };
    }

    private Object checked(Method method, @Nullable Object result) {
        if (result == null) {
            throw new NullReturnedException(where, target.getClass(), method.getName(), "null");
        }
        if (result instanceof List<?> list) {
            for (Object element : list) {
                if (element == null) {
                    throw new NullReturnedException(
                            where, target.getClass(), method.getName(), "a list with null in it");
                }
            }
        }
        if (result instanceof Either<?, ?> either && (either.isLeft() ? either.getLeft() : either.get()) == null) {
            throw new NullReturnedException(where, target.getClass(), method.getName(), "an Either of null");
        }
        return result;
    }

    /** What a result leads to is guarded as well. */
    private Object guarded(Object result) {
        if (result instanceof Either<?, ?> either && either.isRight() && either.get() instanceof ResourceType type) {
            return Either.right(of(where, type, ResourceType.class));
        }
        if (result instanceof UntypedManager manager) {
            return new GuardedUntypeds(where, manager);
        }
        return result instanceof UntypedDesign design ? of(where, design, UntypedDesign.class) : result;
    }
}
