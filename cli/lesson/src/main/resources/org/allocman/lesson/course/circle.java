import org.allocman.lesson.RootTask;
import org.allocman.lesson.Solution;
import org.allocman.vka.CapRights;
import org.allocman.vka.ObjectType;

public final class Answer implements Solution<RootTask> {
    private static final long PAGE = 0x40000000L;
    private static final long UNTYPED = 47;

    @Override
    public void solve(RootTask task) {
        long slot = task.bootInfo().empty().start();
        long frame = slot++;
        task.retype(UNTYPED, ObjectType.SMALL_PAGE, 0, frame);
        while (task.kernel().pageMap(frame, RootTask.VSPACE, PAGE, CapRights.READ_WRITE, 0).failed()) {
            long table = slot++;
            task.retype(UNTYPED, ObjectType.PAGE_TABLE, 0, table);
            task.kernel().tableMap(table, RootTask.VSPACE, PAGE, 0);
        }
        task.memory().store64(PAGE, 0, slot);
        for (int i = 0; i < 10; i++) {
            allocate(task, ObjectType.ENDPOINT);
        }
    }

    private static void allocate(RootTask task, ObjectType type) {
        long slot = task.memory().load64(PAGE, 0);
        task.retype(UNTYPED, type, 0, slot);
        task.memory().store64(PAGE, 0, slot + 1);
    }
}
