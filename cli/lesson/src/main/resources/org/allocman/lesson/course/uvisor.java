import org.allocman.lesson.Solution;
import org.allocman.lesson.TwoBoxes;
import org.allocman.uvisor.Uvisor;

public final class Answer implements Solution<TwoBoxes> {
    @Override
    public void solve(TwoBoxes desk) {
        Uvisor uvisor = desk.uvisor();
        uvisor.enterBox(desk.sensor());
        uvisor.mallocBlock(12 << 10);
        uvisor.enterBox(desk.logger());
        uvisor.endThread(desk.oldThread());
        long block = uvisor.mallocBlock(desk.blockBytes());
        uvisor.createThread(1, block, 6 << 10, block + (6 << 10), 2 << 10);
    }
}
