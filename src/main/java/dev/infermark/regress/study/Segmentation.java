package dev.infermark.regress.study;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * How well changes that were found agree with those that people marked, as van den Burg and Williams measure it (An
 * Evaluation of Change Point Detection Algorithms, arXiv:2003.06222, 2020).
 */
final class Segmentation {
    /** A change counts as found up to so many places away. */
    private static final int MARGIN = 5;

    private Segmentation() {}

    /**
     * The F1 measure: precision against what anyone marked, recall as the mean over people; the start of a series
     * counts as a change that everybody marks and finds.
     *
     * @param marked the changes that each person marked
     */
    static double f1(Collection<? extends Collection<Integer>> marked, Collection<Integer> found) {
        NavigableSet<Integer> places = withStart(found);
        NavigableSet<Integer> anyone = withStart(List.of());
        marked.forEach(anyone::addAll);
        double precision = (double) hits(anyone, places) / places.size();
        double recall = marked.stream()
                .map(Segmentation::withStart)
                .mapToDouble(one -> (double) hits(one, places) / one.size())
                .average()
                .orElseThrow();
        return 2 * precision * recall / (precision + recall);
    }

    private static NavigableSet<Integer> withStart(Collection<Integer> changes) {
        NavigableSet<Integer> all = new TreeSet<>(changes);
        all.add(0);
        return all;
    }

    /** Each change found explains one that was marked, the nearest. */
    private static int hits(NavigableSet<Integer> marked, NavigableSet<Integer> found) {
        NavigableSet<Integer> free = new TreeSet<>(found);
        int hits = 0;
        for (int change : marked) {
            int nearest = -1;
            for (int place : free.subSet(change - MARGIN, change + MARGIN + 1)) {
                if (nearest < 0 || Math.abs(place - change) < Math.abs(nearest - change)) {
                    nearest = place;
                }
            }
            if (nearest >= 0) {
                free.remove(nearest);
                hits++;
            }
        }
        return hits;
    }

    /**
     * The covering: how far each marked stretch overlaps the found one that fits it best (intersection over union),
     * weighted by its length; the mean over people.
     */
    static double cover(Collection<? extends Collection<Integer>> marked, Collection<Integer> found, int length) {
        List<int[]> parts = stretches(found, length);
        return marked.stream()
                .mapToDouble(one -> stretches(one, length).stream()
                                .mapToDouble(stretch -> (stretch[1] - stretch[0]) * best(stretch, parts))
                                .sum()
                        / length)
                .average()
                .orElseThrow();
    }

    private static List<int[]> stretches(Collection<Integer> changes, int length) {
        List<int[]> stretches = new ArrayList<>();
        int from = 0;
        for (int change : withStart(changes)) {
            if (change > from && change < length) {
                stretches.add(new int[] {from, change});
                from = change;
            }
        }
        stretches.add(new int[] {from, length});
        return stretches;
    }

    private static double best(int[] stretch, List<int[]> parts) {
        return parts.stream()
                .mapToDouble(part -> {
                    int shared = Math.min(stretch[1], part[1]) - Math.max(stretch[0], part[0]);
                    int all = Math.max(stretch[1], part[1]) - Math.min(stretch[0], part[0]);
                    return shared <= 0 ? 0 : (double) shared / all;
                })
                .max()
                .orElseThrow();
    }
}
