package io.millrace.cli.gateway;

import static io.millrace.cli.gateway.GatewayFixture.readTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.millrace.cli.http.TinyOrigin.Exchange;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stream through the gateway. A byte that is held back shows as a read that hangs. */
@Timeout(30)
class GatewayStreamIT {

  private GatewayFixture gateway;

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    gateway = new GatewayFixture(temporary);
  }

  @AfterEach
  void close() throws IOException {
    gateway.close();
  }

  @Test
  void passesEachEventOnBeforeTheNextIsSent() throws Exception {
    try (Socket client = gateway.subscribe("/api/notifications")) {
      Exchange stream = gateway.one.next().stream();
      readTo(client, "\r\n\r\n");
      for (int i = 0; i < 100; i++) {
        stream.chunk("id: " + i + "\ndata: {}\n\n");
        readTo(client, "id: " + i + "\ndata: {}\n\n");
      }
    }
  }

  @Test
  void passesAHeartbeatOnWithoutItsBlankLine() throws Exception {
    try (Socket client = gateway.subscribe("/api/notifications")) {
      Exchange stream = gateway.one.next().stream();

      stream.chunk(": hb 17\n");

      readTo(client, ": hb 17\n");
    }
  }

  @Test
  void neverCompresses() throws Exception {
    try (Socket client = gateway.subscribe("/api/notifications", "Accept-Encoding: gzip, br\r\n")) {
      gateway.one.next().stream().chunk("data: a\n\n");

      String head = readTo(client, "\r\n\r\n");

      assertFalse(head.toLowerCase(java.util.Locale.ROOT).contains("content-encoding"), head);
      readTo(client, "data: a\n\n");
    }
  }

  @Test
  void letsGoOfTheReplicaWhenTheClientLeaves() throws Exception {
    Exchange stream;
    try (Socket client = gateway.subscribe("/api/notifications")) {
      stream = gateway.one.next().stream();
      readTo(client, "\r\n\r\n");
    }

    stream.awaitClientGone();
  }

  @Test
  void endsTheClientsStreamWhenTheReplicaDies() throws Exception {
    try (Socket client = gateway.subscribe("/api/notifications")) {
      Exchange stream = gateway.one.next().stream().chunk("data: a\n\n");
      readTo(client, "data: a\n\n\r\n");

      stream.abort();

      assertEquals(-1, client.getInputStream().read());
    }
  }

  @Test
  void endsTheClientsStreamWhenTheReplicaEndsIt() throws Exception {
    try (Socket client = gateway.subscribe("/api/notifications")) {
      Exchange stream = gateway.one.next().stream().chunk("data: a\n\n");
      readTo(client, "data: a\n\n\r\n");

      stream.end();

      readTo(client, "0\r\n\r\n");
    }
  }
}
