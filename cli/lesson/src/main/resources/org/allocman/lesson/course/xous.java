import org.allocman.lesson.Solution;
import org.allocman.lesson.TwoProcesses;
import org.allocman.vka.PageSize;
import org.allocman.xous.process.Flags;

public final class Answer implements Solution<TwoProcesses> {
    @Override
    public void solve(TwoProcesses processes) {
        int page = PageSize.PAGE;
        processes.xous().mapMemory(processes.writer(), processes.screen(), 0, page, Flags.READ | Flags.WRITE);
        processes.xous().lend(processes.writer(), processes.letter(), page, processes.reader(), false);
        processes.xous().moveMemory(processes.writer(), processes.gift(), page, processes.reader());
    }
}
