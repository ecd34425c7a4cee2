package io.millrace.cli.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.cli.runtime.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Text that is exactly one JSON value; it is published as it was written. */
public record JsonText(String text) {

  private static final JsonFactory JSON = new JsonFactory();

  public JsonText {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new Failure("not JSON: the value is empty");
      }
      parser.skipChildren();
      parser.finishToken();
      if (parser.nextToken() != null) {
        throw new Failure("not JSON: something follows the value" + at(parser.currentLocation()));
      }
    } catch (JsonProcessingException e) {
      // Jackson adds where an unfinished value began, in brackets that mean nothing to a reader.
      String message = e.getOriginalMessage().replaceFirst(" \\(start marker.*|: was exp.*", "");
      throw new Failure("not JSON: " + message + at(e.getLocation()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A string has no input errors.
    }
  }

  private static String at(JsonLocation location) {
    return " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }
}
