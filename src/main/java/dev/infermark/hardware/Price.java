package dev.infermark.hardware;

import dev.infermark.base.UserError;
import java.util.regex.Pattern;

/**
 * What an instance costs.
 *
 * @param instance name of the instance
 * @param date of the price, as precise as its source: {@code 2023-04-20}, {@code 2024-09} or {@code 2021}
 * @param hourly US dollars per hour
 */
public record Price(String instance, String date, Figure hourly) {
    private static final Pattern DATE = Pattern.compile("\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?");

    /** Checks unit and date. */
    public Price {
        hourly.requirePositive("hourly", Dimension.PRICE);
        if (!DATE.matcher(date).matches()) {
            throw new UserError("'date' must be YYYY, YYYY-MM or YYYY-MM-DD, got '" + date + "'");
        }
    }

    /** US dollars per hour. */
    public double dollarsPerHour() {
        return hourly.base();
    }
}
