package dev.infermark.report.regression;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.div;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.input;
import static j2html.TagCreator.li;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.script;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.style;
import static j2html.TagCreator.text;
import static j2html.TagCreator.title;
import static j2html.TagCreator.ul;
import static j2html.TagCreator.wbr;

import dev.infermark.base.Counted;
import dev.infermark.base.NumberKind;
import dev.infermark.regress.history.Change;
import dev.infermark.regress.history.PastEpisode;
import dev.infermark.regress.history.SeriesReport;
import dev.infermark.regress.history.ToldLog;
import dev.infermark.regress.verdict.Verdict;
import j2html.tags.DomContent;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** All histories of a suite as one HTML file that needs nothing beside it: a small plot each, newest changes first. */
public final class HistoryPage {
    private static final String STYLE = """
            :root{color-scheme:light dark;--bg:#fff;--text:#1f2733;--faint:#5b6675;--grid:#d9dee6;--run:#8fa0b0;\
            --level:#1f4e79;--worse:#b3261e;--better:#1e7a46}
            @media(prefers-color-scheme:dark){:root{--bg:#1a2029;--text:#e4e8ee;--faint:#9aa6b5;--grid:#39424f;\
            --run:#6f8092;--level:#8fbce6;--worse:#ff8a80;--better:#7ed6a0}}
            body{margin:0;background:var(--bg);color:var(--text);font:15px/1.45 system-ui,sans-serif}
            main{max-width:1180px;margin:0 auto;padding:24px 20px}
            h1{font-size:1.6rem;margin:0 0 4px}h2{font-size:.95rem;margin:0;overflow-wrap:anywhere}
            .lead,.unit{color:var(--faint);margin:0}.unit{font-size:.8rem}
            input{font:inherit;width:100%;max-width:420px;margin:16px 0;padding:8px 10px;border:1px solid var(--grid);\
            border-radius:6px;background:transparent;color:inherit}
            .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(330px,1fr));gap:20px}
            section{border:1px solid var(--grid);border-radius:8px;padding:12px 14px;content-visibility:auto;\
            contain-intrinsic-size:auto 240px}section[hidden]{display:none}
            svg{display:block;width:100%;height:auto;margin:8px 0}
            ul{list-style:none;margin:0;padding:0;font-size:.85rem}li{margin:2px 0}
            .worse{color:var(--worse);font-weight:600}.better{color:var(--better);font-weight:600}
            .withdrawn{color:var(--faint)}a{color:inherit}
            """;

    private static final String FILTER = """
            document.querySelector('input').addEventListener('input',e=>{const w=e.target.value.toLowerCase();\
            document.querySelectorAll('section').forEach(s=>{s.hidden=!s.dataset.name.toLowerCase().includes(w)})});
            """;

    private HistoryPage() {}

    /**
     * The whole page.
     *
     * @param commitLink what a commit is put behind to make a link, empty for none
     */
    public static String write(List<SeriesReport> reports, String commitLink) {
        List<SeriesReport> ordered = reports.stream()
                .sorted(Comparator.comparingInt(HistoryPage::runsSinceNews)
                        .thenComparing(report -> report.series().benchmark()))
                .toList();
        long changes = reports.stream().mapToLong(r -> r.changes().size()).sum();
        long changed = reports.stream().filter(r -> !r.changes().isEmpty()).count();
        String lead = String.format(
                Locale.ROOT,
                "%s, %,d with lasting changes (%,d in all), newest first. Every value is %s; a dot is a"
                        + " run, a line a level.",
                Counted.of(reports.size(), "benchmark"),
                changed,
                changes,
                NumberKind.MEASURED.label());
        return document(html(
                        head(
                                meta().withCharset("utf-8"),
                                meta().withName("viewport").withContent("width=device-width,initial-scale=1"),
                                title("Benchmark history"),
                                style(rawHtml(STYLE))),
                        body(main(
                                h1("Benchmark history"),
                                p(lead).withClass("lead"),
                                input().withType("search")
                                        .withPlaceholder("Filter benchmarks by name")
                                        .attr("aria-label", "Filter benchmarks by name"),
                                div(each(ordered, report -> panel(report, commitLink))).withClass("grid"))),
                        script(rawHtml(FILTER)))
                .withLang("en"));
    }

    /** How many runs ago the newest change or episode began; what never changed comes last. */
    private static int runsSinceNews(SeriesReport report) {
        int newest = report.changes().isEmpty() ? -1 : report.changes().getLast().point().index();
        return newest < 0 ? Integer.MAX_VALUE : report.series().runs().size() - newest;
    }

    private static DomContent panel(SeriesReport report, String commitLink) {
        String unit = report.series().unit();
        return section(
                        h2(each(pieces(report.series().benchmark()), piece -> each(text(piece), wbr()))),
                        p((unit.isEmpty() ? "" : unit + ", ") + report.series().direction().label() + " is better, "
                                        + Counted.of(report.series().runs().size(), "run"))
                                .withClass("unit"),
                        rawHtml(HistorySvg.write(report)),
                        ul(
                                each(report.changes().reversed(), change -> item(change, commitLink)),
                                each(report.episodes().reversed(), past -> item(past)),
                                each(report.withdrawn().reversed(), withdrawn -> item(withdrawn))))
                .attr("data-name", report.series().benchmark());
    }

    /** A name's pieces, between which it may be broken. */
    private static List<String> pieces(String name) {
        return List.of(name.split("(?<=[.,:])|(?=\\()", -1));
    }

    private static DomContent item(Change change, String commitLink) {
        boolean worse = change.verdict() instanceof Verdict.Regressed;
        String commit = change.run().commit();
        String shown = HistoryTables.brief(commit);
        DomContent at = commit.isEmpty()
                ? text("")
                : commitLink.isEmpty() ? text(", commit " + shown)
                        : span(text(", commit "), a(shown).withHref(commitLink + commit));
        return li(
                span(Percent.change(change.point().change())).withClass(worse ? "worse" : "better"),
                text(" " + change.verdict().word() + " at run " + change.run().label()),
                at,
                text(change.toldAt().isEmpty() ? "" : ", told at run " + change.toldAt()));
    }

    private static DomContent item(ToldLog.Withdrawn withdrawn) {
        ToldLog.Finding finding = withdrawn.told().finding();
        return li("withdrawn at run %s: %s of %s at run %s, told at run %s; %s"
                        .formatted(
                                withdrawn.at(),
                                finding.kind(),
                                Percent.change(finding.change()),
                                finding.run(),
                                withdrawn.told().at(),
                                withdrawn.reason()))
                .withClass("withdrawn");
    }

    private static DomContent item(PastEpisode past) {
        return li(past.episode().word() + " of " + Percent.change(past.episode().change()) + ", runs "
                + past.first().label() + " to " + past.last().label() + ", over");
    }
}
