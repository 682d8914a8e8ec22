package org.allocman.lab.machine;

import io.vavr.control.Option;
import java.util.List;
import org.allocman.manager.AllocmanVka;
import org.allocman.sim.board.Board;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.uvisor.AddressRange;
import org.allocman.uvisor.Uvisor;
import org.allocman.uvisor.block.VkaPieces;
import org.allocman.vka.Memory;

/**
 * A board on which uVisor runs. With a kernel and a manager beneath it, the books, the static regions and the blocks are
 * untypeds at their own physical addresses; alone, it has the board for itself.
 *
 * @param board the board
 * @param memory all of its memory
 * @param managed kernel and manager; none if uVisor is alone
 * @param layout where everything lies
 * @param uvisor the system
 * @param behindMpu memory as the MPU lets boxes see it
 * @param records where the capabilities of the books and of the static regions are; 0 if uVisor is alone
 */
public record UvisorMachine(
        Board board,
        PhysicalMemory memory,
        Option<ManagedMachine> managed,
        UvisorLayout layout,
        Uvisor uvisor,
        Memory behindMpu,
        long records) {
    /**
     * The RAM that boxes and blocks are in; regions of the board that touch are one.
     *
     * @return the whole of it
     */
    public AddressRange ram() {
        return holding(layout.plan().geometry().start());
    }

    /**
     * RAM that has no boxes and no blocks in it.
     *
     * @return every other stretch of RAM
     */
    public List<AddressRange> otherRam() {
        AddressRange own = ram();
        return Stretches.ram(board).stream().filter(one -> !one.equals(own)).toList();
    }

    private AddressRange holding(long address) {
        return Stretches.ram(board).stream()
                .filter(one -> one.start() <= address && address <= one.end())
                .findFirst()
                .orElseThrow();
    }

    /** Gives the books and the static regions back to the manager, if there is one. The system has ended then. */
    public void giveBack() {
        if (managed.isEmpty()) {
            return;
        }
        PagedMemory words = memory.words();
        VkaPieces pieces = new VkaPieces(new AllocmanVka(managed.get().allocman()), words);
        for (HeldMemory held : HeldMemory.of(layout, records)) {
            words.clear(held.start(), held.bytes());
            pieces.giveBack(held.start(), held.bytes(), held.records()).peek(error -> {
                throw new IllegalStateException("uVisor's memory cannot be given back: " + error);
            });
        }
    }
}
