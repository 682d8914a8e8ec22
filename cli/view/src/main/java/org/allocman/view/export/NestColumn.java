package org.allocman.view.export;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What lies in what: below each untyped stand, in the order of addresses, the untypeds and objects made of it. Widths are not to
 * scale, so that an endpoint can be seen beside a megabyte; like things in a row are one box.
 */
final class NestColumn {
    private static final int LEVEL = 24;
    private static final int BOX = 22;
    private static final int TITLE = 26;
    private static final int BETWEEN = 12;
    private static final int MOST_ROOTS = 6;
    private static final int LEAST_FOR_TEXT = 3;
    private static final double ALONE = 1;
    private static final double MANY = 1.6;
    private static final int BASE = 15;

    private final Map<Integer, List<Box>> inside = new HashMap<>();
    private final Map<Integer, Double> weights = new HashMap<>();
    private final Map<Integer, Integer> depths = new HashMap<>();
    private final List<StateObject> roots = new ArrayList<>();

    /** An object, or several alike; or what an untyped has not given away. */
    private record Box(StateObject first, int count, boolean free) {
        boolean isContainer(Map<Integer, List<Box>> inside) {
            return count == 1 && !free && inside.containsKey(first.id());
        }
    }

    /** A box that is still to be drawn. */
    private record Place(Box box, double x, double width, int y) {}

    NestColumn(MachineState state) {
        Map<Integer, List<StateObject>> children = new HashMap<>();
        for (StateObject object : state.objects()) {
            Integer within = object.within();
            if (within != null) {
                children.computeIfAbsent(within, key -> new ArrayList<>()).add(object);
            }
        }
        // an object's number is larger than that of the untyped it lies in
        for (int id = state.objects().size() - 1; id >= 0; id--) {
            StateObject untyped = state.objects().get(id);
            List<StateObject> content = children.get(id);
            if (content != null) {
                nest(untyped, content);
            }
        }
        for (StateObject object : state.objects()) {
            if (object.within() == null && inside.containsKey(object.id()) && roots.size() < MOST_ROOTS) {
                roots.add(object);
            }
        }
    }

    private void nest(StateObject untyped, List<StateObject> content) {
        List<Box> boxes = new ArrayList<>();
        for (StateObject object : content) {
            Box last = boxes.isEmpty() ? null : boxes.get(boxes.size() - 1);
            if (last != null && isAlike(last, object)) {
                boxes.set(boxes.size() - 1, new Box(last.first, last.count + 1, false));
            } else {
                boxes.add(new Box(object, 1, false));
            }
        }
        Long watermark = untyped.watermark();
        if (watermark != null && watermark < 1L << untyped.sizeBits()) {
            boxes.add(new Box(untyped, 1, true));
        }
        double weight = 0;
        int depth = 0;
        for (Box box : boxes) {
            weight += weight(box);
            depth = Math.max(depth, depths.getOrDefault(box.free ? -1 : box.first.id(), 0));
        }
        inside.put(untyped.id(), boxes);
        weights.put(untyped.id(), weight);
        depths.put(untyped.id(), depth + 1);
    }

    private boolean isAlike(Box last, StateObject next) {
        return last.first.kind().equals(next.kind())
                && last.first.sizeBits() == next.sizeBits()
                && !inside.containsKey(last.first.id())
                && !inside.containsKey(next.id());
    }

    private double weight(Box box) {
        if (box.isContainer(inside)) {
            return Math.max(MANY, weights.getOrDefault(box.first.id(), ALONE));
        }
        return box.count > 1 ? MANY : ALONE;
    }

    int height() {
        int height = roots.isEmpty() ? 0 : TITLE;
        for (StateObject root : roots) {
            height += height(root);
        }
        return height;
    }

    private int height(StateObject root) {
        return (depths.getOrDefault(root.id(), 0) + 1) * LEVEL + BETWEEN;
    }

    void draw(SvgText svg, int x, int top) {
        if (roots.isEmpty()) {
            return;
        }
        svg.text("head", x, top + BASE, "Inside the untypeds in use");
        svg.text("note", x + 240, top + BASE, "in the order of addresses, not to scale");
        int y = top + TITLE;
        for (StateObject root : roots) {
            Deque<Place> todo = new ArrayDeque<>();
            todo.push(new Place(new Box(root, 1, false), x, MemoryColumn.WIDTH, y));
            while (!todo.isEmpty()) {
                Place place = todo.pop();
                draw(svg, place);
                if (place.box.isContainer(inside)) {
                    below(todo, place);
                }
            }
            y += height(root);
        }
    }

    private void below(Deque<Place> todo, Place place) {
        List<Box> boxes = inside.getOrDefault(place.box.first.id(), List.of());
        double all = 0;
        for (Box box : boxes) {
            all += weight(box);
        }
        double x = place.x;
        for (Box box : boxes) {
            double width = place.width * weight(box) / all;
            todo.push(new Place(box, x, width, place.y + LEVEL));
            x += width;
        }
    }

    private static void draw(SvgText svg, Place place) {
        Box box = place.box;
        int left = (int) Math.round(place.x);
        int width = Math.max(2, (int) Math.round(place.x + place.width) - left - 2);
        svg.rect(box.free ? "free" : Palette.of(box.first).name(), left, place.y, width, BOX, 3);
        int room = width / SvgText.width("0") - 1;
        String text = box.free ? "free" : label(box, room);
        if (room >= Math.max(LEAST_FOR_TEXT, text.length())) {
            svg.text("inner", left + 5, place.y + BASE, text);
        }
    }

    /** As much as there is room for. */
    private static String label(Box box, int room) {
        String size = SizeWords.text(box.first.sizeBits());
        String count = box.count == 1 ? "" : box.count + " x ";
        String kind = box.first.kind();
        String full = count + kind + ", " + size;
        if (full.length() <= room) {
            return full;
        }
        String one = box.first.isUntyped() ? count + size : count + kind;
        if (one.length() <= room) {
            return one;
        }
        return box.count > 1 ? box.count + " x" : kind.substring(kind.lastIndexOf(' ') + 1);
    }
}
