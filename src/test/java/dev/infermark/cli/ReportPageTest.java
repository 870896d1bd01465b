package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Opens the page of the committed baseline as a phone would, in a browser where one is installed. */
class ReportPageTest {
    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final Pattern FINDINGS = Pattern.compile("<pre>(.*)</pre>", Pattern.DOTALL);

    /** Loads the page into a frame of a phone's width, uses it, and leaves what it finds as JSON. */
    private static final String VISIT = """
            <!DOCTYPE html><meta charset="utf-8"><body><script>
            window.errors = [];
            const frame = document.createElement("iframe");
            frame.style = "width: 390px; height: 844px; border: 0";
            frame.srcdoc = PAGE;
            frame.onload = () => {
              const page = frame.contentDocument;
              const column = (table, c) => [...table.tBodies[0].rows].map(row => row.cells[c].textContent);
              const table = page.querySelector("#instances-table table");
              const before = column(table, 4);
              table.tHead.rows[0].cells[4].querySelector("button").click();
              const up = column(table, 4);
              table.tHead.rows[0].cells[4].querySelector("button").click();
              const down = column(table, 4);
              const long = page.querySelector("#kernels-rows-table table");
              const shown = rows => rows.filter(row => !row.hidden).length;
              const rows = [...long.tBodies[0].rows];
              const first = shown(rows);
              const tools = long.parentElement.previousElementSibling;
              tools.querySelector("input").value = "matmul bf16";
              tools.querySelector("input").dispatchEvent(new Event("input"));
              const filtered = rows.filter(row => !row.hidden).map(row => row.textContent);
              const pre = document.createElement("pre");
              pre.textContent = JSON.stringify({
                errors: window.errors, before, up, down, first, filtered, all: rows.length,
                pageWidth: page.documentElement.scrollWidth,
                tableWidth: page.querySelector(".wide").scrollWidth,
                answerTop: page.querySelector("#answer table").getBoundingClientRect().bottom,
                frontHeight: page.querySelector("details").getBoundingClientRect().top,
              });
              frame.remove();
              document.body.append(pre);
            };
            document.body.append(frame);
            </script>""";
    private static final String WATCH = "<head><script>onerror = e => parent.errors.push(String(e));"
            + "console.error = (...words) => parent.errors.push(words.join(' '));</script>";

    @TempDir
    private static Path folder = Path.of("");

    private static JsonNode findings = JsonMapper.shared().nullNode();

    @BeforeAll
    static void visit() throws IOException, InterruptedException {
        Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "no browser: install chromium to test the page in one");
        StringWriter err = new StringWriter();
        assertEquals(0, Infermark.run(new PrintWriter(new StringWriter()), new PrintWriter(err), "report",
                "--run", folder.resolve("none").toString(), "--baseline", "results", "--out",
                folder.toString()), err::toString);
        String page = Files.readString(folder.resolve("index.html")).replace("<head>", WATCH);
        Path visit = folder.resolve("visit.html");
        Files.writeString(visit, VISIT.replace(
                "PAGE", JsonMapper.shared().writeValueAsString(page).replace("</", "<\\/")));
        Process process = new ProcessBuilder(browser.get().toString(), "--headless", "--no-sandbox", "--disable-gpu",
                "--disable-quic", "--hide-scrollbars", "--no-first-run", "--disable-background-networking",
                "--virtual-time-budget=10000",
                "--user-data-dir=" + folder.resolve("profile"), "--dump-dom", visit.toUri().toString())
                .redirectError(folder.resolve("browser.log").toFile())
                .redirectOutput(folder.resolve("dom.html").toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the browser did not end");
        Matcher found = FINDINGS.matcher(Files.readString(folder.resolve("dom.html")));
        assertTrue(found.find(), () -> "the page did not load; see " + folder.resolve("browser.log"));
        findings = JsonMapper.shared().readTree(found.group(1).replace("&lt;", "<").replace("&gt;", ">")
                .replace("&nbsp;", " ").replace("&amp;", "&"));
    }

    private static Optional<Path> browser() {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .flatMap(place -> BROWSERS.stream().map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Test
    void logsNoError() {
        assertEquals(List.of(), texts("errors"));
    }

    @Test
    void sortsATableByAClickAndTheOtherWayByAnother() {
        assertEquals(texts("before").stream().mapToInt(Integer::parseInt).sorted().boxed().toList(), numbers("up"));
        assertEquals(numbers("up").reversed(), numbers("down"));
    }

    @Test
    void showsTheBestAndTheWorstTenRowsOfALongTable() {
        assertEquals(20, findings.required("first").intValue());
        assertTrue(findings.required("all").intValue() > 100, findings::toString);
    }

    @Test
    void filtersRowsByAllWords() {
        assertTrue(!texts("filtered").isEmpty(), findings::toString);
        texts("filtered").forEach(row -> assertTrue(row.contains("matmul") && row.contains("bf16"), row));
    }

    @Test
    void fitsAPhoneAndAnswersOnItsFirstScreen() {
        assertEquals(390, findings.required("pageWidth").intValue());
        assertTrue(findings.required("tableWidth").intValue() <= 390, findings::toString);
        assertTrue(findings.required("answerTop").doubleValue() < 844, findings::toString);
        assertTrue(findings.required("frontHeight").doubleValue() <= 3 * 844, findings::toString);
    }

    private static List<String> texts(String key) {
        return findings.required(key).valueStream().map(JsonNode::asString).toList();
    }

    private static List<Integer> numbers(String key) {
        return texts(key).stream().map(Integer::parseInt).toList();
    }
}
