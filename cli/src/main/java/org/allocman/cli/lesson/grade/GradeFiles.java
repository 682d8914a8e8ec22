package org.allocman.cli.lesson.grade;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Grades as files for other programs: CSV (RFC 4180) and the XML of JUnit's reports. */
final class GradeFiles {
    private static final String FORMULA = "=+-@\t\r";

    private GradeFiles() {}

    static void csv(GradeReport report, Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("student,lesson,file,verdict,points,finding,difference,hint,messages\r\n");
            for (GradeReport.Student student : report.students()) {
                for (Grade grade : student.answers()) {
                    out.write(Stream.of(
                                    grade.student(),
                                    grade.lesson(),
                                    grade.file(),
                                    grade.verdict(),
                                    String.valueOf(grade.points()),
                                    grade.finding(),
                                    grade.difference(),
                                    grade.hint(),
                                    String.join("\n", grade.messages()))
                            .map(GradeFiles::cell)
                            .collect(Collectors.joining(",", "", "\r\n")));
                }
            }
        }
    }

    /** A cell; one that a spreadsheet would take for a formula is made a text. */
    static String cell(String text) {
        String plain = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return plain.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                ? '"' + plain.replace("\"", "\"\"") + '"'
                : plain;
    }

    static void junit(GradeReport report, Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            for (GradeReport.Student student : report.students()) {
                suite(xml, student);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException failure) {
            throw new IOException(failure);
        }
    }

    private static void suite(XMLStreamWriter xml, GradeReport.Student student) throws XMLStreamException {
        List<Grade> answers = student.answers();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", text(student.student()));
        xml.writeAttribute("tests", String.valueOf(answers.size()));
        xml.writeAttribute("failures", count(answers, "wrong"));
        xml.writeAttribute("errors", count(answers, "unusable"));
        for (Grade grade : answers) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", text(student.student()));
            xml.writeAttribute("name", text(grade.lesson()));
            xml.writeAttribute("file", text(grade.file()));
            if (!grade.isRight()) {
                xml.writeStartElement(grade.verdict().equals("wrong") ? "failure" : "error");
                xml.writeAttribute("type", grade.finding().isEmpty() ? grade.verdict() : grade.finding());
                xml.writeAttribute("message", text(grade.difference()));
                xml.writeCharacters(text(String.join("\n", grade.messages()) + "\n" + grade.hint()));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String count(List<Grade> answers, String verdict) {
        return String.valueOf(answers.stream()
                .filter(grade -> grade.verdict().equals(verdict))
                .count());
    }

    /** A text of characters that XML has. */
    static String text(String any) {
        return any.codePoints()
                .map(point -> point == '\n'
                                || point == '\t'
                                || point >= 0x20 && point <= 0xd7ff
                                || point >= 0xe000 && point <= 0xfffd
                                || point > 0xffff
                        ? point
                        : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
