import org.allocman.lesson.RootTask;
import org.allocman.lesson.Solution;
import org.allocman.vka.CapRights;

public final class Answer implements Solution<RootTask> {
    @Override
    public void solve(RootTask task) {
        task.revoke(111);
        task.delete(111);
        task.mint(113, 110, new CapRights(CapRights.WRITE), 9);
    }
}
