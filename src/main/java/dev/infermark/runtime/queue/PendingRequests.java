package dev.infermark.runtime.queue;

/** Times of arrival of the requests that wait, first in, first out; grows to the longest queue of a run. */
final class PendingRequests {
    private double[] times = new double[1024];
    private int head;
    private int size;

    int size() {
        return size;
    }

    void add(double time) {
        if (size == times.length) {
            grow();
        }
        times[(head + size) & (times.length - 1)] = time;
        size++;
    }

    double get(int index) {
        return times[(head + index) & (times.length - 1)];
    }

    double remove() {
        double first = times[head];
        head = (head + 1) & (times.length - 1);
        size--;
        return first;
    }

    private void grow() {
        double[] larger = new double[Math.multiplyExact(times.length, 2)];
        for (int i = 0; i < size; i++) {
            larger[i] = get(i);
        }
        times = larger;
        head = 0;
    }
}
