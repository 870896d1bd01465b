package dev.infermark.report.plot;

/** What a picture shows. */
public sealed interface Plot permits BarPlot, ScatterPlot, TimelinePlot {

    /** File name without ending. */
    String name();

    /** What it shows. */
    String title();

    /** The whole plot in words, for those who do not see it. */
    String description();
}
