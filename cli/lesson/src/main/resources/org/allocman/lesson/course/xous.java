import org.allocman.lesson.Solution;
import org.allocman.lesson.TwoProcesses;
import org.allocman.xous.process.Flags;

public final class Answer implements Solution<TwoProcesses> {
    @Override
    public void solve(TwoProcesses desk) {
        int page = TwoProcesses.PAGE;
        desk.xous().mapMemory(desk.writer(), desk.screen(), 0, page, Flags.READ | Flags.WRITE);
        desk.xous().lend(desk.writer(), desk.letter(), page, desk.reader(), false);
        desk.xous().moveMemory(desk.writer(), desk.gift(), page, desk.reader());
    }
}
