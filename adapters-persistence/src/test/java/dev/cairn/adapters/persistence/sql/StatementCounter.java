package dev.cairn.adapters.persistence.sql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what is sent over a connection. */
final class StatementCounter {
    private final Connection connection;
    private final AtomicInteger sent = new AtomicInteger();

    private StatementCounter(Connection connection) {
        this.connection = connection;
    }

    static StatementCounter on(Connection connection) {
        return new StatementCounter(connection);
    }

    int sent() {
        return sent.get();
    }

    Connection connection() {
        return proxy(Connection.class, connection);
    }

    private <T> T proxy(Class<T> type, T target) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            if (target instanceof Statement
                                    && method.getName().startsWith("execute")) {
                                sent.incrementAndGet();
                            }
                            try {
                                return counted(
                                        method.invoke(target, arguments), method.getReturnType());
                            } catch (InvocationTargetException failure) {
                                throw failure.getTargetException();
                            }
                        }));
    }

    @SuppressWarnings("unchecked")
    private Object counted(Object result, Class<?> type) {
        return result instanceof Statement && Statement.class.isAssignableFrom(type)
                ? proxy((Class<Object>) type, result)
                : result;
    }
}
