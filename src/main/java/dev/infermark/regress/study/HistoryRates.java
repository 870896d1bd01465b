package dev.infermark.regress.study;

/**
 * How often the detector erred on histories of a hundred runs.
 *
 * @param falseSeries share of flat histories with any change called
 * @param quietF1 F1 for one step of 5 % in quiet histories, counted as found within three runs of its place
 * @param anyF1 F1 for one step of 10 % in histories of any spread
 * @param anyFound share of those steps that were found
 * @param delay median number of runs with the new level until a step of 5 % in a quiet history is seen; 31 for "later"
 */
public record HistoryRates(double falseSeries, double quietF1, double anyF1, double anyFound, double delay) {}
