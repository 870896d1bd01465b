package dev.infermark.report.plot;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What works when, modelled: a lane for each worker.
 *
 * @param name file name without ending
 * @param title what it shows
 * @param end seconds at the end of the axis, which begins at {@code start}
 * @param start seconds at its beginning
 * @param lanes from top to bottom
 */
public record TimelinePlot(String name, String title, double start, double end, List<Lane> lanes) implements Plot {

    /** Copies the list; refuses an axis without length. */
    public TimelinePlot {
        lanes = List.copyOf(lanes);
        if (!(end > start)) {
            throw new IllegalArgumentException("timeline " + name + " goes from " + start + " to " + end);
        }
    }

    /**
     * One worker.
     *
     * @param label its name
     * @param hue its colour
     * @param pieces its work, by rising time
     */
    public record Lane(String label, Hue hue, List<Piece> pieces) {

        /** Copies the list. */
        public Lane {
            pieces = List.copyOf(pieces);
        }

        double seconds(Shade shade) {
            return pieces.stream().filter(piece -> piece.shade() == shade).mapToDouble(Piece::seconds).sum();
        }
    }

    /** How a piece of work is drawn. */
    public enum Shade {
        /** Others wait for it. */
        SOLID,
        /** Others work meanwhile. */
        PALE
    }

    /**
     * A piece of work.
     *
     * @param start seconds
     * @param seconds how long it is
     * @param shade whether others wait for it
     * @param words what it is
     */
    public record Piece(double start, double seconds, Shade shade, String words) {}

    @Override
    public String description() {
        return title + ". " + lanes.stream()
                .map(lane -> "%s: %.4g ms exposed, %.4g ms overlapped"
                        .formatted(lane.label(), 1e3 * lane.seconds(Shade.SOLID), 1e3 * lane.seconds(Shade.PALE)))
                .collect(Collectors.joining("; ")) + ".";
    }
}
