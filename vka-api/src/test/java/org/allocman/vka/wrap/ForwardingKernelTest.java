package org.allocman.vka.wrap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.vavr.control.Either;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.allocman.vka.Architecture;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelDomains;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelInterrupts;
import org.allocman.vka.KernelPorts;
import org.allocman.vka.KernelScheduling;
import org.allocman.vka.KernelVcpus;
import org.allocman.vka.KernelVtx;
import org.allocman.vka.ThreadSpaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each invocation is forwarded as it is, is seen, and can be refused; kernels that lack one say so. */
class ForwardingKernelTest {
    private static final KernelError ANSWER = KernelError.rangeError(3, 5);
    private static final List<String> NO_INVOCATIONS =
            List.of("architecture", "unsupported", "interrupts", "scheduling", "ports", "domains", "vcpus", "vtx");
    private static final List<Class<?>> PARTS = List.of(
            Kernel.class,
            KernelInterrupts.class,
            KernelScheduling.class,
            KernelPorts.class,
            KernelDomains.class,
            KernelVcpus.class,
            KernelVtx.class);

    /** Invokes what a kernel has itself, or what one of its parts has. */
    private static Object invoke(Method invocation, Kernel kernel, Object... arguments) throws Exception {
        List<Object> parts = List.of(
                kernel,
                kernel.interrupts(),
                kernel.scheduling(),
                kernel.ports(),
                kernel.domains(),
                kernel.vcpus(),
                kernel.vtx());
        return invocation.invoke(parts.get(PARTS.indexOf(invocation.getDeclaringClass())), arguments);
    }

    static Stream<Method> invocationsOfAllocators() {
        return invocations().filter(method -> method.getDeclaringClass() == Kernel.class);
    }

    /** Every invocation of the port; a path instead of three numbers is no other invocation. */
    static Stream<Method> invocations() {
        return PARTS.stream()
                .flatMap(part -> Stream.of(part.getMethods()))
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !NO_INVOCATIONS.contains(method.getName())
                        && !(List.of("delete", "revoke").contains(method.getName())
                                && method.getParameterCount() == 1));
    }

    @ParameterizedTest
    @MethodSource("invocations")
    void itIsForwardedAsItIs(Method invocation) throws Exception {
        List<Object[]> arrived = new ArrayList<>();
        Watching kernel = new Watching(answering(invocation, arrived), null);
        Object[] arguments = arguments(invocation);
        assertEquals(ANSWER, errorOf(invoke(invocation, kernel, arguments)));
        assertEquals(1, arrived.size());
        assertArrayEquals(arguments, arrived.get(0));
        assertEquals(1, kernel.asked.size());
        assertEquals(kernel.asked, kernel.told);
        assertEquals(ANSWER, kernel.last);
    }

    @ParameterizedTest
    @MethodSource("invocations")
    void itCanBeRefused(Method invocation) throws Exception {
        List<Object[]> arrived = new ArrayList<>();
        Watching kernel = new Watching(answering(invocation, arrived), KernelError.deleteFirst());
        assertEquals(KernelError.deleteFirst(), errorOf(invoke(invocation, kernel, arguments(invocation))));
        assertEquals(List.of(), arrived);
        assertEquals(KernelError.deleteFirst(), kernel.last);
    }

    @Test
    void eachInvocationHasAKindOfItsOwn() throws Exception {
        Set<InvocationKind> kinds = EnumSet.noneOf(InvocationKind.class);
        for (Method invocation : invocations().toList()) {
            Watching kernel = new Watching(answering(invocation, new ArrayList<>()), null);
            invoke(invocation, kernel, arguments(invocation));
            kinds.addAll(kernel.asked);
        }
        assertEquals(EnumSet.allOf(InvocationKind.class), kinds);
    }

    @Test
    void aPathStandsForThreeNumbers() {
        List<InvocationKind> seen = new ArrayList<>();
        Kernel kernel = new ForwardingKernel(new NullKernel(Architecture.RISCV64)) {
            @Override
            public KernelError delete(long root, long index, int depth) {
                assertArrayEquals(new long[] {2, 77, 64}, new long[] {root, index, depth});
                return super.delete(root, index, depth);
            }

            @Override
            public KernelError revoke(long root, long index, int depth) {
                assertArrayEquals(new long[] {2, 77, 64}, new long[] {root, index, depth});
                return super.revoke(root, index, depth);
            }

            @Override
            protected KernelError answered(InvocationKind invocation, KernelError error) {
                seen.add(invocation);
                return error;
            }
        };
        CapPath path = new CapPath(2, 77, 64);
        assertSame(KernelError.NO_ERROR, kernel.delete(path));
        assertSame(KernelError.NO_ERROR, kernel.revoke(path));
        assertEquals(List.of(InvocationKind.DELETE, InvocationKind.REVOKE), seen);
    }

    @ParameterizedTest
    @MethodSource("invocations")
    void aKernelMayLackAllButThree(Method invocation) throws Exception {
        Object answer = invoke(invocation, new Least(), arguments(invocation));
        boolean has = List.of("retype", "delete", "revoke").contains(invocation.getName());
        assertEquals(has ? KernelError.NO_ERROR : KernelError.illegalOperation(), errorOf(answer));
    }

    @ParameterizedTest
    @MethodSource("invocationsOfAllocators")
    void theNullKernelGrantsAllButAnAddress(Method invocation) throws Exception {
        Object answer = invoke(invocation, new NullKernel(Architecture.RISCV64), arguments(invocation));
        boolean has = !invocation.getName().equals("pageGetAddress");
        assertEquals(has ? KernelError.NO_ERROR : KernelError.illegalOperation(), errorOf(answer));
    }

    private static KernelError errorOf(Object answer) {
        return answer instanceof KernelError error ? error : (KernelError) ((Either<?, ?>) answer).getLeft();
    }

    /** A kernel that has one invocation, and says so whatever it is asked. */
    private static Kernel answering(Method only, List<Object[]> arrived) {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), PARTS.toArray(Class<?>[]::new), (proxy, method, arguments) -> {
                    if (List.of("interrupts", "scheduling", "ports", "domains", "vcpus", "vtx")
                            .contains(method.getName())) {
                        return proxy;
                    }
                    assertEquals(only, method);
                    arrived.add(arguments);
                    return method.getReturnType() == KernelError.class ? ANSWER : Either.left(ANSWER);
                });
    }

    /** An argument for each parameter, none like another. */
    private static Object[] arguments(Method method) {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            int number = 1000 + 10 * i;
            if (type == long.class) {
                arguments[i] = (long) number;
            } else if (type == int.class) {
                arguments[i] = number;
            } else if (type == CapPath.class) {
                arguments[i] = new CapPath(number, number + 1, number + 2);
            } else if (type == CapRights.class) {
                arguments[i] = CapRights.READ_ONLY;
            } else if (type == CacheOperation.class) {
                arguments[i] = CacheOperation.INVALIDATE;
            } else if (type == KernelInterrupts.IoApicPin.class) {
                arguments[i] = new KernelInterrupts.IoApicPin(number, number + 1, true, false);
            } else if (type == KernelInterrupts.MsiSource.class) {
                arguments[i] = new KernelInterrupts.MsiSource(number, number + 1, number + 2, number + 3);
            } else if (type == KernelVcpus.VirtualInterrupt.class) {
                arguments[i] = new KernelVcpus.VirtualInterrupt(number, number + 1, number + 2, number + 3);
            } else if (type == KernelVtx.GuestRegisters.class) {
                arguments[i] = new KernelVtx.GuestRegisters(number, 1, 2, 3, 4, 5, 6);
            } else if (type == KernelPorts.PortWidth.class) {
                arguments[i] = KernelPorts.PortWidth.BITS_16;
            } else if (type == boolean.class) {
                arguments[i] = true;
            } else if (type == KernelScheduling.SchedParams.class) {
                arguments[i] = new KernelScheduling.SchedParams(number, number + 1, number + 2, number + 3);
            } else if (type == KernelScheduling.Allotment.class) {
                arguments[i] = new KernelScheduling.Allotment(number, number + 1, number + 2, number + 3, true);
            } else {
                assertEquals(ThreadSpaces.class, type);
                arguments[i] = new ThreadSpaces(number, number + 1, number + 2, number + 3, number + 4);
            }
        }
        return arguments;
    }

    private static final class Watching extends ForwardingKernel {
        private final List<InvocationKind> asked = new ArrayList<>();
        private final List<InvocationKind> told = new ArrayList<>();
        private final KernelError refusal;
        private KernelError last;

        Watching(Kernel kernel, KernelError refusal) {
            super(kernel);
            this.refusal = refusal;
        }

        @Override
        protected KernelError refuse(InvocationKind invocation) {
            asked.add(invocation);
            return refusal;
        }

        @Override
        protected KernelError answered(InvocationKind invocation, KernelError error) {
            told.add(invocation);
            last = error;
            return error;
        }
    }

    /** What every kernel has. */
    private static final class Least implements Kernel {
        @Override
        public Architecture architecture() {
            return Architecture.RISCV64;
        }

        @Override
        public KernelError retype(
                long untyped,
                int type,
                int sizeBits,
                long root,
                long nodeIndex,
                int nodeDepth,
                long nodeOffset,
                int count) {
            return KernelError.NO_ERROR;
        }

        @Override
        public KernelError delete(long root, long index, int depth) {
            return KernelError.NO_ERROR;
        }

        @Override
        public KernelError revoke(long root, long index, int depth) {
            return KernelError.NO_ERROR;
        }
    }
}
