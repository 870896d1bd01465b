package dev.infermark.runtime.queue;

import dev.infermark.base.UserError;
import java.util.random.RandomGenerator;

/** When requests come. All times are in seconds from the start. */
public sealed interface Arrivals {

    /** The mean rate, in requests per second; infinite where all come at once. */
    double perSecond();

    /** The times of one run, drawn from this generator. */
    Stream stream(RandomGenerator random);

    /** Times of arrival one after the other, never falling. */
    @FunctionalInterface
    interface Stream {
        /** The next time of arrival, or infinity when no more requests come. */
        double next();
    }

    /**
     * Requests of many callers who know nothing of each other: exponential gaps.
     *
     * @param perSecond mean rate
     */
    record Poisson(double perSecond) implements Arrivals {
        /** Refuses a rate that is no positive number. */
        public Poisson {
            requireRate(perSecond);
        }

        @Override
        public Stream stream(RandomGenerator random) {
            return new Stream() {
                private double now;

                @Override
                public double next() {
                    now += random.nextExponential() / perSecond;
                    return now;
                }
            };
        }
    }

    /**
     * Requests at equal intervals.
     *
     * @param perSecond rate
     */
    record Constant(double perSecond) implements Arrivals {
        /** Refuses a rate that is no positive number. */
        public Constant {
            requireRate(perSecond);
        }

        @Override
        public Stream stream(RandomGenerator random) {
            return new Stream() {
                private long count;

                @Override
                public double next() {
                    return ++count / perSecond;
                }
            };
        }
    }

    /**
     * Requests that come in groups, all of a group at once, the groups with exponential gaps.
     *
     * @param perSecond mean rate of requests
     * @param size requests of a group
     */
    record Bursts(double perSecond, int size) implements Arrivals {
        /** Refuses a rate that is no positive number and an empty group. */
        public Bursts {
            requireRate(perSecond);
            if (size < 1) {
                throw new UserError("a burst of " + size + " requests is none; give 1 or more");
            }
        }

        @Override
        public Stream stream(RandomGenerator random) {
            return new Stream() {
                private double now;
                private int left;

                @Override
                public double next() {
                    if (left == 0) {
                        left = size;
                        now += random.nextExponential() * size / perSecond;
                    }
                    left--;
                    return now;
                }
            };
        }
    }

    /** All requests are there from the start, as many as the run asks for. */
    record AtOnce() implements Arrivals {
        @Override
        public double perSecond() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public Stream stream(RandomGenerator random) {
            return () -> 0;
        }
    }

    /** Recorded times of arrival, in seconds. */
    final class Trace implements Arrivals {
        /** Times beyond have no digits left for what a call takes. */
        private static final double LONGEST_TRACE = 1e9;

        private final double[] seconds;

        /**
         * A trace.
         *
         * @param seconds times of arrival, never falling; copied
         * @throws UserError when there are none, or one is negative, not a number or before the one ahead of it
         */
        public Trace(double[] seconds) {
            this.seconds = seconds.clone();
            if (seconds.length == 0) {
                throw new UserError("the trace has no requests; write one time of arrival on each line");
            }
            double last = 0;
            for (int i = 0; i < seconds.length; i++) {
                if (seconds[i] > LONGEST_TRACE) {
                    throw new UserError("request " + (i + 1) + " of the trace comes at " + seconds[i]
                            + " s, after many years; write seconds from the trace's start");
                }
                if (!(seconds[i] >= last)) {
                    throw new UserError("request " + (i + 1) + " of the trace comes at " + seconds[i]
                            + " s, after one at " + last + " s; sort the trace by time, in seconds from its start");
                }
                last = seconds[i];
            }
        }

        /** How many requests the trace has. */
        public int size() {
            return seconds.length;
        }

        @Override
        public double perSecond() {
            return seconds.length / seconds[seconds.length - 1];
        }

        @Override
        public Stream stream(RandomGenerator random) {
            return new Stream() {
                private int index;

                @Override
                public double next() {
                    return index < seconds.length ? seconds[index++] : Double.POSITIVE_INFINITY;
                }
            };
        }
    }

    private static void requireRate(double perSecond) {
        if (!(perSecond > 0 && perSecond < Double.POSITIVE_INFINITY)) {
            throw new UserError("a rate of " + perSecond + " requests per second is none; give a number above 0");
        }
    }
}
