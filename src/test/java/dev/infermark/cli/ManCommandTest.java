package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ManCommandTest {
    @Test
    void everyCommandAndItsOptionsStandInTheManualPage() {
        StringWriter out = new StringWriter();
        assertEquals(0, Infermark.run(new PrintWriter(out), new PrintWriter(new StringWriter()), "man"));
        String page = out.toString();
        assertTrue(page.startsWith(".TH INFERMARK 1"), page);
        Infermark.commandLine()
                .getSubcommands()
                .keySet()
                .forEach(name -> assertTrue(page.contains(".SS \"infermark " + name.replace("-", "\\-")), name));
        assertTrue(page.contains("\\fB\\-\\-price\\-basis\\fR \\fIBOOK\\fR"), page);
        assertTrue(page.contains(".SS \"infermark regress gate\""), page);
    }

    @Test
    void noLineOfTextIsTakenForARequest() {
        StringWriter out = new StringWriter();
        Infermark.run(new PrintWriter(out), new PrintWriter(new StringWriter()), "man");
        assertTrue(
                out.toString()
                        .lines()
                        .filter(line -> line.startsWith(".") || line.startsWith("'"))
                        .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|B|I|nf|fi)( .*)?")),
                out::toString);
    }
}
