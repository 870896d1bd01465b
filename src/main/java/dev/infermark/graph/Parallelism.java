package dev.infermark.graph;

import dev.infermark.base.UserError;

/** How the NeuronCores of an instance share the work of a network. */
public sealed interface Parallelism {

    /** Copies of the network, each of which serves calls of its own. */
    int copies();

    /** Cores that hold one copy together. */
    int coresPerCopy();

    /** How the cores of a copy share norms, residuals and whatever else is between sums and the next matrices. */
    enum Norms {
        /** Each core computes all of it, after an all-reduce. */
        WHOLE,
        /** Each core computes that of some tokens, between a reduce-scatter and an all-gather. */
        SEQUENCE_PARALLEL
    }

    /** Cores of all copies. */
    default int cores() {
        return Math.multiplyExact(copies(), coresPerCopy());
    }

    /** What it is called in messages and tables, such as {@code tensor parallelism over 8 cores}. */
    String title();

    /**
     * Whole copies, one on each core: data parallelism, or a single core.
     *
     * @param copies copies of the network
     */
    record Replicated(int copies) implements Parallelism {
        /** Refuses a number below one. */
        public Replicated {
            require("cores", copies);
        }

        @Override
        public int coresPerCopy() {
            return 1;
        }

        @Override
        public String title() {
            return copies == 1 ? "a single core" : "data parallelism over " + copies + " cores";
        }
    }

    /**
     * Every operator is split over the cores of a copy, which exchange partial results.
     *
     * @param degree cores of one copy
     * @param copies copies of the network
     * @param norms how norms and residuals are shared
     */
    record TensorParallel(int degree, int copies, Norms norms) implements Parallelism {
        /** Refuses numbers below one. */
        public TensorParallel {
            require("tensor-parallel degree", degree);
            require("copies", copies);
        }

        /** Each core has the norms and residuals as a whole. */
        public TensorParallel(int degree, int copies) {
            this(degree, copies, Norms.WHOLE);
        }

        @Override
        public int coresPerCopy() {
            return degree;
        }

        @Override
        public String title() {
            return "tensor parallelism over " + degree + " cores";
        }
    }

    /**
     * Each core of a copy holds consecutive layers and hands activations to the next.
     *
     * @param stages cores of one copy
     * @param copies copies of the network
     */
    record LayerPipeline(int stages, int copies) implements Parallelism {
        /** Refuses numbers below one. */
        public LayerPipeline {
            require("pipeline stages", stages);
            require("copies", copies);
        }

        @Override
        public int coresPerCopy() {
            return stages;
        }

        @Override
        public String title() {
            return "a pipeline over " + stages + " cores";
        }
    }

    private static void require(String name, int value) {
        if (value < 1) {
            throw new UserError(name + " must be at least 1, got " + value);
        }
    }
}
