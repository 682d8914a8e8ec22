package org.example.first;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapException;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.testkit.arbitraries.AllocmanTypes;
import org.allocman.testkit.arbitraries.MemoryMap;
import org.allocman.testkit.arbitraries.Requests;
import org.allocman.vka.VkaObject;

// docs/model-checking.md shows this
@AllocmanTypes
class FirstProperties {
    @Property(tries = 50)
    boolean whatIsFreedIsThereAgain(@ForAll MemoryMap map, @ForAll Requests work) {
        PlainMachine machine = map.machine();
        Allocman allocman = Bootstrap.inCurrentCSpace(
                        machine.kernel(),
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
                .getOrElseThrow(BootstrapException::new);
        AllocmanVka vka = new AllocmanVka(allocman);
        List<VkaObject> live = work.run(vka);
        live.forEach(vka::freeOrThrow);
        allocman.trim();
        return allocman.untypeds().roots().isWhole(0);
    }
}
