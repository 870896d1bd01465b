package dev.infermark.bench.run;

import java.util.List;
import java.util.Optional;

/**
 * An x86 processor by the numbers of its {@code cpuid}: the name it gives itself may say no more than its brand.
 *
 * @param vendor such as {@code AuthenticAMD}
 * @param family the display family
 * @param model the display model
 * @param stepping the revision
 */
record CpuModel(String vendor, int family, int model, int stepping) {

    /** The first processor that {@code /proc/cpuinfo} lists, empty where the lines have no such numbers. */
    static Optional<CpuModel> parse(List<String> lines) {
        try {
            return Optional.of(new CpuModel(
                    field(lines, "vendor_id"),
                    Integer.parseInt(field(lines, "cpu family")),
                    Integer.parseInt(field(lines, "model")),
                    Integer.parseInt(field(lines, "stepping"))));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static String field(List<String> lines, String name) {
        return lines.stream()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2 && parts[0].strip().equals(name))
                .map(parts -> parts[1].strip())
                .findFirst()
                .orElse("");
    }

    /** The microarchitecture's name by the vendors' lists of models, empty for one that is not among them. */
    Optional<String> generation() {
        return switch (vendor) {
            case "AuthenticAMD" -> amd();
            case "GenuineIntel" -> family == 6 ? intel() : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<String> amd() {
        return switch (family) {
            case 23 -> Optional.of(model < 0x30 ? "Zen" : "Zen 2");
            case 25 -> Optional.of(isZen4() ? "Zen 4" : "Zen 3");
            case 26 -> Optional.of("Zen 5");
            default -> Optional.empty();
        };
    }

    private boolean isZen4() {
        return (model >= 0x10 && model < 0x20) || (model >= 0x60 && model < 0x80) || model >= 0xA0;
    }

    private Optional<String> intel() {
        return switch (model) {
            case 63 -> Optional.of("Haswell");
            case 79 -> Optional.of("Broadwell");
            case 85 -> Optional.of(stepping < 5 ? "Skylake" : stepping < 10 ? "Cascade Lake" : "Cooper Lake");
            case 106, 108 -> Optional.of("Ice Lake");
            case 143 -> Optional.of("Sapphire Rapids");
            case 151, 154 -> Optional.of("Alder Lake");
            case 173, 174 -> Optional.of("Granite Rapids");
            case 183 -> Optional.of("Raptor Lake");
            case 207 -> Optional.of("Emerald Rapids");
            default -> Optional.empty();
        };
    }

    /** For people, such as {@code Zen 4 (AuthenticAMD family 25, model 17, stepping 1)}. */
    String label() {
        return "%s (%s family %d, model %d, stepping %d)"
                .formatted(generation().orElse("generation unknown"), vendor, family, model, stepping);
    }
}
