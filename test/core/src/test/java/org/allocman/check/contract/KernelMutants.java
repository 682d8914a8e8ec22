package org.allocman.check.contract;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;
import org.allocman.vka.wrap.ForwardingKernel;

/** Kernels with a mistake each that an author of kernels might make, around the simulated one. */
final class KernelMutants {
    private KernelMutants() {}

    /** All of them, by what is wrong. */
    static Map<String, Function<Machine, Kernel>> all() {
        Map<String, Function<Machine, Kernel>> all = new LinkedHashMap<>();
        swallowed(all);
        trees(all);
        capabilities(all);
        retypes(all);
        pages(all);
        SpaceMutants.addTo(all);
        return all;
    }

    /** A check that was forgotten: what should be refused is answered with success. */
    private static void forgets(
            Map<String, Function<Machine, Kernel>> all, String what, InvocationKind kind, KernelError.Code code) {
        all.put(what, machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            protected KernelError answered(InvocationKind invocation, KernelError error) {
                return invocation == kind && error.code() == code ? KernelError.NO_ERROR : error;
            }
        });
    }

    private static void swallowed(Map<String, Function<Machine, Kernel>> all) {
        KernelError.Code illegal = KernelError.Code.ILLEGAL_OPERATION;
        forgets(all, "a badge is given a second time", InvocationKind.MINT, illegal);
        forgets(all, "a mutate gives badges", InvocationKind.MUTATE, illegal);
        forgets(all, "sends are cancelled without rights", InvocationKind.CANCEL_BADGED_SENDS, illegal);
        forgets(all, "a rotate with two places in one", InvocationKind.ROTATE, illegal);
        forgets(all, "a rotate onto a slot in use", InvocationKind.ROTATE, KernelError.Code.DELETE_FIRST);
        forgets(all, "a reply capability over another", InvocationKind.SAVE_CALLER, KernelError.Code.DELETE_FIRST);
        forgets(all, "an untyped with children is copied", InvocationKind.COPY, KernelError.Code.REVOKE_FIRST);
        forgets(all, "a pool of an untyped in use", InvocationKind.MAKE_ASID_POOL, KernelError.Code.REVOKE_FIRST);
        forgets(all, "a second ASID", InvocationKind.ASID_POOL_ASSIGN, KernelError.Code.INVALID_CAPABILITY);
        forgets(all, "a page in a space without ASID", InvocationKind.PAGE_MAP, KernelError.Code.INVALID_CAPABILITY);
        forgets(all, "a page at any address", InvocationKind.PAGE_MAP, KernelError.Code.ALIGNMENT_ERROR);
        forgets(all, "a page at two addresses", InvocationKind.PAGE_MAP, KernelError.Code.INVALID_ARGUMENT);
        forgets(all, "a page without its tables", InvocationKind.PAGE_MAP, KernelError.Code.FAILED_LOOKUP);
        forgets(all, "a table mapped twice", InvocationKind.TABLE_MAP, KernelError.Code.INVALID_CAPABILITY);
        forgets(all, "an endpoint as CSpace", InvocationKind.TCB_SET_SPACE, illegal);
        forgets(all, "a second notification", InvocationKind.TCB_BIND_NOTIFICATION, illegal);
        forgets(all, "nothing to unbind", InvocationKind.TCB_UNBIND_NOTIFICATION, illegal);
        forgets(all, "any priority", InvocationKind.TCB_SET_PRIORITY, KernelError.Code.RANGE_ERROR);
        forgets(all, "any greatest priority", InvocationKind.TCB_SET_MC_PRIORITY, KernelError.Code.RANGE_ERROR);
        forgets(all, "a second handler", InvocationKind.IRQ_CONTROL_GET, KernelError.Code.REVOKE_FIRST);
        forgets(
                all,
                "an interrupt signals an endpoint",
                InvocationKind.IRQ_HANDLER_SET_NOTIFICATION,
                KernelError.Code.INVALID_CAPABILITY);
        forgets(all, "a slot that is looked up nowhere", InvocationKind.COPY, KernelError.Code.FAILED_LOOKUP);
        forgets(all, "a move of nothing", InvocationKind.MOVE, KernelError.Code.FAILED_LOOKUP);
        forgets(all, "any depth", InvocationKind.DELETE, KernelError.Code.RANGE_ERROR);
        forgets(
                all,
                "more objects than there is memory for",
                InvocationKind.RETYPE,
                KernelError.Code.NOT_ENOUGH_MEMORY);
        forgets(all, "objects over what is in a slot", InvocationKind.RETYPE, KernelError.Code.DELETE_FIRST);
        forgets(all, "any count", InvocationKind.RETYPE, KernelError.Code.RANGE_ERROR);
        forgets(all, "any type", InvocationKind.RETYPE, KernelError.Code.INVALID_ARGUMENT);
    }

    private static void trees(Map<String, Function<Machine, Kernel>> all) {
        all.put("revoke spares grandchildren", machine -> new ForwardingKernel(machine.kernel()) {
            private final Map<Long, List<Long>> children = new HashMap<>();

            @Override
            public KernelError retype(
                    long untyped, int type, int size, long root, long index, int depth, long offset, int count) {
                KernelError error = super.retype(untyped, type, size, root, index, depth, offset, count);
                if (!error.failed() && root == BootSlots.CNODE) {
                    for (int i = 0; i < count; i++) {
                        children.computeIfAbsent(untyped, any -> new ArrayList<>())
                                .add(offset + i);
                    }
                }
                return error;
            }

            @Override
            public KernelError revoke(long root, long index, int depth) {
                List<Long> direct = children.remove(index);
                if (direct == null) {
                    return super.revoke(root, index, depth);
                }
                direct.forEach(child -> super.delete(root, child, depth));
                return KernelError.NO_ERROR;
            }
        });
        all.put("revoke does nothing", machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            public KernelError revoke(long root, long index, int depth) {
                return KernelError.NO_ERROR;
            }
        });
        all.put("revoke takes the capability itself", machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            public KernelError revoke(long root, long index, int depth) {
                KernelError error = super.revoke(root, index, depth);
                return error.failed() ? error : super.delete(root, index, depth);
            }
        });
        all.put("revoke of an empty slot is an error", onEmpty(InvocationKind.REVOKE));
        all.put("delete of an empty slot is an error", onEmpty(InvocationKind.DELETE));
        all.put("delete takes what is derived", machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            public KernelError delete(long root, long index, int depth) {
                KernelError error = super.revoke(root, index, depth);
                return error.failed() ? error : super.delete(root, index, depth);
            }
        });
        all.put("a move is a copy and a delete", machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            public KernelError move(CapPath to, CapPath from) {
                KernelError error = super.copy(to, from, CapRights.ALL);
                return error.failed() ? super.move(to, from) : super.delete(from);
            }
        });
        all.put("a move leaves its source", machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            public KernelError move(CapPath to, CapPath from) {
                return super.copy(to, from, CapRights.ALL);
            }
        });
    }

    private static Function<Machine, Kernel> onEmpty(InvocationKind kind) {
        return machine -> new ForwardingKernel(machine.kernel()) {
            private KernelError look(CapPath at) {
                KernelError error = super.copy(at, at, CapRights.ALL);
                return error.code() == KernelError.Code.FAILED_LOOKUP ? error : KernelError.NO_ERROR;
            }

            @Override
            public KernelError delete(long root, long index, int depth) {
                KernelError error =
                        kind == InvocationKind.DELETE ? look(new CapPath(root, index, depth)) : KernelError.NO_ERROR;
                return error.failed() ? error : super.delete(root, index, depth);
            }

            @Override
            public KernelError revoke(long root, long index, int depth) {
                KernelError error =
                        kind == InvocationKind.REVOKE ? look(new CapPath(root, index, depth)) : KernelError.NO_ERROR;
                return error.failed() ? error : super.revoke(root, index, depth);
            }
        };
    }

    private static void capabilities(Map<String, Function<Machine, Kernel>> all) {
        all.put("a copy has all rights", machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            public KernelError copy(CapPath to, CapPath from, CapRights rights) {
                return super.copy(to, from, CapRights.ALL);
            }
        });
        all.put("a copy over a slot in use", machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            public KernelError copy(CapPath to, CapPath from, CapRights rights) {
                KernelError error = super.copy(to, from, rights);
                if (error.code() != KernelError.Code.DELETE_FIRST) {
                    return error;
                }
                super.delete(to);
                return super.copy(to, from, rights);
            }
        });
        all.put("guards are forgotten", machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            public KernelError mint(CapPath to, CapPath from, CapRights rights, long badge) {
                return super.mint(to, from, rights, badge > 256 ? 0 : badge);
            }
        });
        all.put("a copy looks at its source first", machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            public KernelError copy(CapPath to, CapPath from, CapRights rights) {
                KernelError error = super.copy(to, from, rights);
                return error.code() == KernelError.Code.DELETE_FIRST && isEmpty(from)
                        ? KernelError.failedLookup(true, LookupFault.missingCapability(from.depth()))
                        : error;
            }

            private boolean isEmpty(CapPath at) {
                return super.copy(at, at, CapRights.ALL).code() == KernelError.Code.FAILED_LOOKUP;
            }
        });
        all.put("look-ups tell the bits that were found", changes(InvocationKind.COPY, error -> {
            LookupFault fault = error.lookupFault();
            return fault == null || fault.kind() == LookupFault.Kind.INVALID_ROOT
                    ? error
                    : KernelError.failedLookup(
                            error.detail(0) == 1,
                            new LookupFault(
                                    fault.kind(),
                                    Math.max(0, fault.bitsLeft() - 1),
                                    fault.guardFound(),
                                    fault.bitsFound()));
        }));
    }

    private static Function<Machine, Kernel> changes(InvocationKind kind, Function<KernelError, KernelError> how) {
        return machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            protected KernelError answered(InvocationKind invocation, KernelError error) {
                return invocation == kind ? how.apply(error) : error;
            }
        };
    }

    private static void retypes(Map<String, Function<Machine, Kernel>> all) {
        all.put(
                "memory left is always none",
                changes(
                        InvocationKind.RETYPE,
                        error -> error.code() == KernelError.Code.NOT_ENOUGH_MEMORY
                                ? KernelError.notEnoughMemory(0)
                                : error));
        all.put("an untyped never begins anew after a delete", machine -> new ForwardingKernel(machine.kernel()) {
            private final Map<Long, Long> used = new HashMap<>();

            @Override
            public KernelError retype(
                    long untyped, int type, int size, long root, long index, int depth, long offset, int count) {
                ObjectType made = architecture().type(type);
                long bytes = made == null ? 0 : (long) count << architecture().sizeBits(made, size);
                if (used.getOrDefault(untyped, 0L) + bytes > 1L << KernelRig.LARGE && bytes <= 1L << KernelRig.LARGE) {
                    return KernelError.notEnoughMemory(0);
                }
                KernelError error = super.retype(untyped, type, size, root, index, depth, offset, count);
                if (!error.failed()) {
                    used.merge(untyped, bytes, Long::sum);
                }
                return error;
            }

            @Override
            public KernelError revoke(long root, long index, int depth) {
                used.remove(index);
                return super.revoke(root, index, depth);
            }
        });
        all.put("some of many objects are made", machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            public KernelError retype(
                    long untyped, int type, int size, long root, long index, int depth, long offset, int count) {
                KernelError error = super.retype(untyped, type, size, root, index, depth, offset, count);
                if (error.code() == KernelError.Code.DELETE_FIRST && count > 1) {
                    super.retype(untyped, type, size, root, index, depth, offset, count - 1);
                }
                return error;
            }
        });
        all.put("one object is made where many are asked for", machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            public KernelError retype(
                    long untyped, int type, int size, long root, long index, int depth, long offset, int count) {
                return super.retype(untyped, type, size, root, index, depth, offset, Math.min(count, 1));
            }
        });
        all.put(
                "the count is checked before the offset",
                ordered((error, swapped) -> swapped ? KernelError.rangeError(1, 256) : error));
        all.put("frames are not cleared", UnclearedFrames::new);
    }

    private static Function<Machine, Kernel> ordered(BiFunction<KernelError, Boolean, KernelError> how) {
        return machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            public KernelError retype(
                    long untyped, int type, int size, long root, long index, int depth, long offset, int count) {
                KernelError error = super.retype(untyped, type, size, root, index, depth, offset, count);
                return how.apply(error, error.code() == KernelError.Code.RANGE_ERROR && count == 0);
            }
        };
    }

    private static void pages(Map<String, Function<Machine, Kernel>> all) {
        all.put("a map tells one level too high", changes(InvocationKind.PAGE_MAP, error -> {
            LookupFault fault = error.lookupFault();
            return fault == null || fault.kind() != LookupFault.Kind.MISSING_CAPABILITY
                    ? error
                    : KernelError.failedLookup(false, LookupFault.missingCapability(fault.bitsLeft() + 9));
        }));
        all.put("a frame's address is told wrongly", machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            public Either<KernelError, Long> pageGetAddress(long frame) {
                return super.pageGetAddress(frame).map(paddr -> paddr + 0x1000);
            }
        });
        all.put("an unmap of what is not mapped is refused", machine -> new ForwardingKernel(machine.kernel()) {
            private final List<Long> mapped = new ArrayList<>();

            @Override
            public KernelError pageMap(long frame, long vspace, long vaddr, CapRights rights, long attributes) {
                KernelError error = super.pageMap(frame, vspace, vaddr, rights, attributes);
                if (!error.failed()) {
                    mapped.add(frame);
                }
                return error;
            }

            @Override
            public KernelError pageUnmap(long frame) {
                return mapped.removeIf(one -> one == frame) ? super.pageUnmap(frame) : KernelError.illegalOperation();
            }
        });
        all.put("a mapping allows everything", machine -> new ForwardingKernel(machine.kernel()) {
            @Override
            public KernelError pageMap(long frame, long vspace, long vaddr, CapRights rights, long attributes) {
                return super.pageMap(frame, vspace, vaddr, CapRights.ALL, attributes);
            }
        });
    }
}
