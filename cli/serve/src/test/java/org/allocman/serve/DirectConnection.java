package org.allocman.serve;

import java.util.ArrayList;
import java.util.List;
import org.allocman.wire.WireAnswer;
import org.allocman.wire.WireConnection;

/** A connection to one client's end of a server, without streams between the two. */
final class DirectConnection implements WireConnection {
    private final RequestHandler handler;

    DirectConnection(RequestHandler handler) {
        this.handler = handler;
    }

    @Override
    public WireAnswer ask(String request) {
        String answer = String.valueOf(handler.answer("7 " + request));
        return WireAnswer.parse(answer.substring(2));
    }

    @Override
    public List<WireAnswer> askAll(List<String> requests) {
        List<WireAnswer> answers = new ArrayList<>();
        requests.forEach(request -> answers.add(ask(request)));
        return answers;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
