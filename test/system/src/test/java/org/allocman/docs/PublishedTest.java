package org.allocman.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What is published is complete: it stands in the list of versions, says what it is, and is a module. */
class PublishedTest {
    private static final XPath XPATH = XPathFactory.newInstance().newXPath();

    @Test
    void theListOfVersionsHasEveryArtifactThatIsPublished() throws Exception {
        Set<String> published = new TreeSet<>();
        for (Path module : published()) {
            published.add(all(module.resolve("pom.xml"), "/project/artifactId").get(0));
        }
        assertTrue(published.size() > 8);
        List<String> listed =
                all(Checkout.ROOT.resolve("vka-api/bom/pom.xml"), "/project/dependencyManagement//artifactId");
        assertEquals(published, new TreeSet<>(listed));
    }

    @Test
    void everyArtifactSaysWhatItIs() throws Exception {
        for (Path module : published()) {
            Path pom = module.resolve("pom.xml");
            assertFalse(all(pom, "/project/description").isEmpty(), () -> "no description in " + pom);
            assertTrue(
                    Files.exists(module.resolve("src/main/java/module-info.java"))
                            || !all(pom, "//Automatic-Module-Name").isEmpty(),
                    () -> "no module in " + module);
        }
    }

    /** The page that says which import is in which artifact has them all, as the modules have them. */
    @Test
    void thePageOfArtifactsIsTrue() throws Exception {
        Set<String> rows = new TreeSet<>();
        for (Path module : published()) {
            Path pom = module.resolve("pom.xml");
            String name;
            String packages;
            Path descriptor = module.resolve("src/main/java/module-info.java");
            if (Files.exists(descriptor)) {
                String text = Files.readString(descriptor);
                name = named(text, "module ([\\w.]+)").get(0);
                List<String> exported = named(text, "(?m)^\\s*exports ([\\w.]+);");
                packages = exported.isEmpty()
                        ? "none: it is the command"
                        : exported.stream().map(one -> "`" + one + "`").collect(Collectors.joining(", "));
            } else {
                name = all(pom, "//Automatic-Module-Name").get(0);
                packages = "its checker, for the compiler";
            }
            String folder = Checkout.ROOT.relativize(module).toString().replace('\\', '/');
            rows.add("| `" + all(pom, "/project/artifactId").get(0) + "` | `" + folder + "` | `" + name + "` | "
                    + packages + " |");
        }
        Set<String> shown = Checkout.text("docs/artifacts.md")
                .lines()
                .filter(line -> line.startsWith("| `"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(String.join("\n", rows), String.join("\n", shown));
    }

    private static List<String> named(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** The directories of modules that are published as jars. */
    private static List<Path> published() throws Exception {
        List<Path> found = new ArrayList<>();
        for (String name : all(Checkout.ROOT.resolve("pom.xml"), "/project/modules/module")) {
            Path module = Checkout.ROOT.resolve(name);
            Path pom = module.resolve("pom.xml");
            if (all(pom, "/project/packaging[.='pom']").isEmpty()
                    && all(pom, "/project/properties/maven.deploy.skip").isEmpty()) {
                found.add(module);
            }
        }
        return found;
    }

    private static List<String> all(Path file, String path) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        NodeList nodes = (NodeList) XPATH.evaluate(path, document, XPathConstants.NODESET);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent())
                .toList();
    }
}
