package dev.infermark.reader.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import dev.infermark.graph.Shape;
import dev.infermark.graph.TensorType;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.translate.Literal;
import dev.infermark.reader.translate.Movement;
import dev.infermark.reader.translate.Translation;
import dev.infermark.reader.translate.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A loop whose trips are known while reading, with its body written as often as it runs. */
final class OnnxLoop {
    /** Operators of all trips up to which a loop is written out. */
    private static final long MOST_WRITTEN = 20_000;

    /** The trip count and the condition come before what is handed from trip to trip. */
    private static final int LEADING = 2;

    private final Translation graph;
    private final OnnxNode node;

    OnnxLoop(Translation graph, OnnxNode node) {
        this.graph = graph;
        this.node = node;
    }

    /** Writes a graph inside another one. */
    interface Body {
        /** The results for these values of its inputs. */
        List<Value> results(GraphProto body, List<Value> values);
    }

    /** The results; empty where only the data tell how often the loop runs, or it is too long to be written out. */
    Optional<List<Value>> results(Body written) {
        GraphProto body = node.attribute("body").map(AttributeProto::getG).orElse(GraphProto.getDefaultInstance());
        Optional<Long> trips = trips();
        if (trips.isEmpty() || trips.get() > MOST_WRITTEN / Math.max(1, body.getNodeCount())) {
            return Optional.empty();
        }
        List<Value> state = new ArrayList<>(node.inputs().subList(leading(), node.inputs().size()));
        List<List<Value>> scanned = new ArrayList<>();
        boolean goesOn = true;
        for (long trip = 0; goesOn && trip < trips.get(); trip++) {
            List<Value> values = new ArrayList<>(List.of(graph.known(Literal.scalar(trip)), truth()));
            values.addAll(state);
            List<Value> results = written.results(body, values);
            Optional<Literal> condition = results.getFirst().literal();
            if (condition.isEmpty()) {
                return Optional.empty();
            }
            goesOn = condition.get().value() != 0;
            state = results.subList(1, 1 + state.size());
            scanned.add(results.subList(1 + state.size(), results.size()));
        }
        return outputs(state, scanned);
    }

    /** What the trips handed on, and what each of them left, stacked along a new first axis. */
    private Optional<List<Value>> outputs(List<Value> state, List<List<Value>> scanned) {
        List<Value> outputs = new ArrayList<>(state);
        if (scanned.isEmpty() && node.outputs() > state.size()) {
            return Optional.empty();
        }
        Movement movement = new Movement(graph);
        for (int scan = 0; !scanned.isEmpty() && scan < scanned.getFirst().size(); scan++) {
            List<Value> parts = new ArrayList<>();
            for (List<Value> trip : scanned) {
                parts.add(movement.unsqueeze(node.name() + ".scan", trip.get(scan), List.of(0)));
            }
            outputs.add(movement.concat(node.name() + ".scan", parts, 0));
        }
        return Optional.of(outputs);
    }

    private Optional<Long> trips() {
        Optional<Literal> condition = node.has(1) ? node.input(1).literal() : Optional.of(literalTruth());
        return condition.flatMap(known -> known.value() == 0
                ? Optional.of(0L)
                : node.optional(0).flatMap(Value::literal).map(Literal::number));
    }

    private int leading() {
        return (int) IntStream.range(0, LEADING).filter(node::has).count();
    }

    private Value truth() {
        return graph.known(literalTruth());
    }

    private static Literal literalTruth() {
        return Literal.of(new TensorType(DataType.BOOL, Shape.of()), 1);
    }
}
