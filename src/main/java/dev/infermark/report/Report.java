package dev.infermark.report;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.base.WrittenFiles;
import dev.infermark.compare.KernelComparison;
import dev.infermark.deploy.generate.ScaleOutStudy;
import dev.infermark.hardware.Catalog;
import dev.infermark.report.blog.AnswerSection;
import dev.infermark.report.blog.BlogSection;
import dev.infermark.report.blog.BoundsSection;
import dev.infermark.report.blog.ClaimsSection;
import dev.infermark.report.blog.TrustSection;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.Document;
import dev.infermark.report.document.HtmlPage;
import dev.infermark.report.document.MarkdownText;
import dev.infermark.report.document.Section;
import dev.infermark.report.generation.ScaleOutSection;
import dev.infermark.report.hardware.HardwareSection;
import dev.infermark.report.kernels.KernelSection;
import dev.infermark.report.kernels.MeasuredRun;
import dev.infermark.report.plan.PlanSection;
import dev.infermark.report.plot.SvgPlot;
import dev.infermark.report.table.TableFormat;
import dev.infermark.report.validation.AccuracySection;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.blog.HeldOutBlog;
import dev.infermark.validate.generate.GenerationIntervals;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The report of a run: a page, the same as Markdown, and every table and plot as a file of its own. */
public final class Report {
    private static final String PAGE = "index.html";
    private static final String TEXT = "report.md";
    private static final String PRICES = "on-demand";

    private final Document document;

    private Report(Document document) {
        this.document = document;
    }

    /**
     * The report on what was measured, if anything, and on what is modelled.
     *
     * @param kernels the run's rows beside what the chips are modelled to take, none without a run
     * @param planned where the blog's models are best served
     * @param accuracies folder of what {@code infermark accuracy} wrote; its files may be absent
     */
    public static Report of(
            Optional<MeasuredRun> run,
            List<KernelComparison> kernels,
            List<HeldOutBlog.Answer> answers,
            List<PlanSection.Planned> planned,
            Catalog catalog,
            Calibrations calibrations,
            Path accuracies,
            LocalDate today) {
        List<Section> sections = new ArrayList<>(List.of(
                AnswerSection.of(answers),
                BlogSection.table(answers),
                TrustSection.of(answers)));
        sections.addAll(AccuracySection.of(accuracies));
        sections.addAll(List.of(
                BlogSection.plots(answers),
                ClaimsSection.of(answers, catalog),
                BoundsSection.of(answers),
                PlanSection.of(planned, catalog.priceBook(PRICES)),
                KernelSection.of(run, kernels),
                ScaleOutSection.of(
                        ScaleOutStudy.of(catalog, calibrations),
                        catalog.priceBook(PRICES),
                        GenerationIntervals.builtIn()),
                HardwareSection.of(catalog),
                OriginSection.of(run, calibrations, today)));
        return new Report(new Document(
                "Infermark on AWS Inferentia1 and 2",
                "4x throughput, 10x lower latency?",
                AnswerSection.answer(answers),
                sections));
    }

    /**
     * Refuses a folder that no report can be written into, before one is made.
     *
     * @throws UserError where it is none, or holds a page that this program did not write
     */
    public static void requireWritable(Path folder) {
        SafeFiles.requireWritable(folder.resolve(PAGE));
        WrittenFiles.in(folder).requireOwn(List.of(PAGE, TEXT));
    }

    /**
     * Writes every file into a folder, in place of an earlier report's; returns the page.
     *
     * @throws UserError before anything is written, where the folder holds a file of such a name that this program did
     *     not write, or that was changed since
     */
    public Path write(Path folder) {
        WrittenFiles.in(folder).replaceBy(files());
        return folder.resolve(PAGE);
    }

    private Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        add(files, TEXT, utf8(MarkdownText.write(document)));
        document.blocks().forEach(block -> {
            switch (block) {
                case Block.Grid grid -> addCsv(files, grid);
                case Block.Pairs pairs -> addCsv(files, pairs.grid());
                case Block.Figures(var figures) -> figures.forEach(figure ->
                        add(files, figure.plot().name() + ".svg", utf8(SvgPlot.file(figure.plot()))));
                case Block.Text _, Block.Notice _, Block.Highlights _, Block.Kinds _, Block.Folded _ -> { }
            }
        });
        add(files, PAGE, utf8(HtmlPage.write(document, HtmlPage.Data.BESIDE)));
        return files;
    }

    private static void addCsv(Map<String, byte[]> files, Block.Grid grid) {
        add(files, grid.name() + ".csv", utf8(TableFormat.CSV.write(grid.table())));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void add(Map<String, byte[]> files, String name, byte[] content) {
        if (files.putIfAbsent(name, content) != null) {
            throw new IllegalStateException("two parts of the report are named " + name);
        }
    }
}
