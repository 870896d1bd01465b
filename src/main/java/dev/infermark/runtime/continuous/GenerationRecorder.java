package dev.infermark.runtime.continuous;

import dev.infermark.runtime.queue.LatencyRecorder;

/** Takes down the times of tokens. */
final class GenerationRecorder implements TokenListener {
    private final Targets targets;
    private final LatencyRecorder ttft = new LatencyRecorder();
    private final LatencyRecorder tpot = new LatencyRecorder();
    private final LatencyRecorder itl = new LatencyRecorder();
    private final LatencyRecorder endToEnd = new LatencyRecorder();
    private long input;
    private long output;
    private long good;

    GenerationRecorder(Targets targets) {
        this.targets = targets;
    }

    @Override
    public void token(Sequence sequence, double gap) {
        (sequence.generated() == 1 ? ttft : itl).record(gap);
        if (sequence.isComplete()) {
            endToEnd.record(sequence.endToEnd());
            if (sequence.generated() > 1) {
                tpot.record(sequence.timePerToken());
            }
            input += sequence.size().inputTokens();
            output += sequence.generated();
            good += targets.areMetBy(sequence) ? 1 : 0;
        }
    }

    GenerationResult.Times times() {
        return new GenerationResult.Times(
                ttft.latencies(), tpot.latencies(), itl.latencies(), endToEnd.latencies());
    }

    GenerationResult.Tokens tokens() {
        return new GenerationResult.Tokens(input, output);
    }

    long good() {
        return good;
    }
}
