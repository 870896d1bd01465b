package dev.infermark.plan.spark;

import dev.infermark.plan.sweep.Answer;
import dev.infermark.plan.sweep.Axis;
import dev.infermark.plan.sweep.Column;
import dev.infermark.plan.sweep.Grid;
import dev.infermark.plan.sweep.Rows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A sweep as it is broadcast: a text and a recipe, of which each executor makes the grid and its rows once, for all of
 * its tasks. Safe for use by several threads.
 */
final class SharedSweep implements Serializable {
    private static final long serialVersionUID = 1;

    private final String json;
    private final RowsSource source;
    private transient @Nullable Made made;

    private record Made(Grid grid, Rows rows) {}

    SharedSweep(String json, RowsSource source) {
        this.json = json;
        this.source = source;
    }

    private synchronized Made made() {
        Made known = made;
        if (known == null) {
            Grid grid = Grid.parse(json);
            known = new Made(grid, source.rows(grid));
            made = known;
        }
        return known;
    }

    long size() {
        return made().grid().size();
    }

    /** The first line of each file. */
    String header() {
        return made().rows().header(made().grid());
    }

    /** A row as the local sweep writes it. */
    String line(long number) {
        return made().rows().row(made().grid().at(number));
    }

    /** A row with typed columns, those of {@link #schema()}. */
    Row row(long number) {
        Grid.Point point = made().grid().at(number);
        List<@Nullable Object> values = new ArrayList<>();
        values.add(number);
        List<Axis> axes = made().grid().axes();
        for (int i = 0; i < axes.size(); i++) {
            String text = point.values().get(i);
            values.add(axes.get(i).column().kind() == Column.Kind.WHOLE ? Long.valueOf(text) : text);
        }
        switch (made().rows().answer(point)) {
            case Answer.Values(List<Object> found) -> {
                values.addAll(found);
                values.add(null);
            }
            case Answer.Refused(String reason) -> {
                made().rows().columns().forEach(_ -> values.add(null));
                values.add(reason);
            }
        }
        return RowFactory.create(values.toArray());
    }

    StructType schema() {
        StructType schema = new StructType();
        for (Column column : made().rows().allColumns(made().grid())) {
            schema = schema.add(
                    column.name(),
                    switch (column.kind()) {
                        case TEXT -> DataTypes.StringType;
                        case WHOLE -> DataTypes.LongType;
                        case REAL -> DataTypes.DoubleType;
                    });
        }
        return schema;
    }
}
