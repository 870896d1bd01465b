package dev.infermark.serve.model;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Tensor;
import dev.infermark.serve.device.ModelQueue;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A model that clients can call.
 *
 * @param name what clients call it
 * @param origin where its times come from, such as {@code modelled inf2.xlarge}
 * @param inputs what a request brings
 * @param outputs what an answer has
 * @param maxBatch most sequences or images of a request, 0 where a request must have the shapes of a whole call
 * @param placesPerCall sequences or images of a whole call
 * @param queue where its requests wait
 */
public record ServedModel(
        String name,
        String origin,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        int maxBatch,
        int placesPerCall,
        ModelQueue queue) {
    /** The only version of each model. */
    public static final String VERSION = "1";

    /** What runs the models, as metadata name it. */
    public static final String PLATFORM = "infermark_modelled_neuron";

    private static final Pattern NAME = Pattern.compile("[\\w.-]+");

    /** Copies the lists; refuses a name that cannot stand in an address. */
    public ServedModel {
        if (!NAME.matcher(name).matches()) {
            throw new UserError("a model cannot be served as \"" + name + "\"; name it with letters, digits, '.', '_' "
                    + "and '-', as in --model NAME=FILE");
        }
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The model of a network's graph for calls of so many sequences or images. */
    public static ServedModel of(String name, String origin, Graph graph, int batch, ModelQueue queue) {
        boolean isBatched = !graph.inputs().isEmpty()
                && Stream.concat(graph.inputs().stream(), graph.outputs().stream())
                        .allMatch(tensor -> isBatched(tensor, batch));
        return new ServedModel(
                name,
                origin,
                specs(graph.inputs(), isBatched),
                specs(graph.outputs(), isBatched),
                isBatched ? batch : 0,
                batch,
                queue);
    }

    private static boolean isBatched(Tensor tensor, int batch) {
        return tensor.shape().rank() > 0 && tensor.shape().dimension(0) == batch;
    }

    private static List<TensorSpec> specs(List<Tensor> tensors, boolean isBatched) {
        return tensors.stream().map(tensor -> TensorSpec.of(tensor, isBatched)).toList();
    }
}
