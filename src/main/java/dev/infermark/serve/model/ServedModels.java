package dev.infermark.serve.model;

import dev.infermark.base.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All models of a server, by name. */
public final class ServedModels {
    private final Map<String, ServedModel> byName = new LinkedHashMap<>();

    /** The models in their order; refuses two of one name. */
    public ServedModels(List<ServedModel> models) {
        for (ServedModel model : models) {
            if (byName.put(model.name(), model) != null) {
                throw new UserError("two models are to be served as " + model.name()
                        + "; give one another name, as in --model NAME=" + model.name());
            }
        }
    }

    /** All of them, in order. */
    public List<ServedModel> all() {
        return List.copyOf(byName.values());
    }

    /** The model of a name, if there is one. */
    public Optional<ServedModel> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
