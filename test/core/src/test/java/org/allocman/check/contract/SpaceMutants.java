package org.allocman.check.contract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.AddressSpaces;
import org.allocman.sim.kernel.SimKernel;
import org.allocman.sim.kernel.paging.Paging;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;

/** Simulated kernels whose part about address spaces has a mistake. */
final class SpaceMutants {
    private SpaceMutants() {}

    /** Another body for a method of the part about address spaces. */
    @FunctionalInterface
    private interface Instead {
        Object answer(AddressSpaces real, Object[] arguments);
    }

    static void addTo(Map<String, Function<Machine, Kernel>> all) {
        all.put("a frame that is revoked stays mapped", instead("onDelete", (real, arguments) -> null));
        all.put("an unmap does nothing", instead("pageUnmap", (real, arguments) -> KernelError.NO_ERROR));
        all.put("a copy counts as mapped", instead("onCopy", (real, arguments) -> null));
        all.put("a mapping has more rights than its capability", instead("pageMap", (real, arguments) -> {
            // what is asked for counts, not what the capability allows
            real.onCopy((Long) arguments[0], 15);
            return real.pageMap(
                    (Long) arguments[0], (Long) arguments[1], (Long) arguments[2], (Long) arguments[3], (Long)
                            arguments[4]);
        }));
        all.put(
                "a page goes one further",
                instead(
                        "pageMap",
                        (real, arguments) -> real.pageMap(
                                (Long) arguments[0],
                                (Long) arguments[1],
                                (Long) arguments[2] + 0x1000,
                                (Long) arguments[3],
                                (Long) arguments[4])));
    }

    private static Function<Machine, Kernel> instead(String method, Instead how) {
        return machine -> {
            Architecture architecture = machine.board().architecture();
            AddressSpaces real = Paging.addressSpaces(machine.memory(), architecture, machine.kernelState());
            AddressSpaces broken = (AddressSpaces) Proxy.newProxyInstance(
                    SpaceMutants.class.getClassLoader(),
                    new Class<?>[] {AddressSpaces.class},
                    (proxy, called, given) -> {
                        if (called.getName().equals(method)) {
                            return how.answer(real, given);
                        }
                        try {
                            return called.invoke(real, given);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    });
            return new SimKernel(machine.memory(), architecture, machine.kernelState(), broken);
        };
    }
}
