package org.allocman.check.explore;

import java.util.ArrayList;
import java.util.List;

/** Two jugs of 3 and 5 litres, a tap and a drain; the rule is that nobody ever measures 4 litres. */
class Jugs implements TransitionSystem {
    private static final String[] NAMES = {
        "fill small", "fill big", "empty small", "empty big", "small into big", "big into small"
    };

    private final List<int[]> past = new ArrayList<>();
    int small;
    int big;

    /** Takes an action by its name. */
    void take(String name) {
        take(java.util.Arrays.asList(NAMES).indexOf(name));
    }

    @Override
    public int first() {
        return 0;
    }

    @Override
    public int next(int action) {
        return action + 1 < NAMES.length ? action + 1 : NONE;
    }

    @Override
    public boolean take(int action) {
        past.add(new int[] {small, big});
        int toBig = Math.min(small, 5 - big);
        int toSmall = Math.min(big, 3 - small);
        switch (action) {
            case 0 -> small = 3;
            case 1 -> big = 5;
            case 2 -> small = 0;
            case 3 -> big = 0;
            case 4 -> {
                small -= toBig;
                big += toBig;
            }
            default -> {
                small += toSmall;
                big -= toSmall;
            }
        }
        return true;
    }

    @Override
    public Step tell(int action) {
        take(action);
        return new Step(NAMES[action], "", small + " + " + big);
    }

    @Override
    public int checkpoint() {
        return past.size();
    }

    @Override
    public void rewind(int checkpoint) {
        if (checkpoint < past.size()) {
            small = past.get(checkpoint)[0];
            big = past.get(checkpoint)[1];
            past.subList(checkpoint, past.size()).clear();
        }
    }

    @Override
    public boolean isExact() {
        return false;
    }

    @Override
    public long high() {
        return small;
    }

    @Override
    public long low() {
        return big;
    }

    @Override
    public boolean isSound() {
        return big != 4;
    }

    @Override
    public List<String> broken() {
        return isSound() ? List.of() : List.of("never four: the big jug holds 4 litres");
    }
}
