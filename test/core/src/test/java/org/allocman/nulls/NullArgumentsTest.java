package org.allocman.nulls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.bootstrap.BootstrapPlan;
import org.allocman.bootstrap.InitialState;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.BootSizes;
import org.allocman.lab.machine.MachineBoot;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.plan.Demand;
import org.allocman.plan.Plan;
import org.allocman.plan.Planner;
import org.allocman.plan.StartingPoint;
import org.allocman.plan.Workload;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardHints;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaException;
import org.allocman.vka.VkaObject;
import org.allocman.vka.VkaObjects;
import org.allocman.vka.vspace.VSpace;
import org.allocman.vka.wrap.DebugVka;
import org.allocman.vka.wrap.NullVka;
import org.allocman.vka.wrap.QuotaVka;
import org.allocman.vka.wrap.SynchronizedVka;
import org.allocman.vka.wrap.VkaScope;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Null, where a class that people begin with takes an object, is refused at once: with the parameter's name, before anything else is
 * looked at or done. Each parameter of each public method and constructor of these classes is tried.
 */
class NullArgumentsTest {
    /** The classes, most of them in the order in which one meets them. */
    private static final List<Class<?>> DOORS = List.of(
            Boards.class,
            ManagedMachine.class,
            ManagedMachine.Pools.class,
            InitialState.class,
            BootstrapOptions.class,
            BootstrapPlan.class,
            Bootstrap.class,
            AllocmanVka.class,
            Vka.class,
            VkaObjects.class,
            VkaError.class,
            VkaException.class,
            DebugVka.class,
            NullVka.class,
            QuotaVka.class,
            SynchronizedVka.class,
            VkaScope.class,
            VSpace.class,
            Demand.class,
            Workload.class,
            Planner.class);

    private static final Map<Class<?>, Object> SAMPLES = new HashMap<>();

    private static <T> void sample(Class<T> type, T value) {
        SAMPLES.put(type, value);
    }

    @BeforeAll
    static void makeSamples() {
        Board board = Boards.byName("tiny");
        ManagedMachine.Pools pools = ManagedMachine.Pools.DEFAULT;
        ManagedMachine machine = ManagedMachine.start(board, pools, kernel -> kernel);
        BootInfo bootInfo = machine.machine().bootInfo();
        Vka vka = machine.vka();
        VkaObject object = VkaException.orThrow(vka.endpoint());
        BootstrapOptions options = BootstrapOptions.fixed(0x10_0000, 0x8000);
        VkaError error = new VkaError(VkaError.Reason.IN_USE, "in use");
        Workload workload = new Workload(List.of());
        sample(Board.class, board);
        sample(ManagedMachine.class, machine);
        sample(ManagedMachine.Pools.class, pools);
        sample(Machine.class, machine.machine());
        sample(BootSizes.class, BootSizes.USUAL);
        sample(BoardHints.class, BoardHints.NONE);
        sample(BootInfo.class, bootInfo);
        sample(InitialState.class, InitialState.of(bootInfo));
        sample(BootstrapOptions.class, options);
        sample(BootstrapPlan.class, BootstrapPlan.of(bootInfo, options));
        sample(Vka.class, vka);
        sample(VkaObjects.class, vka);
        sample(AllocmanVka.class, new AllocmanVka(machine.allocman()));
        sample(DebugVka.class, new DebugVka(vka));
        sample(NullVka.class, new NullVka(board.architecture()));
        sample(QuotaVka.class, new QuotaVka(vka, 1 << 20, 100));
        sample(SynchronizedVka.class, new SynchronizedVka(vka));
        sample(VkaScope.class, new VkaScope(vka));
        sample(VSpace.class, new VSpace(vka, machine.kernel(), 2));
        sample(VkaError.class, error);
        sample(VkaError.Reason.class, VkaError.Reason.IN_USE);
        sample(VkaObject.class, object);
        sample(CapPath.class, vka.path(object.cptr()));
        sample(CapRights.class, CapRights.ALL);
        sample(ObjectType.class, ObjectType.ENDPOINT);
        sample(Architecture.class, board.architecture());
        sample(Kernel.class, machine.kernel());
        sample(Memory.class, machine.machine().rootMemory());
        sample(InvocationKind.class, InvocationKind.RETYPE);
        sample(KernelError.class, KernelError.NO_ERROR);
        sample(Either.class, Either.left(error));
        sample(Option.class, Option.none());
        sample(UntypedDesign.class, UntypedDesigns.ALL.get(0));
        sample(CSpaceGeometry.class, CSpaceGeometry.CURRENT);
        sample(GrowthListener.class, GrowthListener.NONE);
        sample(UnaryOperator.class, UnaryOperator.identity());
        sample(Supplier.class, () -> "");
        sample(Runnable.class, () -> {});
        sample(List.class, List.of());
        sample(String.class, "x");
        sample(Workload.class, workload);
        sample(Demand.class, Demand.slots(1));
        sample(Plan.Pool.class, Plan.Pool.values()[0]);
        sample(StartingPoint.Boot.class, new MachineBoot(board, UntypedDesigns.ALL.get(0), 0));
    }

    /** A call with null for one parameter. */
    record Call(Executable executable, int parameter) {
        @Override
        public String toString() {
            return executable.getDeclaringClass().getSimpleName() + "." + executable.getName()
                    + Arrays.stream(executable.getParameterTypes())
                            .map(Class::getSimpleName)
                            .toList()
                    + " parameter " + parameter;
        }
    }

    static List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        for (Class<?> door : DOORS) {
            boolean isResult = door == ManagedMachine.class || door == BootstrapPlan.class;
            List<Executable> executables = new ArrayList<>(isResult ? List.of() : List.of(door.getConstructors()));
            Arrays.stream(door.getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge())
                    .filter(method -> !isOfVka(door, method))
                    .forEach(executables::add);
            for (Executable executable : executables) {
                AnnotatedType[] types = executable.getAnnotatedParameterTypes();
                for (int i = 0; i < types.length; i++) {
                    if (!executable.getParameterTypes()[i].isPrimitive()
                            && !types[i].isAnnotationPresent(Nullable.class)) {
                        calls.add(new Call(executable, i));
                    }
                }
            }
        }
        assertTrue(calls.size() > 80, calls.size() + " parameters are objects");
        return calls;
    }

    /** Objects may be compared with null; and what wraps a {@link Vka} hands null on to what it wraps. */
    private static boolean isOfVka(Class<?> door, Method method) {
        boolean isWrapper = door.getPackage().equals(DebugVka.class.getPackage());
        return method.getName().equals("equals")
                || isWrapper
                        && Arrays.stream(Vka.class.getMethods())
                                .anyMatch(of -> of.getName().equals(method.getName())
                                        && Arrays.equals(of.getParameterTypes(), method.getParameterTypes()));
    }

    private static @Nullable Object value(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type.isPrimitive()) {
            return type == int.class ? (Object) 0 : (Object) 0L;
        }
        return Objects.requireNonNull(SAMPLES.get(type), () -> "a sample of " + type);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void nullIsRefusedByItsName(Call call) throws Exception {
        Executable executable = call.executable();
        Class<?>[] types = executable.getParameterTypes();
        @Nullable Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = i == call.parameter() ? null : value(types[i]);
        }
        Throwable thrown = thrown(executable, arguments);
        assertTrue(thrown instanceof NullPointerException, () -> call + " ends with " + thrown);
        StackTraceElement[] trace = Objects.requireNonNull(thrown).getStackTrace();
        String by = trace[0].getClassName() + "." + trace[0].getMethodName();
        assertEquals(
                "java.util.Objects.requireNonNull", by, () -> call + " ends in the depth with " + thrown.getMessage());
        assertTrue(String.valueOf(thrown.getMessage()).matches("[a-z][A-Za-z]*"), thrown.getMessage());
    }

    private static @Nullable Throwable thrown(Executable executable, @Nullable Object[] arguments) throws Exception {
        try {
            if (executable instanceof Constructor<?> constructor) {
                constructor.newInstance(arguments);
            } else if (executable instanceof Method method) {
                boolean isStatic = Modifier.isStatic(method.getModifiers());
                method.invoke(isStatic ? null : value(method.getDeclaringClass()), arguments);
            }
            return null;
        } catch (InvocationTargetException wrapped) {
            return wrapped.getCause();
        }
    }
}
