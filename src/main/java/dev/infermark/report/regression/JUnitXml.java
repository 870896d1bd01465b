package dev.infermark.report.regression;

import dev.infermark.regress.golden.GoldenDifference;
import dev.infermark.regress.history.Change;
import dev.infermark.regress.history.SeriesReport;
import dev.infermark.regress.verdict.Judgement;
import dev.infermark.regress.verdict.Verdict;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Verdicts as JUnit's XML: a regression is a failure, what cannot be told is an error, so neither shows green. */
public final class JUnitXml {
    private JUnitXml() {}

    /** What a test case did. */
    private enum Outcome {
        PASSED(""),
        FAILED("failure"),
        BROKEN("error"),
        SKIPPED("skipped");

        private final String element;

        Outcome(String element) {
            this.element = element;
        }
    }

    private record Case(String name, Outcome outcome, String message) {}

    /** One test case per benchmark of the suite. */
    public static String gate(List<Judgement> judgements) {
        return write("infermark regress gate", judgements.stream().map(JUnitXml::gateCase).toList());
    }

    private static Case gateCase(Judgement j) {
        String size = j.verdict()
                .size()
                .map(e -> Percent.change(e.change()) + " (" + Percent.interval(e) + ")")
                .orElse("");
        String name = j.comparison().benchmark();
        return switch (j.verdict()) {
            case Verdict.Regressed _ -> new Case(name, Outcome.FAILED, "regressed by " + size);
            case Verdict.Inconclusive _ -> new Case(name, Outcome.BROKEN, (GateTables.note(j) + "; " + size).strip());
            case Verdict.Improved _, Verdict.Unchanged _ -> new Case(name, Outcome.PASSED, "");
        };
    }

    /** One test case per benchmark of the history. */
    public static String history(List<SeriesReport> reports) {
        return write("infermark regress history", reports.stream().map(JUnitXml::historyCase).toList());
    }

    private static Case historyCase(SeriesReport report) {
        String regressions = report.changes().stream()
                .filter(change -> change.verdict() instanceof Verdict.Regressed)
                .map(JUnitXml::describe)
                .collect(Collectors.joining("; "));
        if (report.isTooShort()) {
            return new Case(report.series().benchmark(), Outcome.SKIPPED, "too few runs to tell");
        }
        return new Case(
                report.series().benchmark(), regressions.isEmpty() ? Outcome.PASSED : Outcome.FAILED, regressions);
    }

    /** One failed test case per prediction that differs, or one that passed where none does. */
    public static String predictions(List<GoldenDifference> differences) {
        String suite = "infermark regress predictions";
        return differences.isEmpty()
                ? write(suite, List.of(new Case("all predictions", Outcome.PASSED, "")))
                : write(suite, differences.stream().map(JUnitXml::predictionCase).toList());
    }

    private static Case predictionCase(GoldenDifference difference) {
        return new Case(
                difference.key().label(),
                Outcome.FAILED,
                "was " + difference.before().orElse("absent") + ", is " + difference.after().orElse("absent"));
    }

    private static String describe(Change change) {
        String commit = Optional.of(change.run().commit())
                .filter(c -> !c.isEmpty())
                .map(c -> " (commit " + c + ")")
                .orElse("");
        return "regressed by " + Percent.change(change.point().change()) + " at run " + change.run().label() + commit;
    }

    private static String write(String suite, List<Case> cases) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", suite);
            xml.writeAttribute("tests", Integer.toString(cases.size()));
            xml.writeAttribute("failures", Long.toString(count(cases, Outcome.FAILED)));
            xml.writeAttribute("errors", Long.toString(count(cases, Outcome.BROKEN)));
            xml.writeAttribute("skipped", Long.toString(count(cases, Outcome.SKIPPED)));
            for (Case c : cases) {
                xml.writeCharacters("\n  ");
                xml.writeStartElement("testcase");
                xml.writeAttribute("classname", suite.replace(' ', '.'));
                xml.writeAttribute("name", printable(c.name()));
                if (c.outcome() != Outcome.PASSED) {
                    xml.writeEmptyElement(c.outcome().element);
                    xml.writeAttribute("message", printable(c.message()));
                }
                xml.writeEndElement();
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text + "\n";
    }

    private static long count(List<Case> cases, Outcome outcome) {
        return cases.stream().filter(c -> c.outcome() == outcome).count();
    }

    /** XML 1.0 has no way to write control characters. */
    private static String printable(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "?");
    }
}
