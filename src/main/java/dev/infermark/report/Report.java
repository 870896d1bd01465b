package dev.infermark.report;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.hardware.Catalog;
import dev.infermark.report.blog.BlogSection;
import dev.infermark.report.blog.BoundsSection;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.Document;
import dev.infermark.report.document.HtmlPage;
import dev.infermark.report.document.MarkdownText;
import dev.infermark.report.hardware.HardwareSection;
import dev.infermark.report.kernels.KernelComparison;
import dev.infermark.report.kernels.KernelSection;
import dev.infermark.report.kernels.MeasuredRun;
import dev.infermark.report.plot.PlotImage;
import dev.infermark.report.plot.Theme;
import dev.infermark.report.table.TableFormat;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.blog.BlogExam;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The report of a run: a page, the same as Markdown, and every table and plot as a file of its own. */
public final class Report {
    private static final String PAGE = "index.html";

    private final Document document;

    private Report(Document document) {
        this.document = document;
    }

    /** The report on what was measured, if anything, and on what is modelled. */
    public static Report of(
            Optional<MeasuredRun> run,
            List<BlogExam.Answer> answers,
            Catalog catalog,
            Calibrations calibrations,
            LocalDate today) {
        List<KernelComparison> kernels = run.map(measured ->
                        KernelComparison.join(measured.results(), catalog))
                .orElse(List.of());
        return new Report(new Document(
                "Infermark report",
                "How fast and at what cost neural networks run on AWS Inferentia1 (Inf1) and Inferentia2 (Inf2).",
                List.of(
                        BlogSection.of(answers),
                        BoundsSection.of(answers),
                        KernelSection.of(run, kernels),
                        HardwareSection.of(catalog),
                        OriginSection.of(run, calibrations, today))));
    }

    /** Writes every file into a folder, in place of an earlier report's; returns the page. */
    public Path write(Path folder) {
        Map<String, byte[]> files = files();
        remove(filesIn(folder));
        files.forEach((name, content) -> SafeFiles.write(folder.resolve(name), content));
        return folder.resolve(PAGE);
    }

    private Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        add(files, "report.md", MarkdownText.write(document).getBytes(StandardCharsets.UTF_8));
        document.blocks().forEach(block -> {
            if (block instanceof Block.Grid grid) {
                add(files, grid.name() + ".csv", TableFormat.CSV.write(grid.table()).getBytes(StandardCharsets.UTF_8));
            }
            if (block instanceof Block.Plots(var plots)) {
                plots.forEach(plot -> add(files, plot.name() + ".png", PlotImage.png(plot, Theme.LIGHT)));
            }
        });
        add(files, PAGE, HtmlPage.write(document, List.copyOf(files.keySet())).getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private static void add(Map<String, byte[]> files, String name, byte[] content) {
        if (files.putIfAbsent(name, content) != null) {
            throw new IllegalStateException("two parts of the report are named " + name);
        }
    }

    /** The files of the report in a folder; none where there is no report. */
    public static List<Path> filesIn(Path folder) {
        Path page = folder.resolve(PAGE);
        return Files.exists(page)
                ? HtmlPage.filesOf(SafeFiles.read(page)).stream().map(folder::resolve).toList()
                : List.of();
    }

    /** Removes files of an earlier report, lest its tables be taken for a later one's. */
    public static void remove(List<Path> files) {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UserError("cannot remove the earlier " + file + " (" + e + "): check the permissions", e);
            }
        }
    }
}
