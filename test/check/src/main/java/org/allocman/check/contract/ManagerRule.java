package org.allocman.check.contract;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapFailure;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.bootstrap.InitialState;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;

/** The manager itself on a kernel, as far as its memory reaches. */
final class ManagerRule {
    private static final int OBJECTS = 120;
    private static final long VIRTUAL_POOL = 1L << 18;

    private ManagerRule() {}

    static List<KernelRule> all() {
        return List.of(KernelRule.manager(
                "aManagerStartsAndGetsEverythingBack",
                KernelPart.MANAGER,
                "A manager starts on the kernel, makes objects, frees them, and the largest untyped is whole again.",
                ManagerRule::check));
    }

    private static void check(KernelRig rig) {
        RootSpace space = rig.space;
        if (space == null || space.poolBytes() == 0) {
            throw new RuleLeftOut("there is no pool of memory for a manager");
        }
        rig.ok(rig.kernel.revoke(rig.at(rig.source().slot())), "the untyped is given back to the manager");
        BootstrapOptions options = BootstrapOptions.fixed(space.poolBase(), space.poolBytes());
        if (rig.architecture.hasPaging() && space.free() != 0) {
            options = options.withVirtualPool(space.free(), VIRTUAL_POOL);
        }
        try {
            Either<BootstrapFailure, Allocman> started =
                    Bootstrap.start(rig.kernel, space.memory(), InitialState.of(rig.bootInfo), options);
            if (started.isLeft()) {
                throw new RuleBroken("no manager starts: " + started.getLeft().message());
            }
            work(rig, new AllocmanVka(started.get()));
        } catch (MemoryFault fault) {
            throw new RuleBroken("the manager's own memory faults: " + fault.getMessage());
        }
    }

    private static void work(KernelRig rig, Vka vka) {
        List<VkaObject> live = new ArrayList<>();
        ObjectType[] types = {
            ObjectType.ENDPOINT, rig.architecture.frames().get(0), ObjectType.TCB, ObjectType.NOTIFICATION
        };
        for (int i = 0; i < OBJECTS; i++) {
            Either<VkaError, VkaObject> made =
                    i % 5 == 4 ? vka.untyped(5 + i % 6) : vka.allocate(types[i % types.length], 0);
            if (made.isLeft()) {
                rig.isTrue(made.getLeft().kernel() == null, "an allocation is carried out: " + made.getLeft());
                break;
            }
            live.add(made.get());
        }
        rig.isTrue(live.size() > OBJECTS / 4, "there is memory for " + live.size() + " objects only");
        for (int odd = 0; odd < 2; odd++) {
            for (int i = odd; i < live.size(); i += 2) {
                Option<VkaError> refusal = vka.free(live.get(i));
                rig.isTrue(refusal.isEmpty(), "an object is given back: " + refusal);
            }
        }
        int largest = rig.bootInfo.untypeds().stream()
                .filter(untyped -> !untyped.device())
                .mapToInt(Untyped::sizeBits)
                .max()
                .orElse(0);
        Either<VkaError, VkaObject> whole = vka.untyped(largest - 1);
        rig.isTrue(whole.isRight(), "half of the largest untyped is in one piece again: " + whole);
    }
}
