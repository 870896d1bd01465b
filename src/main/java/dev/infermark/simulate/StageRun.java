package dev.infermark.simulate;

import java.util.ArrayList;
import java.util.List;

/**
 * Stages that follow each other and do the same in the same time, such as the layers of a transformer.
 *
 * @param from how many stages of the network come before them
 * @param stages one or more
 */
public record StageRun(int from, List<StageTime> stages) {

    /** Copies the list. */
    public StageRun {
        stages = List.copyOf(stages);
    }

    /** The runs of a network's stages, in order; each as long as can be. */
    public static List<StageRun> of(List<StageTime> stages) {
        List<StageRun> runs = new ArrayList<>();
        for (int from = 0; from < stages.size(); ) {
            int to = from + 1;
            while (to < stages.size() && stages.get(to).doesAs(stages.get(from))) {
                to++;
            }
            runs.add(new StageRun(from, stages.subList(from, to)));
            from = to;
        }
        return runs;
    }

    /** The first stage, whose times are those of each. */
    public StageTime first() {
        return stages.getFirst();
    }

    /** How many stages there are. */
    public int count() {
        return stages.size();
    }

    /** The name of the only stage, or of the first and the last one. */
    public String name() {
        return first().name() + (count() > 1 ? " to " + stages.getLast().name() : "");
    }
}
