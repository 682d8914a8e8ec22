package org.allocman.docs;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelDomains;
import org.allocman.vka.KernelInterrupts;
import org.allocman.vka.KernelPorts;
import org.allocman.vka.KernelScheduling;
import org.allocman.vka.KernelVcpus;
import org.allocman.vka.KernelVtx;

/** The invocations of the ports, with what its Javadoc says, and where the page of their checks is. */
final class InvocationText {
    private static final Pattern METHOD = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:default )?(?:KernelError|Either<[^>]*>) (\\w+)\\(([^)]*)\\)(?:;| \\{)",
            Pattern.DOTALL);
    private static final Pattern PARAM = Pattern.compile("@param (\\w+) ((?:(?!\\n\\s*\\* @).)*)", Pattern.DOTALL);
    private static final Pattern RETURN = Pattern.compile("@return ((?:(?!\\n\\s*\\* @).)*)", Pattern.DOTALL);

    private static final String CNODE = "kernel.md#copy-mint-move-mutate";
    private static final Map<String, String> CHECKS = new TreeMap<>(Map.ofEntries(
            Map.entry("retype", "kernel.md#untyped_retype"),
            Map.entry("copy", CNODE),
            Map.entry("mint", CNODE),
            Map.entry("move", CNODE),
            Map.entry("mutate", CNODE),
            Map.entry("rotate", "kernel.md#rotate"),
            Map.entry("delete", "kernel.md#delete-revoke"),
            Map.entry("revoke", "kernel.md#delete-revoke"),
            Map.entry("cancelBadgedSends", "kernel.md#cancelbadgedsends-savecaller"),
            Map.entry("saveCaller", "kernel.md#cancelbadgedsends-savecaller"),
            Map.entry("pageMap", "paging.md#mapping-a-frame"),
            Map.entry("pageUnmap", "paging.md#unmapping-and-deleting"),
            Map.entry("pageGetAddress", "paging.md#unmapping-and-deleting"),
            Map.entry("tableMap", "paging.md#mapping-a-table"),
            Map.entry("tableUnmap", "paging.md#unmapping-and-deleting"),
            Map.entry("asidPoolAssign", "paging.md#asids"),
            Map.entry("asidControlMakePool", "paging.md#asids"),
            Map.entry("pageCache", "paging.md#cache-operations"),
            Map.entry("vspaceCache", "paging.md#cache-operations"),
            Map.entry("tcbSetSpace", "kernel.md#tcb_setspace"),
            Map.entry("tcbConfigure", "kernel.md#tcb_configure")));

    private static final String INTERRUPTS = "kernel.md#interrupts";
    private static final Map<String, String> INTERRUPT_CHECKS = new TreeMap<>(Map.ofEntries(
            Map.entry("get", INTERRUPTS),
            Map.entry("getTrigger", INTERRUPTS),
            Map.entry("issueSgi", INTERRUPTS),
            Map.entry("getIoApic", INTERRUPTS),
            Map.entry("getMsi", INTERRUPTS),
            Map.entry("acknowledge", INTERRUPTS),
            Map.entry("setNotification", INTERRUPTS),
            Map.entry("clear", INTERRUPTS)));

    private static final String PRIORITIES = "kernel.md#priorities-and-bound-notifications";
    private static final String CONTEXTS = "kernel.md#scheduling-contexts";
    private static final Map<String, String> SCHEDULING_CHECKS = new TreeMap<>(Map.ofEntries(
            Map.entry("setPriority", PRIORITIES),
            Map.entry("setMaxPriority", PRIORITIES),
            Map.entry("setSchedParams", PRIORITIES),
            Map.entry("setTimeoutEndpoint", "kernel.md#threads-of-a-kernel-with-mcs"),
            Map.entry("bindNotification", PRIORITIES),
            Map.entry("unbindNotification", PRIORITIES),
            Map.entry("configure", CONTEXTS),
            Map.entry("bindContext", CONTEXTS),
            Map.entry("unbindContext", CONTEXTS),
            Map.entry("unbindContextFrom", CONTEXTS),
            Map.entry("consumed", CONTEXTS),
            Map.entry("yieldTo", CONTEXTS)));

    private static final String PORTS = "kernel.md#io-ports";
    private static final Map<String, String> PORT_CHECKS = new TreeMap<>(
            Map.ofEntries(Map.entry("issue", PORTS), Map.entry("read", PORTS), Map.entry("write", PORTS)));

    private static final String DOMAINS = "kernel.md#domains";
    private static final Map<String, String> DOMAIN_CHECKS = new TreeMap<>(Map.ofEntries(
            Map.entry("set", DOMAINS), Map.entry("configureSchedule", DOMAINS), Map.entry("startSchedule", DOMAINS)));

    private static final String VCPUS = "kernel.md#virtual-cpus";
    private static final Map<String, String> VCPU_CHECKS = new TreeMap<>(Map.ofEntries(
            Map.entry("setTcb", VCPUS),
            Map.entry("injectInterrupt", VCPUS),
            Map.entry("readRegister", VCPUS),
            Map.entry("writeRegister", VCPUS),
            Map.entry("acknowledge", VCPUS)));

    private static final String GUESTS = "kernel.md#guests-of-x86";
    private static final Map<String, String> VTX_CHECKS = new TreeMap<>(Map.ofEntries(
            Map.entry("setEptRoot", GUESTS),
            Map.entry("mapTable", GUESTS),
            Map.entry("unmapTable", GUESTS),
            Map.entry("mapPage", GUESTS),
            Map.entry("readField", GUESTS),
            Map.entry("writeField", GUESTS),
            Map.entry("enablePorts", GUESTS),
            Map.entry("disablePorts", GUESTS),
            Map.entry("writeRegisters", GUESTS)));

    private static final List<String> NO_INVOCATIONS =
            List.of("architecture", "unsupported", "interrupts", "scheduling", "ports", "domains", "vcpus", "vtx");

    private InvocationText() {}

    static String all() throws Exception {
        return of(Kernel.class, "", CHECKS)
                + of(KernelInterrupts.class, "interrupts().", INTERRUPT_CHECKS)
                + of(KernelScheduling.class, "scheduling().", SCHEDULING_CHECKS)
                + of(KernelPorts.class, "ports().", PORT_CHECKS)
                + of(KernelDomains.class, "domains().", DOMAIN_CHECKS)
                + of(KernelVcpus.class, "vcpus().", VCPU_CHECKS)
                + of(KernelVtx.class, "vtx().", VTX_CHECKS);
    }

    private static String of(Class<?> port, String before, Map<String, String> checks) throws Exception {
        Matcher method = METHOD.matcher(SourceText.of("vka-api", port).text());
        Map<String, String> left = new TreeMap<>(checks);
        StringBuilder text = new StringBuilder();
        while (method.find()) {
            String name = method.group(2);
            String comment = method.group(1);
            if (!left.containsKey(name)) {
                // the same with a path instead of numbers, or what a kernel answers to what it does not have
                continue;
            }
            text.append("## ").append(before).append(name).append("\n\n");
            text.append(SourceText.plain(comment.substring(0, comment.indexOf("\n     *\n"))));
            text.append(" [Checks](").append(left.remove(name)).append(").\n\n");
            text.append("| argument | | what |\n|---|---|---|\n");
            Matcher parameter = PARAM.matcher(comment);
            while (parameter.find()) {
                text.append("| `").append(parameter.group(1)).append("` | ");
                text.append(type(method.group(3), parameter.group(1))).append(" | ");
                text.append(SourceText.plain(parameter.group(2))).append(" |\n");
            }
            Matcher answer = RETURN.matcher(comment);
            if (answer.find()) {
                text.append("| answer | | ")
                        .append(SourceText.plain(answer.group(1)))
                        .append(" |\n");
            }
            text.append('\n');
        }
        for (Method declared : port.getDeclaredMethods()) {
            if (!checks.containsKey(declared.getName()) && !NO_INVOCATIONS.contains(declared.getName())) {
                throw new AssertionError("no page says what " + declared.getName() + " checks");
            }
        }
        if (!left.isEmpty()) {
            throw new AssertionError("not found in the source: " + left.keySet());
        }
        return text.toString();
    }

    private static String type(String parameters, String name) {
        return Arrays.stream(parameters.split(","))
                .map(String::strip)
                .filter(parameter -> parameter.endsWith(" " + name))
                .map(parameter -> "`" + parameter.substring(0, parameter.length() - name.length() - 1) + "`")
                .findFirst()
                .orElseThrow(() -> new AssertionError("no argument " + name));
    }
}
