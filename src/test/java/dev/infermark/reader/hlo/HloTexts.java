package dev.infermark.reader.hlo;

/** HLO text as compilers print it. */
final class HloTexts {

    private HloTexts() {}

    /** Layer normalisation by jnp.mean and jnp.var, then the tanh form of GELU. */
    static String normalizedGelu(String input) {
        return """
                HloModule jit_f

                %%sum (a: f32[], b: f32[]) -> f32[] {
                  %%a = f32[] parameter(0)
                  %%b = f32[] parameter(1)
                  ROOT %%s = f32[] add(%%a, %%b)
                }

                ENTRY %%main (%1$s: f32[4,64], g: f32[64], h: f32[64]) -> f32[4,64] {
                  %%%1$s = f32[4,64]{1,0} parameter(0)
                  %%g = f32[64]{0} parameter(1)
                  %%h = f32[64]{0} parameter(2)
                  %%zero = f32[] constant(0)
                  %%width = f32[] constant(64)
                  %%total = f32[4]{0} reduce(%%%1$s, %%zero), dimensions={1}, to_apply=%%sum
                  %%width.b = f32[4]{0} broadcast(%%width), dimensions={}
                  %%mean = f32[4]{0} divide(%%total, %%width.b)
                  %%mean.r = f32[4,1]{1,0} reshape(%%mean)
                  %%mean.s = f32[4]{0} reshape(%%mean.r)
                  %%mean.b = f32[4,64]{1,0} broadcast(%%mean.s), dimensions={0}
                  %%centred = f32[4,64]{1,0} subtract(%%%1$s, %%mean.b)
                  %%square = f32[4,64]{1,0} multiply(%%centred, %%centred)
                  %%total.2 = f32[4]{0} reduce(%%square, %%zero), dimensions={1}, to_apply=%%sum
                  %%variance = f32[4]{0} divide(%%total.2, %%width.b)
                  %%epsilon = f32[] constant(1e-06)
                  %%epsilon.b = f32[4]{0} broadcast(%%epsilon), dimensions={}
                  %%safe = f32[4]{0} add(%%variance, %%epsilon.b)
                  %%root = f32[4]{0} rsqrt(%%safe)
                  %%root.b = f32[4,64]{1,0} broadcast(%%root), dimensions={0}
                  %%g.b = f32[4,64]{1,0} broadcast(%%g), dimensions={1}
                  %%scale = f32[4,64]{1,0} multiply(%%root.b, %%g.b)
                  %%scaled = f32[4,64]{1,0} multiply(%%centred, %%scale)
                  %%h.b = f32[4,64]{1,0} broadcast(%%h), dimensions={1}
                  %%y = f32[4,64]{1,0} add(%%scaled, %%h.b)
                  %%y2 = f32[4,64]{1,0} multiply(%%y, %%y)
                  %%y3 = f32[4,64]{1,0} multiply(%%y2, %%y)
                  %%c = f32[] constant(0.044715)
                  %%c.b = f32[4,64]{1,0} broadcast(%%c), dimensions={}
                  %%cubic = f32[4,64]{1,0} multiply(%%c.b, %%y3)
                  %%inner = f32[4,64]{1,0} add(%%y, %%cubic)
                  %%r = f32[] constant(0.797884583)
                  %%r.b = f32[4,64]{1,0} broadcast(%%r), dimensions={}
                  %%argument = f32[4,64]{1,0} multiply(%%r.b, %%inner)
                  %%tanh = f32[4,64]{1,0} tanh(%%argument)
                  %%one = f32[] constant(1)
                  %%one.b = f32[4,64]{1,0} broadcast(%%one), dimensions={}
                  %%gate = f32[4,64]{1,0} add(%%one.b, %%tanh)
                  %%half = f32[] constant(0.5)
                  %%half.b = f32[4,64]{1,0} broadcast(%%half), dimensions={}
                  %%halved = f32[4,64]{1,0} multiply(%%half.b, %%gate)
                  ROOT %%out = f32[4,64]{1,0} multiply(%%y, %%halved)
                }
                """.formatted(input);
    }
}
