package io.millrace.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.SseRequest;
import io.millrace.testing.Surface;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An event the topic could not take is refused, with the field that is wrong, and not written. */
public abstract class PublishFieldContract extends PublishTest {

  protected PublishFieldContract(Surface surface) {
    super(surface);
  }

  @Test
  void writesNothingOfABatchOfWhichOneEventIsWrong() {
    // Given
    JsonArray batch =
        new JsonArray()
            .add(eventFor(alice, "good"))
            .add(eventFor(alice, "no type").put("type", ""))
            .add(eventFor(alice, "good too"))
            .add(eventFor(alice, "reserved").put("type", "stream.end"))
            .add(1);

    // When
    JsonObject problem = refused(send(post(BATCH), batch.encode()), 400);

    // Then
    List<String> failures =
        problem.getJsonArray("failures").stream()
            .map(
                each ->
                    ((JsonObject) each).getInteger("index")
                        + " "
                        + ((JsonObject) each).getString("field"))
            .toList();
    assertEquals(List.of("1 type", "3 type", "4 data"), failures);
    written(0);
  }

  /** A request that is wrong, and the field it is told. */
  record Wrong(String contentType, UnaryOperator<SseRequest> request, String body, String field) {}

  private static Named<Wrong> plain(String name, String body, String field) {
    return Named.of(name, new Wrong(JSON, r -> r.query("key", "all"), body, field));
  }

  private static Named<Wrong> query(String name, UnaryOperator<SseRequest> query, String field) {
    return Named.of(name, new Wrong(JSON, query, "1", field));
  }

  private static Named<Wrong> structured(String name, JsonObject event, String field) {
    return Named.of(name, new Wrong(STRUCTURED, r -> r.query("key", "all"), event.encode(), field));
  }

  private static Named<Wrong> binary(String name, String header, String value, String field) {
    UnaryOperator<SseRequest> request =
        r -> {
          SseRequest built = r.query("key", "all");
          Stream.of("specversion:1.0", "id:1", "source:/s", "type:t")
              .filter(each -> !("ce-" + each).startsWith(header + ":"))
              .forEach(each -> built.header("ce-" + each.split(":")[0], each.split(":")[1]));
          return value.isEmpty() ? built : built.header(header, value);
        };
    return Named.of(name, new Wrong(JSON, request, "1", field));
  }

  static Stream<Named<Wrong>> plain() {
    return Stream.of(
        plain("empty body", "", "data"),
        plain("no JSON", "hello", "data"),
        plain("two values", "1 2", "data"),
        plain("2,000 deep", "[".repeat(2000) + "]".repeat(2000), "data"),
        query("no key", r -> r, "key"),
        query("empty key", r -> r.rawQuery("key="), "key"),
        query("key twice", r -> r.rawQuery("key=all&key=all"), "key"),
        query("key with LF", r -> r.rawQuery("key=user:a%0Aid:x"), "key"),
        query("scope of no form", r -> r.rawQuery("key=all&scope=everyone"), "scope"),
        query("one bad scope", r -> r.rawQuery("key=all&scope=all&scope=user:"), "scope"),
        query("empty run", r -> r.rawQuery("key=all&runid="), "runid"));
  }

  static Stream<Named<Wrong>> binary() {
    return Stream.of(
        binary("no specversion", "ce-specversion", "", "specversion"),
        binary("specversion 0.3", "ce-specversion", "0.3", "specversion"),
        binary("no id", "ce-id", "", "id"),
        binary("no source", "ce-source", "", "source"),
        binary("no type", "ce-type", "", "type"),
        binary("reserved type", "ce-type", "stream.reset", "type"),
        binary("type with LF", "ce-type", "a%0Aid:%20x", "type"),
        binary("type too long", "ce-type", "x".repeat(257), "type"),
        binary("type not decodable", "ce-type", "%zz", "type"),
        binary("time is none", "ce-time", "yesterday", "time"),
        binary("name with a dash", "ce-my-ext", "1", "my-ext"));
  }

  static Stream<Named<Wrong>> structured() {
    return Stream.of(
        structured("no id", without("id"), "id"),
        structured("no type", without("type"), "type"),
        structured("no data", without("data"), "data"),
        structured("type is a number", event("1").put("type", 1), "data"),
        structured("attribute is an object", event("1").put("x", new JsonObject()), "x"),
        structured("attribute is null", event("1").put("x", (Object) null), "x"),
        structured("scope is a number", event("1").put("scope", 1), "scope"),
        structured("two runs", event("1").put("runid", new JsonArray().add("a").add("b")), "runid"),
        structured(
            "data of another type",
            event("1").put("datacontenttype", "text/xml"),
            "datacontenttype"),
        structured("too many attributes", event("1").put("x", "y".repeat(20_000)), "attributes"),
        Named.of("structured, no JSON", new Wrong(STRUCTURED, r -> r, "{", "data")),
        Named.of("structured, an array", new Wrong(STRUCTURED, r -> r, "[]", "data")),
        Named.of("batch, no array", new Wrong(BATCH, r -> r, "{}", "body")),
        Named.of("batch, cut off", new Wrong(BATCH, r -> r, "[{}", "body")),
        Named.of("batch, empty body", new Wrong(BATCH, r -> r, "", "body")));
  }

  private static JsonObject without(String name) {
    JsonObject event = event("1");
    event.remove(name);
    return event;
  }

  @ParameterizedTest
  @MethodSource({"plain", "binary", "structured"})
  void namesTheFieldThatIsWrong(Wrong wrong) {
    // Given
    double fences = management().meter("millrace_fences_total");

    // When
    JsonObject problem =
        refused(send(wrong.request().apply(post(wrong.contentType())), wrong.body()), 400);

    // Then
    assertEquals(wrong.field(), problem.getString("field"), problem.encode());
    assertTrue(!problem.getString("detail").isBlank(), problem.encode());
    assertEquals(fences, management().meter("millrace_fences_total"));
  }

  @Test
  void refusesAQueryThatCannotBeDecoded() {
    assertEquals(400, send(post(JSON).rawQuery("key=%zz"), "1").status());
  }
}
