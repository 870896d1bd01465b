package dev.infermark.hardware;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.infermark.base.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prices that may be compared with each other: one basis, one region, one publisher.
 *
 * @param name how users choose it, such as {@code on-demand}, {@code ri-effective} or {@code blog}
 * @param basis how the instance is paid
 * @param region region of the vendor, such as {@code us-east-1}
 * @param prices at most one for each instance
 */
public record PriceBook(String name, Basis basis, String region, List<Price> prices) {

    /** How an instance is paid. */
    public enum Basis {
        /** By the hour, without commitment. */
        ON_DEMAND,
        /** The hourly part of a reservation. */
        RI_EFFECTIVE,
        /** By the hour, and taken away when others pay more. */
        SPOT;

        /** The basis that is written as {@code label}. */
        @JsonCreator
        public static Basis ofLabel(String label) {
            return Arrays.stream(values())
                    .filter(basis -> basis.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new UserError(
                            "unknown price basis '" + label + "'; write on-demand, ri-effective or spot"));
        }

        /** The word for people and files, such as {@code on-demand}. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Refuses two prices for one instance and an empty region. */
    public PriceBook {
        prices = List.copyOf(prices);
        if (region.isBlank()) {
            throw new UserError("'region' is empty; name the region that the prices hold for");
        }
        TreeSet<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Price price : prices) {
            if (!seen.add(price.instance())) {
                throw new UserError("price book '" + name + "' has two prices for " + price.instance()
                        + "; keep one, or put the other into a book of its own");
            }
        }
    }

    /** The price of an instance; refuses one that the book lacks. */
    public Price price(String instance) {
        return prices.stream()
                .filter(price -> price.instance().equalsIgnoreCase(instance))
                .findFirst()
                .orElseThrow(() -> new UserError("price book '" + name + "' has no price for " + instance
                        + "; it has " + prices.stream().map(Price::instance).collect(Collectors.joining(", "))
                        + "; choose another book, or give the price with --prices FILE"));
    }

    /** Whether the book has a price for the instance. */
    public boolean has(String instance) {
        return prices.stream().anyMatch(price -> price.instance().equalsIgnoreCase(instance));
    }

    /** This book with the prices of another of the same name, basis and region. */
    PriceBook with(PriceBook more) {
        if (more.basis != basis || !more.region.equals(region)) {
            throw new UserError("price book '" + name + "' is " + basis.label() + " in " + region
                    + "; give prices of another basis or region a book of their own name");
        }
        return new PriceBook(
                name, basis, region, Stream.concat(prices.stream(), more.prices.stream()).toList());
    }
}
