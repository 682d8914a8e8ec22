package org.allocman.testkit.xous;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import org.allocman.testkit.machine.XousMachine;
import org.allocman.xous.TableForm;

/** Whatever processes do, Xous does as the model says, and the laws hold after every call. */
class XousProperties {
    private static final XousMachine MACHINE = Precursor.start(TableForm.ARRAY);
    private static final int START = MACHINE.managed().machine().memory().startJournal();

    @Property(tries = 60)
    void allIsAsTheModelSays(@ForAll("chains") ActionChain<XousModel> chain) {
        chain.withInvariant("the model", XousModel::check).run();
        assertEquals(List.of(), XousInvariants.check(MACHINE));
    }

    @Provide
    Arbitrary<ActionChain<XousModel>> chains() {
        return ActionChain.startWith(() -> {
                    MACHINE.managed().machine().memory().rewind(START);
                    XousModel model = new XousModel(MACHINE);
                    model.spawn();
                    model.spawn();
                    return model;
                })
                .withAction(1, action((model, draw) -> model.spawn()))
                .withAction(1, action((model, draw) -> model.exit(draw.one())))
                .withAction(6, action((model, draw) -> model.map(draw.one(), 1 + draw.two() % 4)))
                .withAction(3, action((model, draw) -> model.device(draw.one(), draw.two() % XousModel.DEVICES)))
                .withAction(9, action((model, draw) -> model.touch(draw.one(), draw.two())))
                .withAction(3, action((model, draw) -> model.unmap(draw.one(), draw.two())))
                .withAction(
                        6,
                        action((model, draw) -> model.lend(draw.one(), draw.two(), draw.three(), draw.one() % 3 > 0)))
                .withAction(4, action((model, draw) -> model.giveBack(draw.one())))
                .withAction(3, action((model, draw) -> model.move(draw.one(), draw.two(), draw.three())))
                .withMaxTransformations(40);
    }

    /** Three numbers to choose by. */
    private record Draw(int one, int two, int three) {}

    private interface Step {
        void on(XousModel model, Draw draw);
    }

    private static Action.Independent<XousModel> action(Step step) {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 99);
        return new Action.Independent<>() {
            @Override
            public Arbitrary<Transformer<XousModel>> transformer() {
                return Combinators.combine(number, number, number).as(Draw::new).map(draw -> {
                    Consumer<XousModel> change = model -> step.on(model, draw);
                    return Transformer.mutate("with " + draw, change);
                });
            }
        };
    }
}
