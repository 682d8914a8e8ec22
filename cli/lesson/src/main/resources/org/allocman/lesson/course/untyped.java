import org.allocman.lesson.RootTask;
import org.allocman.lesson.Solution;
import org.allocman.vka.ObjectType;

public final class Answer implements Solution<RootTask> {
    @Override
    public void solve(RootTask task) {
        task.retype(47, ObjectType.TCB, 0, 100);
        task.retype(47, ObjectType.UNTYPED, 14, 101);
        task.retype(101, ObjectType.SMALL_PAGE, 0, 102);
        task.retype(22, ObjectType.SMALL_PAGE, 0, 103);
    }
}
