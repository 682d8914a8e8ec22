package org.allocman.docs;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.bootstrap.BootstrapFailure;
import org.allocman.plan.Shortfall;
import org.allocman.resource.ResourceRefusal;
import org.allocman.untyped.Refusal;
import org.allocman.uvisor.ThreadRefusal;
import org.allocman.uvisor.rules.PageError;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.VkaError;
import org.allocman.xous.XousError;

/** Tables of errors: every constant there is, with what its Javadoc says. */
final class ErrorText {
    private ErrorText() {}

    static Map<String, String> all() throws Exception {
        Map<String, String> parts = new TreeMap<>();
        parts.put("KernelError", table("vka-api", KernelError.Code.class, ErrorText::kernelName));
        parts.put("LookupFault", table("vka-api", LookupFault.Kind.class, kind -> "`" + kind.name() + "`"));
        parts.put("VkaError", table("vka-api", VkaError.Reason.class, reason -> "`" + reason.name() + "`"));
        parts.put("MemoryFault", table("vka-api", MemoryFault.Reason.class, reason -> "`" + reason.name() + "`"));
        parts.put("Refusal", refusals());
        parts.put(
                "BootstrapFailure",
                table("bootstrap", BootstrapFailure.Reason.class, reason -> "`" + reason.name() + "`"));
        parts.put("Shortfall", table("bootstrap", Shortfall.Resource.class, what -> "`" + what.name() + "`"));
        parts.put(
                "ResourceRefusal",
                table("vka-api", ResourceRefusal.class, refusal -> "`" + refusal.name() + "` | " + refusal.code()));
        parts.put(
                "XousError",
                table("allocman/xous", XousError.class, error -> "`" + error.name() + "` | " + error.number()));
        parts.put(
                "PageError",
                table(
                        "allocman/uvisor",
                        PageError.class,
                        error -> "`" + error.name() + "` | 0x" + Integer.toHexString(error.number())));
        parts.put(
                "ThreadRefusal", table("allocman/uvisor", ThreadRefusal.class, refusal -> "`" + refusal.name() + "`"));
        return parts;
    }

    private interface Row<E> {
        String of(E constant);
    }

    private static String kernelName(KernelError.Code code) {
        return code.text() + " | `" + code.name() + "`";
    }

    private static <E extends Enum<E>> String table(String module, Class<E> type, Row<E> row) throws IOException {
        SourceText source = SourceText.of(module, type);
        StringBuilder text = new StringBuilder();
        int columns = (int)
                row.of(type.getEnumConstants()[0]).chars().filter(c -> c == '|').count();
        text.append(columns == 0 ? "| name | what |\n|---|---|\n" : "| name | | what |\n|---|---|---|\n");
        for (E constant : type.getEnumConstants()) {
            text.append("| ").append(row.of(constant)).append(" | ");
            text.append(source.of(constant.name())).append(" |\n");
        }
        return text.toString();
    }

    private static String refusals() throws Exception {
        SourceText source = SourceText.of("untyped", Refusal.class);
        StringBuilder text = new StringBuilder("| name | | what |\n|---|---|---|\n");
        for (Field field : Refusal.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                text.append("| `").append(field.getName()).append("` | ").append(field.getLong(null));
                text.append(" | ").append(source.of(field.getName())).append(" |\n");
            }
        }
        return text.toString();
    }
}
