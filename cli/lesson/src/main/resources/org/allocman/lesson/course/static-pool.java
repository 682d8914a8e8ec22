import org.allocman.lesson.PoolTrials;
import org.allocman.lesson.Solution;

public final class Answer implements Solution<PoolTrials> {
    @Override
    public void solve(PoolTrials trials) {
        long bytes = 4096;
        long missing = trials.boot(bytes);
        while (missing > 0) {
            bytes += missing;
            missing = trials.boot(bytes);
        }
    }
}
