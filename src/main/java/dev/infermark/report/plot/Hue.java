package dev.infermark.report.plot;

/** Colours of bars, chosen so that people with any colour vision tell neighbours apart. */
public enum Hue {
    /** First of a pair, such as the older generation. */
    BLUE(0x0072B2, 0x4FB0EC),
    /** Second of a pair, such as the newer generation. */
    ORANGE(0xD55E00, 0xFF8A3D),
    /** Our own. */
    GREEN(0x008F68, 0x2CC79B),
    /** Plain. */
    GREY(0x6B7280, 0xA3ABB8),
    /** A peer's. */
    PURPLE(0xA8487F, 0xE08FBC),
    /** Another peer's. */
    SKY(0x5FA8D3, 0x9AD0F0),
    /** A third peer's. */
    AMBER(0xC98A00, 0xF2C14E),
    /** A limit's. */
    BLACK(0x1F2328, 0xF0F3F6);

    private final int light;
    private final int dark;

    Hue(int onLight, int onDark) {
        this.light = onLight;
        this.dark = onDark;
    }

    /** The colour as 24 bits of RGB. */
    int rgb(Theme theme) {
        return switch (theme) {
            case LIGHT -> light;
            case DARK -> dark;
        };
    }
}
