package org.allocman.serve;

import io.vavr.control.Either;
import java.util.Arrays;
import java.util.List;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Which machines clients can have: the server's own board, and the built-in ones by name. No client names a file.
 *
 * @param board the board that a client gets who names none
 * @param pools pools of a manager, and the size of the static pool
 * @param managed whether a manager is on a machine if the client does not say
 */
public record ServedBoards(Board board, ManagedMachine.Pools pools, boolean managed) {
    private static final String AS = "as";
    private static final String BARE = "bare";
    private static final String MANAGED = "managed";

    /** What a client asked for. */
    private record Wanted(@Nullable String board, @Nullable String architecture, boolean managed) {}

    /** Boots what the words behind {@code boot} say: {@code [BOARD] [as ARCHITECTURE] [bare|managed]}. */
    Either<String, ServedMachine> boot(List<String> words) {
        return wanted(words).flatMap(this::boot);
    }

    private Either<String, Wanted> wanted(List<String> words) {
        String name = null;
        String architecture = null;
        boolean hasManager = managed;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals(AS)) {
                i++;
                if (i == words.size() || architecture != null) {
                    return Either.left("one architecture is wanted behind 'as', for instance 'as riscv64'");
                }
                architecture = words.get(i);
            } else if (word.equals(BARE) || word.equals(MANAGED)) {
                hasManager = word.equals(MANAGED);
            } else if (name == null) {
                name = word;
            } else {
                return Either.left("'" + word + "' has no place here: boot [BOARD] [as ARCHITECTURE] [bare|managed]");
            }
        }
        return Either.right(new Wanted(name, architecture, hasManager));
    }

    private Either<String, ServedMachine> boot(Wanted wanted) {
        Board found = wanted.board == null
                ? board
                : Boards.names().contains(wanted.board) ? Boards.byName(wanted.board) : null;
        if (found == null) {
            return Either.left(
                    "there is no board '" + wanted.board + "'; there are " + String.join(", ", Boards.names()));
        }
        if (wanted.architecture != null) {
            Architecture architecture = Architecture.named(wanted.architecture);
            if (architecture == null) {
                return Either.left("there is no architecture '" + wanted.architecture + "'; there are "
                        + String.join(
                                ", ",
                                Arrays.stream(Architecture.values())
                                        .map(Architecture::text)
                                        .toList()));
            }
            found = new Board(found.name(), architecture, found.regions(), found.mirrors());
        }
        try {
            Machine machine = ManagedMachine.boot(found, pools);
            return wanted.managed ? managed(machine) : Either.right(new ServedMachine(machine, null));
        } catch (BootFailure tooSmall) {
            return Either.left(String.valueOf(tooSmall.getMessage()));
        }
    }

    private Either<String, ServedMachine> managed(Machine machine) {
        return ManagedMachine.manage(machine, pools, kernel -> kernel, GrowthListener.NONE)
                .mapLeft(failure -> failure.message())
                .map(managed -> new ServedMachine(machine, managed.allocman()));
    }
}
