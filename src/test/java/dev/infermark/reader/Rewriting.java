package dev.infermark.reader;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Convolution;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphRewriter;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.MatMul.Operand;
import dev.infermark.graph.Node;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Pool;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Reshape;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorRole;
import dev.infermark.graph.TensorType;
import dev.infermark.graph.Transpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Ways in which exporters and programmers write the same network otherwise. */
enum Rewriting {
    LAYER_NORM_BY_DEVIATIONS {
        @Override
        void apply(Node node, NodeWriter to) {
            if (node.operator().equals(new Normalization(Normalization.Kind.LAYER))) {
                Tensor x = node.inputs().getFirst();
                Tensor centred = to.pair(Kind.SUBTRACT, x, to.mean(x));
                Tensor variance = to.mean(to.pair(Kind.MULTIPLY, centred, centred));
                Tensor root = to.function(Function.SQRT, to.pair(Kind.ADD, variance, to.number()));
                to.scaled(node, to.pair(Kind.DIVIDE, centred, root));
            }
        }
    },
    LAYER_NORM_BY_THE_MEAN_OF_SQUARES {
        @Override
        void apply(Node node, NodeWriter to) {
            if (node.operator().equals(new Normalization(Normalization.Kind.LAYER))) {
                Tensor x = node.inputs().getFirst();
                Tensor mean = to.mean(x);
                Tensor squares = to.mean(to.function(Function.SQUARE, x));
                Tensor variance = to.pair(Kind.SUBTRACT, squares, to.pair(Kind.MULTIPLY, mean, mean));
                Tensor root = to.function(
                        Function.RSQRT, to.pair(Kind.ADD, to.pair(Kind.MAXIMUM, variance, to.number()), to.number()));
                to.scaled(node, to.pair(Kind.MULTIPLY, to.pair(Kind.SUBTRACT, x, mean), root));
            }
        }
    },
    LAYER_NORM_WITH_ITS_SCALE_IN_THE_ROOT {
        @Override
        void apply(Node node, NodeWriter to) {
            if (node.operator().equals(new Normalization(Normalization.Kind.LAYER))) {
                Tensor x = node.inputs().getFirst();
                Tensor mean = to.mean(x);
                Tensor centred = to.pair(Kind.SUBTRACT, x, mean);
                Tensor variance = to.mean(to.function(Function.SQUARE, centred));
                Tensor root = to.function(Function.RSQRT, to.pair(Kind.ADD, variance, to.number()));
                Tensor factor = to.pair(Kind.MULTIPLY, node.inputs().get(1), root);
                to.last(node, new Elementwise(Kind.ADD), to.pair(Kind.MULTIPLY, factor, centred), node.inputs().get(2));
            }
        }
    },
    LAYER_NORM_AS_ONE_SCALE_AND_SHIFT {
        @Override
        void apply(Node node, NodeWriter to) {
            if (node.operator().equals(new Normalization(Normalization.Kind.LAYER))) {
                Tensor x = node.inputs().getFirst();
                Tensor mean = to.mean(x);
                Tensor variance = to.mean(to.function(Function.SQUARE, to.pair(Kind.SUBTRACT, x, mean)));
                Tensor root = to.function(Function.RSQRT, to.pair(Kind.ADD, variance, to.number()));
                Tensor factor = to.pair(Kind.MULTIPLY, root, node.inputs().get(1));
                Tensor shift = to.pair(Kind.SUBTRACT, node.inputs().get(2), to.pair(Kind.MULTIPLY, mean, factor));
                to.last(node, new Elementwise(Kind.ADD), to.pair(Kind.MULTIPLY, x, factor), shift);
            }
        }
    },
    RMS_NORM_BY_HAND {
        @Override
        void apply(Node node, NodeWriter to) {
            if (node.operator().equals(new Normalization(Normalization.Kind.RMS))) {
                Tensor x = node.inputs().getFirst();
                Tensor squares = to.mean(to.pair(Kind.POWER, x, to.number()));
                Tensor root = to.function(Function.SQRT, to.pair(Kind.ADD, squares, to.number()));
                Tensor normal = to.pair(Kind.MULTIPLY, x, to.pair(Kind.DIVIDE, to.number(), root));
                to.last(node, new Elementwise(Kind.MULTIPLY), node.inputs().get(1), normal);
            }
        }
    },
    SOFTMAX_BY_HAND {
        @Override
        void apply(Node node, NodeWriter to) {
            if (node.operator() instanceof Softmax) {
                Tensor x = node.inputs().getFirst();
                Tensor largest = to.add(new Reduce(Reduce.Kind.MAX, List.of(-1), Reduce.Axes.KEPT), x);
                Tensor exponentials = to.function(Function.EXP, to.pair(Kind.SUBTRACT, x, largest));
                Tensor sum = to.add(new Reduce(Reduce.Kind.SUM, List.of(-1), Reduce.Axes.KEPT), exponentials);
                to.last(node, new Elementwise(Kind.DIVIDE), exponentials, sum);
            }
        }
    },
    SOFTMAX_BY_THE_RECIPROCAL_OF_THE_SUM {
        @Override
        void apply(Node node, NodeWriter to) {
            if (node.operator() instanceof Softmax) {
                Tensor x = node.inputs().getFirst();
                Tensor largest = to.add(new Reduce(Reduce.Kind.MAX, List.of(-1), Reduce.Axes.KEPT), x);
                Tensor exponentials = to.function(Function.EXP, to.pair(Kind.SUBTRACT, x, largest));
                Tensor sum = to.add(new Reduce(Reduce.Kind.SUM, List.of(-1), Reduce.Axes.KEPT), exponentials);
                to.last(
                        node,
                        new Elementwise(Kind.MULTIPLY),
                        exponentials,
                        to.function(Function.RECIPROCAL, sum));
            }
        }
    },
    GELU_BY_THE_ERROR_FUNCTION {
        @Override
        void apply(Node node, NodeWriter to) {
            if (isFunction(node, Function.GELU)) {
                Tensor x = node.inputs().getFirst();
                Tensor error = to.function(Function.ERF, to.pair(Kind.DIVIDE, x, to.number()));
                Tensor gate = to.pair(Kind.ADD, error, to.number());
                to.last(node, new Elementwise(Kind.MULTIPLY), to.pair(Kind.MULTIPLY, x, gate), to.number());
            }
        }
    },
    SILU_AS_A_PRODUCT {
        @Override
        void apply(Node node, NodeWriter to) {
            if (isFunction(node, Function.SILU)) {
                Tensor x = node.inputs().getFirst();
                to.last(node, new Elementwise(Kind.MULTIPLY), to.function(Function.SIGMOID, x), x);
            }
        }
    },
    SILU_BY_THE_EXPONENTIAL {
        @Override
        void apply(Node node, NodeWriter to) {
            if (isFunction(node, Function.SILU)) {
                Tensor x = node.inputs().getFirst();
                Tensor exponential = to.function(Function.EXP, to.function(Function.NEGATE, x));
                to.last(node, new Elementwise(Kind.DIVIDE), x, to.pair(Kind.ADD, to.number(), exponential));
            }
        }
    },
    SILU_BY_A_LOGISTIC_FUNCTION_BY_HAND {
        @Override
        void apply(Node node, NodeWriter to) {
            if (isFunction(node, Function.SILU)) {
                Tensor x = node.inputs().getFirst();
                Tensor exponential = to.function(Function.EXP, to.function(Function.NEGATE, x));
                Tensor logistic = to.pair(Kind.DIVIDE, to.number(), to.pair(Kind.ADD, exponential, to.number()));
                to.last(node, new Elementwise(Kind.MULTIPLY), x, logistic);
            }
        }
    },
    OPERANDS_OF_SUMS_AND_PRODUCTS_SWAPPED {
        @Override
        void apply(Node node, NodeWriter to) {
            boolean isSymmetric = node.operator().equals(new Elementwise(Kind.ADD))
                    || node.operator().equals(new Elementwise(Kind.MULTIPLY));
            if (isSymmetric) {
                to.last(node, node.operator(), node.inputs().get(1), node.inputs().get(0));
            }
        }
    },
    RENAMINGS_IN_BETWEEN {
        @Override
        void apply(Node node, NodeWriter to) {
            if (node.operator() instanceof MatMul || node.operator() instanceof Convolution) {
                Tensor plain = to.add(node.operator(), node.inputs().toArray(Tensor[]::new));
                Shape shape = plain.shape();
                List<Long> longer = new ArrayList<>(shape.dimensions());
                longer.add(1, 1L);
                Tensor unsqueezed = to.add(new Reshape(new Shape(longer)), to.function(Function.IDENTITY, plain));
                to.last(node, new Reshape(shape), unsqueezed);
            }
        }
    },
    WEIGHTS_STORED_TRANSPOSED {
        @Override
        void apply(Node node, NodeWriter to) {
            if (isLinear(node)) {
                Tensor w = node.inputs().get(1);
                Tensor stored = transposed(w);
                to.last(node, node.operator(), node.inputs().getFirst(), to.add(Transpose.of(1, 0), stored));
            }
        }
    },
    WEIGHTS_ON_THE_LEFT {
        @Override
        void apply(Node node, NodeWriter to) {
            if (isLinear(node)) {
                Tensor x = node.inputs().getFirst();
                Tensor w = node.inputs().get(1);
                Tensor stored = transposed(w);
                Transpose swapped = lastTwoSwapped(x.shape().rank());
                Tensor product = to.add(new MatMul(), stored, to.add(swapped, x));
                to.last(node, swapped, product);
            }
        }
    },
    ROWS_FLATTENED_BEFORE_PRODUCTS {
        @Override
        void apply(Node node, NodeWriter to) {
            if (isLinear(node) && node.inputs().getFirst().shape().rank() == 3) {
                Tensor x = node.inputs().getFirst();
                long width = x.shape().dimension(-1);
                Tensor flat = to.add(new Reshape(Shape.of(x.shape().elements() / width, width)), x);
                Tensor product = to.add(node.operator(), flat, node.inputs().get(1));
                to.last(node, new Reshape(node.output().shape()), product);
            }
        }
    },
    KEYS_TRANSPOSED_BY_THEMSELVES {
        @Override
        void apply(Node node, NodeWriter to) {
            if (node.operator().equals(new MatMul(Operand.PLAIN, Operand.TRANSPOSED))
                    && !node.inputs().get(1).role().isStored()) {
                Tensor k = node.inputs().get(1);
                to.last(
                        node,
                        new MatMul(),
                        node.inputs().getFirst(),
                        to.add(lastTwoSwapped(k.shape().rank()), k));
            }
        }
    },
    KEYS_MOVED_IN_ONE_TRANSPOSE {
        @Override
        void apply(Node node, NodeWriter to) {
            if (node.operator().equals(new MatMul(Operand.PLAIN, Operand.TRANSPOSED))
                    && to.producer(node.inputs().get(1)) instanceof Node moved
                    && moved.operator().equals(Transpose.of(0, 2, 1, 3))) {
                Tensor keys = to.add(Transpose.of(0, 2, 3, 1), moved.inputs().getFirst());
                to.last(node, new MatMul(), node.inputs().getFirst(), keys);
            }
        }
    },
    BIAS_AFTER_HEADS_ARE_SPLIT {
        @Override
        void apply(Node node, NodeWriter to) {
            if (node.operator().equals(Transpose.of(0, 2, 1, 3))
                    && to.producer(node.inputs().getFirst()) instanceof Node view
                    && view.operator() instanceof Reshape
                    && to.producer(view.inputs().getFirst()) instanceof Node sum
                    && sum.operator().equals(new Elementwise(Kind.ADD))
                    && sum.inputs().get(1).role().isStored()) {
                Shape heads = view.output().shape();
                Tensor bias = sum.inputs().get(1);
                Tensor stored = new Tensor(
                        bias.name(),
                        bias.type().withShape(Shape.of(heads.dimension(2), 1, heads.dimension(3))),
                        bias.role());
                Tensor split = to.add(new Reshape(heads), sum.inputs().getFirst());
                to.last(node, new Elementwise(Kind.ADD), to.add(node.operator(), split), stored);
            }
        }
    },
    SCALE_AS_A_DIVISION {
        @Override
        void apply(Node node, NodeWriter to) {
            if (node.operator().equals(new Elementwise(Kind.MULTIPLY))
                    && node.inputs().get(1).role().isStored()
                    && node.inputs().get(1).shape().elements() == 1) {
                to.last(node, new Elementwise(Kind.DIVIDE), node.inputs().get(0), node.inputs().get(1));
            }
        }
    },
    PROJECTIONS_JOINED {
        @Override
        void apply(Node node, NodeWriter to) {
            List<Node> siblings = isLinear(node)
                    ? to.readers(node.inputs().getFirst()).stream()
                            .filter(Rewriting::isLinear)
                            .toList()
                    : List.of();
            if (siblings.size() < 2) {
                return;
            }
            if (!siblings.getFirst().name().equals(node.name())) {
                to.leaveOut();
                return;
            }
            List<Long> widths =
                    siblings.stream().map(sibling -> sibling.output().shape().dimension(-1)).toList();
            Tensor w = node.inputs().get(1);
            Tensor joined = new Tensor(
                    w.name() + ".joined",
                    w.type().withShape(w.shape().with(1, widths.stream().mapToLong(Long::longValue).sum())),
                    w.role());
            Tensor product = to.add(new MatMul(), node.inputs().getFirst(), joined);
            to.write(new Node(
                    node.name() + ".split",
                    node.layer(),
                    Slice.split(-1, widths),
                    List.of(product),
                    siblings.stream().map(Node::output).toList()));
        }
    },
    CHANNELS_LAST {
        @Override
        void apply(Node node, NodeWriter to) {
            boolean isOfImages = node.operator() instanceof Convolution || node.operator() instanceof Pool;
            if (isOfImages && node.output().shape().rank() == 4) {
                Tensor last = to.add(Transpose.of(0, 2, 3, 1), node.inputs().getFirst());
                Tensor inside = to.add(Transpose.of(0, 3, 1, 2), last);
                List<Tensor> inputs = new ArrayList<>(node.inputs());
                inputs.set(0, inside);
                Tensor result = to.add(node.operator(), inputs.toArray(Tensor[]::new));
                to.last(node, Transpose.of(0, 3, 1, 2), to.add(Transpose.of(0, 2, 3, 1), result));
            }
        }
    },
    ELEMENTS_COMBINED_CHANNELS_LAST {
        @Override
        void apply(Node node, NodeWriter to) {
            boolean isOfElements = node.operator() instanceof Elementwise || isFunction(node, Function.RELU);
            if (isOfElements && node.inputs().stream().allMatch(x -> x.shape().rank() == 4 && !x.role().isStored())) {
                Tensor[] moved = node.inputs().stream()
                        .map(x -> to.add(Transpose.of(0, 2, 3, 1), x))
                        .toArray(Tensor[]::new);
                to.last(node, Transpose.of(0, 3, 1, 2), to.add(node.operator(), moved));
            }
        }
    },
    BATCH_NORM_BY_HAND {
        @Override
        void apply(Node node, NodeWriter to) {
            if (node.operator().equals(new Normalization(Normalization.Kind.BATCH))) {
                Tensor x = node.inputs().getFirst();
                TensorType type = x.type().withShape(Shape.of(x.shape().dimension(1), 1, 1));
                Tensor scale = new Tensor(node.inputs().get(1).name(), type, TensorRole.PARAMETER);
                Tensor shift = new Tensor(node.inputs().get(2).name(), type, TensorRole.PARAMETER);
                to.last(node, new Elementwise(Kind.ADD), to.pair(Kind.MULTIPLY, x, scale), shift);
            }
        }
    };

    /** Writes the node otherwise, or nothing where it stays. */
    abstract void apply(Node node, NodeWriter to);

    /** The graph, rewritten wherever the way applies. */
    Graph of(Graph graph) {
        Map<String, List<Node>> readers = new HashMap<>();
        for (Node node : graph.nodes()) {
            node.inputs().stream()
                    .distinct()
                    .forEach(input ->
                            readers.computeIfAbsent(input.name(), _ -> new ArrayList<>()).add(node));
        }
        return GraphRewriter.rewrite(graph, (node, rewriter) -> {
            NodeWriter writer = new NodeWriter(node, rewriter, readers);
            apply(node, writer);
            return writer.result();
        });
    }

    private static boolean isFunction(Node node, Function function) {
        return node.operator() instanceof Activation activation && activation.function() == function;
    }

    /** A product with a matrix of weights that is stored as the formula has it. */
    private static boolean isLinear(Node node) {
        return node.operator().equals(new MatMul())
                && node.inputs().get(1).role().isStored()
                && node.inputs().get(1).shape().rank() == 2
                && node.inputs().getFirst().shape().rank() >= 2;
    }

    private static Tensor transposed(Tensor w) {
        Shape shape = Shape.of(w.shape().dimension(1), w.shape().dimension(0));
        return new Tensor(w.name(), w.type().withShape(shape), w.role());
    }

    private static Transpose lastTwoSwapped(int rank) {
        List<Integer> axes = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.swap(axes, rank - 1, rank - 2);
        return new Transpose(axes);
    }
}
