package dev.cairn.adapters.graphql.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.application.port.Seal;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {
    private static final List<Letter> LETTERS =
            "hgfedcba".chars().mapToObj(letter -> new Letter(Character.toString(letter))).toList();

    private static final Caller CALLER = new Caller("ann", null);
    private static final Caller OTHER = new Caller("bob", null);
    private static final Caller SCOPED = new Caller("ann", "account.region = 'EMEA'");

    private record Letter(String key) implements Node {
        @Override
        public String typeName() {
            return "Letter";
        }
    }

    @Test
    void a_page_has_fifty_when_nothing_is_said() {
        var many = IntStream.range(0, 60).mapToObj(i -> new Letter("%02d".formatted(i))).toList();

        assertThat(request(null, null, null, null).of(many).edges()).hasSize(50);
    }

    @Test
    void first_gives_the_first_in_order_of_keys() {
        var page = request(3, null, null, null).of(LETTERS);

        assertThat(keys(page)).containsExactly("a", "b", "c");
        assertThat(page.pageInfo().hasNextPage()).isTrue();
        assertThat(page.pageInfo().hasPreviousPage()).isFalse();
        assertThat(page.totalCount()).isEqualTo(8);
    }

    @Test
    void after_goes_on_behind_the_cursor_until_all_are_had() {
        var first = request(3, null, null, null).of(LETTERS);
        var second = request(3, first.pageInfo().endCursor(), null, null).of(LETTERS);
        var third = request(3, second.pageInfo().endCursor(), null, null).of(LETTERS);

        assertThat(keys(second)).containsExactly("d", "e", "f");
        assertThat(second.pageInfo().hasPreviousPage()).isTrue();
        assertThat(keys(third)).containsExactly("g", "h");
        assertThat(third.pageInfo().hasNextPage()).isFalse();
    }

    @Test
    void last_with_before_goes_back() {
        var last = request(null, null, 3, null).of(LETTERS);
        var before = request(null, null, 3, last.pageInfo().startCursor()).of(LETTERS);

        assertThat(keys(last)).containsExactly("f", "g", "h");
        assertThat(last.pageInfo().hasNextPage()).isFalse();
        assertThat(keys(before)).containsExactly("c", "d", "e");
        assertThat(before.pageInfo().hasNextPage()).isTrue();
        assertThat(before.pageInfo().hasPreviousPage()).isTrue();
    }

    @Test
    void a_page_is_found_by_key_when_the_list_changed_meanwhile() {
        var cursor = request(3, null, null, null).of(LETTERS).pageInfo().endCursor();
        var without = LETTERS.stream().filter(letter -> !letter.key().matches("[ac]")).toList();

        assertThat(keys(request(2, cursor, null, null).of(without))).containsExactly("d", "e");
    }

    @Test
    void a_page_of_none_has_no_cursors() {
        var page = request(0, null, null, null).of(LETTERS);

        assertThat(page.edges()).isEmpty();
        assertThat(page.pageInfo()).isEqualTo(new PageInfo(true, false, null, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 201, 100_000, Integer.MIN_VALUE})
    void sizes_beyond_the_limits_are_refused(int size) {
        refuses(size, null, null, null, "first must be 0 to 200, not " + size + ".");
        refuses(null, null, size, null, "last must be 0 to 200, not " + size + ".");
        assertThatThrownBy(() -> PageRequest.size("first", size, 20))
                .isInstanceOf(RejectedException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200})
    void sizes_at_the_limits_are_taken(int size) {
        assertThat(request(size, null, null, null).size()).isEqualTo(size);
        assertThat(request(null, null, size, null).size()).isEqualTo(size);
        assertThat(PageRequest.size("first", size, 20)).isEqualTo(size);
    }

    @Test
    void first_with_last_is_refused() {
        refuses(5, null, 5, null, "Give first or last, not both.");
    }

    @Test
    void a_cursor_of_another_list_is_refused() {
        var others =
                List.of(
                        cursors("Metric", "x", CALLER).cursor("a"),
                        cursors("Letter", "y", CALLER).cursor("a"),
                        cursors("Letter", "x", OTHER).cursor("a"),
                        cursors("Letter", "x", SCOPED).cursor("a"),
                        new Cursors(new Seal("x".repeat(32).getBytes(UTF_8)), "Letter", "x", CALLER)
                                .cursor("a"),
                        new OpaqueKey("after Letter", "a").text(),
                        new OpaqueKey("Letter", "a").text());
        for (var cursor : others) {
            refuses(5, cursor, null, null, "This is no cursor of this list");
            refuses(null, null, 5, cursor, "This is no cursor of this list");
        }
    }

    @Test
    void a_cursor_that_was_changed_anywhere_is_refused() {
        var cursor = cursors("Letter", "x", CALLER).cursor("a");
        for (int at = 0; at < cursor.length(); at++) {
            for (char other : "aZ0-_.".toCharArray()) {
                var changed = cursor.substring(0, at) + other + cursor.substring(at + 1);
                if (!changed.equals(cursor)) {
                    refuses(5, changed, null, null, "This is no cursor of this list");
                }
            }
            refuses(5, cursor.substring(0, at), null, null, "This is no cursor of this list");
        }
        assertThat(request(5, cursor, null, null).afterKey()).isEqualTo("a");
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        assertThatThrownBy(() -> request(-1, "x", 300, "y"))
                .asInstanceOf(type(RejectedException.class))
                .satisfies(rejected -> {
                    assertThat(rejected.code()).isEqualTo(ErrorCode.BAD_USER_INPUT);
                    assertThat(rejected.problems())
                            .extracting(problem -> problem.place().path().getFirst())
                            .containsExactlyInAnyOrder("last", "last", "first", "after", "before");
                    assertThat(rejected.problems())
                            .extracting(Problem::code)
                            .containsOnly(ProblemCode.BAD_PAGE);
                });
    }

    private static PageRequest request(
            @Nullable Integer first,
            @Nullable String after,
            @Nullable Integer last,
            @Nullable String before) {
        return PageRequest.of(cursors("Letter", "x", CALLER), first, after, last, before);
    }

    private static Cursors cursors(String type, String filter, Caller caller) {
        return new Cursors(new Seal(new byte[32]), type, filter, caller);
    }

    private static void refuses(
            @Nullable Integer first,
            @Nullable String after,
            @Nullable Integer last,
            @Nullable String before,
            String why) {
        assertThatThrownBy(() -> request(first, after, last, before))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining(why);
    }

    private static List<String> keys(CountedConnection<Letter> page) {
        return page.edges().stream().map(edge -> edge.node().key()).toList();
    }
}
