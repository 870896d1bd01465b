package dev.infermark.kernel.simd.convolution;

import dev.infermark.kernel.Convolution2d;
import java.util.stream.IntStream;

/**
 * Where the windows of a band's pixels lie in its buffer.
 *
 * <p>Relative to a window's first element, the others lie alike for all pixels: in the order of rows, columns and
 * channels they are runs of neighbours, which make up blocks of limited depth.
 */
final class Windows {
    private final int[] bases;
    private final int[] starts;
    private final int[] lengths;
    /** The first run of each block, and the number of runs. */
    private final int[] blocks;

    /**
     * Lists the windows of a convolution.
     *
     * @param depth most elements in a block
     */
    Windows(Convolution2d convolution, ChannelUse use, Band band, int depth) {
        this.bases = band.bases(convolution);
        int step = use.step(convolution);
        int columnStep = convolution.horizontal().dilation() * band.pixel();
        boolean joined = columnStep == convolution.groupChannels() * step;
        int perRow = joined ? 1 : convolution.horizontal().size();
        int length = convolution.depth() / convolution.vertical().size() / perRow;
        IntStream.Builder startsBuilder = IntStream.builder();
        IntStream.Builder lengthsBuilder = IntStream.builder();
        IntStream.Builder blocksBuilder = IntStream.builder().add(0);
        int runs = 0;
        int room = depth;
        for (int i = 0; i < convolution.vertical().size() * perRow; i++) {
            int start = i / perRow * convolution.vertical().dilation() * band.row() + i % perRow * columnStep;
            for (int done = 0; done < length; ) {
                if (room == 0) {
                    blocksBuilder.add(runs);
                    room = depth;
                }
                int part = Math.min(use.longestRun(), Math.min(room, length - done));
                startsBuilder.add(start + done * step);
                lengthsBuilder.add(part);
                done += part;
                room -= part;
                runs++;
            }
        }
        starts = startsBuilder.build().toArray();
        lengths = lengthsBuilder.build().toArray();
        blocks = blocksBuilder.add(runs).build().toArray();
    }

    /** Pixels of a band, as many as fill its last tile. */
    int pixels() {
        return bases.length;
    }

    /** Where the window of a pixel starts. */
    int base(int pixel) {
        return bases[pixel];
    }

    /** Number of blocks. */
    int blocks() {
        return blocks.length - 1;
    }

    /** The first run of a block; that of the block after the last is the number of runs. */
    int first(int block) {
        return blocks[block];
    }

    /** Where a run starts. */
    int start(int run) {
        return starts[run];
    }

    /** Elements of a run. */
    int length(int run) {
        return lengths[run];
    }

    /** Elements of all runs of a block. */
    int depth(int block) {
        int sum = 0;
        for (int run = first(block); run < first(block + 1); run++) {
            sum += lengths[run];
        }
        return sum;
    }
}
