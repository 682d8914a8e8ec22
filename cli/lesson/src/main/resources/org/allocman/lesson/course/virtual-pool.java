import org.allocman.lesson.RecordedTask;
import org.allocman.lesson.Solution;
import org.allocman.vka.ObjectType;

public final class Answer implements Solution<RecordedTask> {
    private static final int PAGE = 4096;
    private static final int IN_A_PAGE = PAGE / RecordedTask.RECORD_BYTES;
    private static final int RESERVE = 2;

    private int used;
    private int pages = 1;

    @Override
    public void solve(RecordedTask task) {
        for (int i = 0; i < 200; i++) {
            if (pages * IN_A_PAGE - used == RESERVE) {
                grow(task);
            }
            make(task, 44, ObjectType.ENDPOINT);
        }
    }

    private void grow(RecordedTask task) {
        long page = task.window() + (pages - 1) * (long) PAGE;
        if (pages == 1) {
            task.mapTable(make(task, 47, ObjectType.PAGE_TABLE), page);
        }
        task.mapPage(make(task, 47, ObjectType.SMALL_PAGE), page);
        pages++;
    }

    private long make(RecordedTask task, long untyped, ObjectType type) {
        long slot = task.firstSlot() + used;
        long record = used < IN_A_PAGE
                ? task.firstPage() + used * (long) RecordedTask.RECORD_BYTES
                : task.window() + (used - IN_A_PAGE) * (long) RecordedTask.RECORD_BYTES;
        task.make(record, untyped, type, slot);
        used++;
        return slot;
    }
}
