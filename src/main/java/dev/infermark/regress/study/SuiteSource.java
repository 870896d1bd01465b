package dev.infermark.regress.study;

import java.util.List;
import java.util.random.RandomGenerator;

/** Draws suites whose two sides are the same build. */
interface SuiteSource {
    /** A suite with as many forks per side as the source was made for. */
    List<Trial> draw(RandomGenerator random);
}
