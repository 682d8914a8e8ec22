import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.lesson.FullMemory;
import org.allocman.lesson.Solution;
import org.allocman.vka.VkaObject;

public final class Answer implements Solution<FullMemory> {
    @Override
    public void solve(FullMemory memory) {
        Map<Long, List<VkaObject>> blocks = new TreeMap<>();
        for (VkaObject page : memory.pages()) {
            long block = memory.vka().physicalAddress(page).get() >> 16;
            blocks.computeIfAbsent(block, key -> new ArrayList<>()).add(page);
        }
        for (List<VkaObject> pages : blocks.values()) {
            if (pages.size() == 16) {
                pages.forEach(memory.vka()::free);
                memory.vka().untyped(16);
                return;
            }
        }
    }
}
