import org.allocman.lesson.RootTask;
import org.allocman.lesson.Solution;
import org.allocman.vka.CapRights;
import org.allocman.vka.ObjectType;

public final class Answer implements Solution<RootTask> {
    @Override
    public void solve(RootTask task) {
        task.retype(47, ObjectType.CNODE, 4, 100);
        task.mint(101, 100, CapRights.ALL, RootTask.guard(0x2a, 8));
        int endpoint = task.kernel().architecture().number(ObjectType.ENDPOINT);
        task.kernel().retype(47, endpoint, 0, RootTask.CNODE, 100, task.depth(), 5, 1);
    }
}
