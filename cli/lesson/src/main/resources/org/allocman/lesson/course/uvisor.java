import org.allocman.lesson.Solution;
import org.allocman.lesson.TwoBoxes;
import org.allocman.uvisor.Uvisor;

public final class Answer implements Solution<TwoBoxes> {
    @Override
    public void solve(TwoBoxes boxes) {
        Uvisor uvisor = boxes.uvisor();
        uvisor.enterBox(boxes.sensor());
        uvisor.mallocBlock(12 << 10);
        uvisor.enterBox(boxes.logger());
        uvisor.endThread(boxes.oldThread());
        long block = uvisor.mallocBlock(boxes.blockBytes());
        uvisor.createThread(1, block, 6 << 10, block + (6 << 10), 2 << 10);
    }
}
