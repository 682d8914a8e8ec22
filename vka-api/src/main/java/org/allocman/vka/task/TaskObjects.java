package org.allocman.vka.task;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaException;
import org.allocman.vka.VkaObject;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The objects of a {@link Task}.
 *
 * @param cnode its CSpace
 * @param vspace its address space
 * @param tcb its thread
 * @param ipcBuffer the frame of its IPC buffer
 * @param schedContext its scheduling context; null without MCS, or if it has no time
 * @param reply its reply; null without MCS
 */
public record TaskObjects(
        VkaObject cnode,
        VkaObject vspace,
        VkaObject tcb,
        VkaObject ipcBuffer,
        @Nullable VkaObject schedContext,
        @Nullable VkaObject reply) {
    /** Allocates all of them, or none. */
    static Either<VkaError, TaskObjects> allocate(Vka vka, TaskOptions options) {
        Architecture architecture = vka.architecture();
        boolean hasMcs = architecture.hasMcs();
        List<VkaObject> made = new ArrayList<>();
        try {
            return Either.right(new TaskObjects(
                    taken(made, vka.cnode(options.radix())),
                    taken(made, vka.vspace()),
                    taken(made, vka.tcb()),
                    taken(made, vka.smallPage()),
                    hasMcs && options.time() != null
                            ? taken(made, vka.schedContext(architecture.leastSize(ObjectType.SCHED_CONTEXT)))
                            : null,
                    hasMcs ? taken(made, vka.reply()) : null));
        } catch (VkaException refused) {
            Option<VkaError> rest = Option.none();
            for (int i = made.size() - 1; i >= 0 && rest.isEmpty(); i--) {
                rest = vka.free(made.get(i));
            }
            return Either.left(withRest(refused.error(), rest));
        }
    }

    private static VkaObject taken(List<VkaObject> made, Either<VkaError, VkaObject> answer) {
        VkaObject object = VkaException.orThrow(answer);
        made.add(object);
        return object;
    }

    static VkaError withRest(VkaError why, Option<VkaError> rest) {
        return rest.isEmpty()
                ? why
                : why.withMessage(why.message() + "; and what it had taken did not all go back: "
                        + rest.get().message());
    }

    /** All of them, in the order in which they are given back: a thread lets go of its spaces before these go. */
    List<VkaObject> all() {
        List<VkaObject> all = new ArrayList<>(List.of(tcb));
        for (VkaObject object : new @Nullable VkaObject[] {schedContext, reply, ipcBuffer, cnode, vspace}) {
            if (object != null) {
                all.add(object);
            }
        }
        return all;
    }
}
