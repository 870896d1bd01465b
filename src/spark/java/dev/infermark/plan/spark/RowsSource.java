package dev.infermark.plan.spark;

import dev.infermark.plan.sweep.Grid;
import dev.infermark.plan.sweep.Rows;
import java.io.Serializable;

/** How an executor gets the rows of a grid; sent to each, where it makes them once. */
@FunctionalInterface
interface RowsSource extends Serializable {
    Rows rows(Grid grid);
}
