package dev.infermark.jmh;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads JMH's JSON ({@code -rf json}) as a stream: a file of any size costs only its numbers. */
public final class JmhJson {
    private JmhJson() {}

    /** All results of a file, or a {@link BrokenRunException} where the run left none or not all of them. */
    public static List<BenchmarkResult> read(Path file) {
        try (InputStream in = new BufferedInputStream(SafeFiles.open(file), 1 << 16);
                JsonParser parser = new JsonFactory().createParser(tools.jackson.core.ObjectReadContext.empty(), in)) {
            Environment machine = Environment.of(Provenance.beside(file));
            List<BenchmarkResult> results = new ArrayList<>();
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new BrokenRunException(file + " is empty: the run failed before its end; look at its log");
            }
            if (first != JsonToken.START_ARRAY) {
                throw new UserError(file + " is no JMH result: it does not hold a list; write it with -rf json");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                results.add(new JmhEntryReader(parser, file).read(machine));
            }
            if (parser.currentToken() != JsonToken.END_ARRAY) {
                throw new UserError(file + " is no JMH result: its list holds other things than objects");
            }
            if (parser.nextToken() != null) {
                throw new BrokenRunException(file + " goes on after its list at line "
                        + parser.currentTokenLocation().getLineNr() + ": run the benchmarks again");
            }
            if (results.isEmpty()) {
                throw new BrokenRunException(file + " holds no result: every benchmark failed; look at the run's log");
            }
            return List.copyOf(results);
        } catch (StreamConstraintsException e) {
            throw new BrokenRunException(
                    file + " is no JMH result: it nests or writes out more than JMH does; write it with -rf json", e);
        } catch (JacksonException e) {
            throw new BrokenRunException(
                    file + " is cut or no JSON at line " + e.getLocation().getLineNr() + ": run the benchmarks again",
                    e);
        } catch (IOException e) {
            throw new UserError("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
