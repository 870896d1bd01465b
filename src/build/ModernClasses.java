import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives the classes of picocli in a jar the version of this JDK. They have the one of Java 5, which has no stack maps;
 * the JDK keeps such classes, and all that use them, out of its startup cache. Run as
 * {@code java ModernClasses.java JAR}.
 */
void main(String[] arguments) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(Path.of(arguments[0]))) {
        ClassFile form = ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                // Or methods are copied as they are, without stack maps.
                ClassFile.ConstantPoolSharingOption.NEW_POOL,
                ClassFile.ClassHierarchyResolverOption.of(
                        ClassHierarchyResolver.ofResourceParsing(type -> open(jar, type))
                                .orElse(ClassHierarchyResolver.defaultResolver())));
        ClassTransform modernize = ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
                .andThen(ClassTransform.dropping(ClassFileVersion.class::isInstance))
                .andThen(ClassTransform.endHandler(built -> built.withVersion(ClassFile.JAVA_25_VERSION, 0)));
        for (Path file : classes(jar.getPath("picocli"))) {
            var time = Files.getLastModifiedTime(file);
            Files.write(file, form.transformClass(form.parse(Files.readAllBytes(file)), modernize));
            Files.setLastModifiedTime(file, time);
        }
    }
}

List<Path> classes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
        return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
}

java.io.InputStream open(FileSystem jar, ClassDesc type) {
    String name = type.descriptorString();
    Path file = jar.getPath(name.substring(1, name.length() - 1) + ".class");
    try {
        return Files.exists(file) ? Files.newInputStream(file) : null;
    } catch (IOException e) {
        throw new UncheckedIOException(e);
    }
}
