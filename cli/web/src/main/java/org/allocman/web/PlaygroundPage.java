package org.allocman.web;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.allocman.sim.board.Boards;
import org.allocman.view.page.PageFrame;
import org.allocman.view.recording.JsonString;

/** The playground as one HTML page: it opens from disk, needs no network and no other file. */
public final class PlaygroundPage {
    private static final List<String> SCRIPTS = List.of("session.js", "compare.js", "menu.js", "playground.js");
    private static final String YAML = "/META-INF/resources/webjars/js-yaml/4.1.0/dist/js-yaml.min.js";

    private PlaygroundPage() {}

    /**
     * Puts the page together.
     *
     * @param machine the machine as JavaScript, as the build makes it of {@link Playground}
     * @param start what it opens with, as {@link PlaygroundStart} has it
     * @return HTML
     */
    public static String of(String machine, String start) {
        Objects.requireNonNull(machine, "machine");
        Objects.requireNonNull(start, "start");
        StringBuilder script = new StringBuilder(PageFrame.scripts());
        script.append(library("machine", machine));
        script.append(library("yaml", PageFrame.text(PlaygroundPage.class, YAML)));
        SCRIPTS.forEach(name -> script.append(PageFrame.text(PlaygroundPage.class, name)));
        return PageFrame.of(
                PageFrame.text(PlaygroundPage.class, "console.css"),
                boards() + start(start) + PageFrame.text(PlaygroundPage.class, "console.html"),
                script.toString(),
                "");
    }

    /** A library that takes an object to put what it exports into. */
    private static String library(String name, String code) {
        if (code.contains("</script")) {
            throw new IllegalArgumentException("the code of " + name + " would end the page's script");
        }
        return "const " + name + " = {};\n(function (exports, module, define) {\n" + code + "\n}).call(" + name + ", "
                + name + ", {}, undefined);\n";
    }

    private static String start(String text) {
        return "<script type=\"application/json\" id=\"start\">" + JsonString.of(text) + "</script>\n";
    }

    /** The descriptions of the built-in boards, the smallest first. */
    private static String boards() {
        StringBuilder json = new StringBuilder("<script type=\"application/json\" id=\"boards\">{");
        String comma = "";
        for (String name : smallestFirst()) {
            json.append(comma).append(JsonString.of(name)).append(':').append(JsonString.of(Boards.yaml(name)));
            comma = ",";
        }
        return json.append("}</script>\n").toString();
    }

    private static List<String> smallestFirst() {
        return Stream.concat(Stream.of("tiny"), Boards.names().stream().filter(name -> !name.equals("tiny")))
                .toList();
    }
}
