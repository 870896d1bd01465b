package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedModelTest {
    @ParameterizedTest
    @CsvSource({
        "bert=bert-tiny, bert, bert-tiny",
        "bert-tiny, , bert-tiny",
        "mine=/data/m.onnx, mine, /data/m.onnx",
        "/data/run=3/m.onnx, , /data/run=3/m.onnx",
        "./m=3.onnx, , ./m=3.onnx",
        "mine=/data/run=3/m.onnx, mine, /data/run=3/m.onnx",
        "mine=m=3.onnx, mine, m=3.onnx"
    })
    void aNameEndsAtTheFirstEqualsSignThatIsNoPartOfAPath(String text, String name, String model) {
        assertEquals(new NamedModel(Optional.ofNullable(name), model), NamedModel.parse(text));
    }
}
