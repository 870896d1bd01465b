package dev.infermark.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.module.SimpleValueInstantiators;

/**
 * Makes records by reflection. Jackson's own way has the JDK write and load a class for each number and type of
 * components, which at a cold start takes longer than everything else about reading a file.
 */
final class PlainConstructors extends SimpleValueInstantiators {
    private static final long serialVersionUID = 1L;

    @Override
    public ValueInstantiator modifyValueInstantiator(
            DeserializationConfig config, BeanDescription.Supplier description, ValueInstantiator usual) {
        return usual instanceof StdValueInstantiator standard && description.getBeanClass().isRecord()
                ? new OfRecord(standard)
                : usual;
    }

    private static final class OfRecord extends StdValueInstantiator {
        private static final long serialVersionUID = 1L;

        OfRecord(StdValueInstantiator usual) {
            super(usual);
        }

        @Override
        public Object createFromObjectWith(DeserializationContext context, Object[] components) {
            if (!(getWithArgsCreator().getMember() instanceof Constructor<?> constructor)) {
                return super.createFromObjectWith(context, components);
            }
            try {
                return constructor.newInstance(components);
            } catch (InvocationTargetException e) {
                return refused(context, components, e.getTargetException());
            } catch (ReflectiveOperationException | RuntimeException e) {
                return refused(context, components, e);
            }
        }

        private Object refused(DeserializationContext context, Object[] components, Throwable cause) {
            return context.handleInstantiationProblem(getValueClass(), components, rewrapCtorProblem(context, cause));
        }
    }
}
