package dev.infermark.validate.accuracy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The two factors, neither below zero, whose weighted sum of causes leaves the smallest sum of absolute errors. Some
 * best pair meets two points exactly, or one with the other factor zero, so that all such pairs are tried.
 */
final class LeastAbsolute {
    /** Errors that differ by less than this share are equal. */
    private static final double TIE = 1e-6;

    private LeastAbsolute() {}

    /**
     * A point.
     *
     * @param first the first cause
     * @param second the second cause
     * @param effect what {@code first · a + second · b} should be
     */
    record Point(double first, double second, double effect) {}

    /** The factors of both causes. */
    record Line(double first, double second) {
        private boolean isAllowed() {
            return first >= 0 && second >= 0 && first < Double.POSITIVE_INFINITY && second < Double.POSITIVE_INFINITY;
        }

        private double error(List<Point> points) {
            double sum = 0;
            for (Point point : points) {
                sum += Math.abs(first * point.first() + second * point.second() - point.effect());
            }
            return sum;
        }
    }

    /** The best factors; where points cannot tell causes apart, as of one place alone, all is due to the second. */
    static Line fit(List<Point> points) {
        Line best = new Line(0, 0);
        double least = best.error(points);
        for (Line line : lines(points).filter(Line::isAllowed).toList()) {
            double error = line.error(points);
            if (error < least * (1 - TIE)) {
                least = error;
                best = line;
            }
        }
        return best;
    }

    /** The factors that meet a point by the second cause alone, by the first alone, and those that meet two points. */
    private static Stream<Line> lines(List<Point> points) {
        return Stream.of(
                        points.stream().map(one -> new Line(0, one.effect() / one.second())),
                        points.stream().map(one -> new Line(one.effect() / one.first(), 0)),
                        IntStream.range(0, points.size()).boxed().flatMap(one -> points
                                .subList(one + 1, points.size())
                                .stream()
                                .map(other -> through(points.get(one), other))))
                .flatMap(Function.identity());
    }

    private static Line through(Point one, Point other) {
        double determinant = one.first() * other.second() - other.first() * one.second();
        return new Line(
                (one.effect() * other.second() - other.effect() * one.second()) / determinant,
                (one.first() * other.effect() - other.first() * one.effect()) / determinant);
    }
}
