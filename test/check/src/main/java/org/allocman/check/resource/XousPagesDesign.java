package org.allocman.check.resource;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import java.util.List;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.ResourceDesign;
import org.allocman.resource.ResourceType;
import org.allocman.vka.Memory;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.NamedRange;
import org.allocman.xous.FrameTable;
import org.allocman.xous.NodeStore;
import org.allocman.xous.PageAllocations;
import org.allocman.xous.TableForm;
import org.allocman.xous.TablesLayout;
import org.allocman.xous.Whitelist;
import org.allocman.xous.XousPages;
import org.allocman.xous.process.PoolNodes;

/** Pages of Xous in normal memory, each a frame while a process owns it. */
record XousPagesDesign() implements ResourceDesign {
    @Override
    public String name() {
        return "xous-page";
    }

    @Override
    public List<Integer> owners() {
        return List.of(2, 3, 4);
    }

    @Override
    public Either<String, ResourceType> open(Allocman allocman, Memory memory, int units) {
        if (!FrameTable.canServe(allocman.architecture())) {
            return Either.left("on " + allocman.architecture().text() + " there are no pages of 4 KiB");
        }
        return UnitMemory.memory(allocman, units * PAGE).flatMap(base -> open(allocman, memory, units, base));
    }

    private static Either<String, ResourceType> open(Allocman allocman, Memory memory, int units, long base) {
        Whitelist whitelist;
        try {
            whitelist = Whitelist.of(List.of(new NamedRange("RAM ", base, units * PAGE)), List.of(), 1L << 52);
        } catch (ArgumentsException wrong) {
            return Either.left(wrong.text());
        }
        long bytes = new TablesLayout(0, whitelist, TableForm.ARRAY).bytes();
        return UnitMemory.table(allocman, bytes).map(table -> {
            TablesLayout layout = new TablesLayout(table, whitelist, TableForm.ARRAY);
            NodeStore nodes = new PoolNodes(allocman);
            PageAllocations allocations =
                    layout.allocations(memory, nodes, layout.frames(memory, nodes, new AllocmanVka(allocman)));
            allocations.initialise();
            return new XousPages(allocations);
        });
    }
}
