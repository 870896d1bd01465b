package dev.infermark.report.plot;

import dev.infermark.report.plot.TimelinePlot.Lane;
import dev.infermark.report.plot.TimelinePlot.Piece;
import dev.infermark.report.plot.TimelinePlot.Shade;
import j2html.tags.ContainerTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A {@link TimelinePlot} as SVG, in the colours of {@code plot.css}. */
final class SvgTimeline {
    private static final double WIDTH = 900;
    private static final double LEFT = 92;
    /** Room for half of the last number of the axis. */
    private static final double RIGHT = 18;

    private static final double LANE = 24;
    private static final double BAR = 18;
    private static final double KEY = 12;
    private static final double KEY_LINE = 22;
    private static final double AXIS = 38;
    private static final int TICKS = 8;

    /** Pieces narrower than this are drawn as one with those that they touch. */
    private static final double NARROW = 1.5;

    private final TimelinePlot plot;
    private final SvgCanvas canvas = new SvgCanvas();

    private SvgTimeline(TimelinePlot plot) {
        this.plot = plot;
    }

    static ContainerTag<?> draw(TimelinePlot plot) {
        return new SvgTimeline(plot).draw();
    }

    private ContainerTag<?> draw() {
        double top = canvas.title(plot.title(), WIDTH) + 4;
        canvas.rectangle("grey", 0.5, top + 2, KEY, KEY - 1);
        canvas.text("", KEY + 5, top + KEY, "exposed: the others wait for it");
        double second = 250;
        canvas.rectangle("grey pale", second + 0.5, top + 2, KEY, KEY - 1);
        canvas.text("", second + KEY + 5, top + KEY, "overlapped: done meanwhile; all modelled");
        top += KEY_LINE;
        double bottom = top + plot.lanes().size() * LANE;
        axis(top, bottom);
        for (Lane lane : plot.lanes()) {
            canvas.text("group", 0, top + BAR - 3, lane.label());
            for (Piece piece : drawn(lane)) {
                canvas.rectangle(
                        lane.hue().style() + (piece.shade() == Shade.PALE ? " pale piece" : " piece"),
                        x(piece.start()),
                        top + 2,
                        Math.max(0.3, x(piece.start() + piece.seconds()) - x(piece.start())),
                        BAR,
                        piece.words());
            }
            top += LANE;
        }
        return canvas.picture(plot, "plot large", WIDTH, bottom + AXIS);
    }

    private double x(double seconds) {
        return LEFT + (seconds - plot.start()) / (plot.end() - plot.start()) * (WIDTH - LEFT - RIGHT);
    }

    /** The pieces within the axis; where they are too narrow to tell apart, several as one. */
    private List<Piece> drawn(Lane lane) {
        List<Piece> drawn = new ArrayList<>();
        for (Piece piece : lane.pieces()) {
            double start = Math.max(piece.start(), plot.start());
            double end = Math.min(piece.start() + piece.seconds(), plot.end());
            if (end <= start) {
                continue;
            }
            Piece cut = new Piece(start, end - start, piece.shade(), words(piece));
            if (!drawn.isEmpty() && isOne(drawn.getLast(), cut)) {
                Piece last = drawn.removeLast();
                cut = new Piece(last.start(), end - last.start(), last.shade(), last.words() + " …");
            }
            drawn.add(cut);
        }
        return drawn;
    }

    private boolean isOne(Piece last, Piece next) {
        double gap = x(next.start()) - x(last.start() + last.seconds());
        return last.shade() == next.shade()
                && gap < 0.5
                && x(next.start() + next.seconds()) - x(next.start()) < NARROW
                && !last.words().endsWith("… …");
    }

    private static String words(Piece piece) {
        return String.format(
                Locale.ROOT, "%s: %.4g µs, %s", piece.words(), 1e6 * piece.seconds(),
                piece.shade() == Shade.SOLID ? "exposed" : "overlapped");
    }

    private void axis(double top, double bottom) {
        double span = plot.end() - plot.start();
        double power = Math.pow(10, Math.floor(Math.log10(span)));
        double step = power / 10;
        for (double factor : new double[] {0.1, 0.2, 0.5, 1}) {
            step = factor * power;
            if (span / step <= TICKS) {
                break;
            }
        }
        StringBuilder path = new StringBuilder();
        for (long i = (long) Math.ceil(plot.start() / step - 1e-9); i * step <= plot.end() * (1 + 1e-9); i++) {
            path.append('M').append(SvgCanvas.number(x(i * step))).append(' ').append(SvgCanvas.number(top))
                    .append('V').append(SvgCanvas.number(bottom));
            canvas.text("tick", x(i * step), bottom + 15, Axis.label(1e3 * i * step));
        }
        canvas.path("grid", path.toString());
        canvas.text("", LEFT, bottom + AXIS - 6, "ms after the start of the call");
    }
}
