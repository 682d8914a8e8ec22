package org.example.bitmap;

import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;
import org.allocman.check.action.ChainRun;
import org.allocman.testkit.chain.Chains;

/** Longer histories than can be explored, at random. */
class BitmapProperties {
    @Provide
    Arbitrary<ActionChain<ChainRun>> histories() {
        return Chains.of(new BitmapSubject(20, Bitmap::new), 0, Path.of("target", "bitmap-chain.txt"))
                .withMaxTransformations(200);
    }

    @Property(tries = 50)
    void theRulesHold(@ForAll("histories") ActionChain<ChainRun> history) {
        history.run();
    }
}
