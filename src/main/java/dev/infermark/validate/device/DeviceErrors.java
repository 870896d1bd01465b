package dev.infermark.validate.device;

import dev.infermark.validate.device.DeviceProfile.Observed;
import dev.infermark.validate.device.DeviceProfiles.Predicted;
import dev.infermark.validate.scenario.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Errors of a kind of device profiles. Nothing is fitted to them but one count: that each sum over the group reads the
 * hidden state twice was seen in them, so that the bytes of a prefill are no independent test.
 *
 * @param name the kind
 * @param quantity {@code device time} or {@code bytes read}
 * @param protocol what the model had seen of the profiles
 * @param errors the errors
 * @param meanGoalPercent the mean absolute error in per cent that they must stay within, where one is set
 */
public record DeviceErrors(
        String name, String quantity, Protocol protocol, Errors errors, OptionalDouble meanGoalPercent) {

    /** What the model had seen of the profiles. */
    public enum Protocol {
        /** Nothing. */
        NOT_FITTED("not fitted"),
        /** How often a sum reads the hidden state. */
        COUNT_CHOSEN("count chosen on these");

        private final String label;

        Protocol(String label) {
            this.label = label;
        }

        /** The label in tables. */
        public String label() {
            return label;
        }
    }

    private static final String TIME = "device time";
    private static final String BYTES = "bytes read";
    private static final OptionalDouble DECODE_GOAL = OptionalDouble.of(8);
    private static final OptionalDouble PREFILL_GOAL = OptionalDouble.of(15);
    private static final OptionalDouble BYTES_GOAL = OptionalDouble.of(5);

    /** The errors of all profiles that are predicted. */
    public static List<DeviceErrors> of(List<DeviceProfiles.Answer> answers) {
        List<Predicted> dense = answers.stream()
                .filter(Predicted.class::isInstance)
                .map(Predicted.class::cast)
                .toList();
        Predicate<Predicted> grouped = answer -> answer.published().groupsQueries();
        List<DeviceErrors> all = new ArrayList<>();
        all.add(decode("device, decode of dense models", dense, _ -> true, DECODE_GOAL));
        all.add(decode("device, decode with grouped queries", dense, grouped, DECODE_GOAL));
        all.add(decode("device, decode without", dense, grouped.negate(), OptionalDouble.empty()));
        all.add(errors("device, prefill of dense models", TIME, Protocol.NOT_FITTED, dense,
                DeviceErrors::prefill, Observed::seconds, PREFILL_GOAL));
        all.add(errors("device, decode of dense models", BYTES, Protocol.NOT_FITTED, dense,
                DeviceErrors::decode, Observed::readBytes, BYTES_GOAL));
        all.add(errors("device, prefill of dense models", BYTES, Protocol.COUNT_CHOSEN, dense,
                DeviceErrors::prefill, Observed::readBytes, BYTES_GOAL));
        return List.copyOf(all);
    }

    private record Pair(Observed published, Observed modelled) {}

    private static Pair decode(Predicted answer) {
        return new Pair(answer.published().decode(), answer.decode());
    }

    private static Pair prefill(Predicted answer) {
        return new Pair(answer.published().prefill(), answer.prefill());
    }

    private static DeviceErrors decode(
            String name, List<Predicted> all, Predicate<Predicted> isOf, OptionalDouble goal) {
        return errors(
                name, TIME, Protocol.NOT_FITTED, all.stream().filter(isOf).toList(), DeviceErrors::decode,
                Observed::seconds, goal);
    }

    private static DeviceErrors errors(
            String name,
            String quantity,
            Protocol protocol,
            List<Predicted> answers,
            Function<Predicted, Pair> phase,
            ToDoubleFunction<Observed> value,
            OptionalDouble goal) {
        Errors errors = Errors.of(answers.stream()
                .map(phase)
                .map(pair -> new Errors.Pair(
                        value.applyAsDouble(pair.published()), value.applyAsDouble(pair.modelled())))
                .toList());
        return new DeviceErrors(name, quantity, protocol, errors, goal);
    }
}
