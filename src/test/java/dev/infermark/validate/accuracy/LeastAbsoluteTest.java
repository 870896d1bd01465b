package dev.infermark.validate.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.validate.accuracy.LeastAbsolute.Line;
import dev.infermark.validate.accuracy.LeastAbsolute.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeastAbsoluteTest {
    @Test
    void findsTheFactorsThatMostPointsAgreeOnWhateverTheOthersSay() {
        Random random = new Random(5);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            double first = random.nextDouble();
            double second = random.nextDouble();
            points.add(new Point(first, second, i % 5 == 0 ? 100 : 0.25 * first + 3 * second));
        }
        Line line = LeastAbsolute.fit(points);
        assertEquals(0.25, line.first(), 1e-9);
        assertEquals(3, line.second(), 1e-9);
    }

    @Test
    void aFactorBelowZeroBecomesZero() {
        List<Point> points = List.of(new Point(1, 1, 1), new Point(1, 2, 0.9), new Point(1, 3, 0.8));
        Line line = LeastAbsolute.fit(points);
        assertEquals(0, line.second());
        assertEquals(0.9, line.first(), 1e-9);
    }

    @Test
    void noPairOnAGridIsBetter() {
        Random random = new Random(11);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            points.add(new Point(random.nextDouble(), random.nextDouble(), random.nextDouble()));
        }
        double least = error(LeastAbsolute.fit(points), points);
        for (double first = 0; first < 2; first += 0.01) {
            for (double second = 0; second < 2; second += 0.01) {
                assertTrue(least <= error(new Line(first, second), points) + 1e-12);
            }
        }
    }

    @Test
    void whatPointsOfOnePlaceCannotTellApartIsDueToTheSecondCause() {
        List<Point> points = List.of(new Point(2, 4, 1), new Point(2, 4, 1.1), new Point(2, 4, 1.2));
        assertEquals(new Line(0, 1.1 / 4), LeastAbsolute.fit(points));
    }

    @Test
    void withoutPointsNothingIsDueToACause() {
        assertEquals(new Line(0, 0), LeastAbsolute.fit(List.of()));
    }

    private static double error(Line line, List<Point> points) {
        return points.stream()
                .mapToDouble(point -> Math.abs(
                        line.first() * point.first() + line.second() * point.second() - point.effect()))
                .sum();
    }
}
