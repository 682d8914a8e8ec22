import org.allocman.lesson.RootTask;
import org.allocman.lesson.Solution;
import org.allocman.vka.ObjectType;

public final class Answer implements Solution<RootTask> {
    @Override
    public void solve(RootTask task) {
        task.retype(45, ObjectType.SMALL_PAGE, 0, 112);
        task.retype(45, ObjectType.TCB, 0, 111);
        task.retype(45, ObjectType.CNODE, 5, 110);
        task.retype(45, ObjectType.CNODE, 5, 113);
        task.revoke(44);
        task.retype(44, ObjectType.SMALL_PAGE, 0, 114);
    }
}
