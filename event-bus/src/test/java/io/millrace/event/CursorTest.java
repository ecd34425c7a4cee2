package io.millrace.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

  private static final long PAST_INT = 1L << 31;

  @Test
  void looksLikeThis() {
    Cursor cursor = new Cursor("4V6Gdh", Positions.of(3, 5, 4));

    assertEquals("1.4V6Gdh.AwQB", cursor.encode());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 48, 256, 1000})
  void comesBackAsItWent(int partitions) {
    Random random = new Random(partitions);
    for (int round = 0; round < 50; round++) {
      Cursor cursor = new Cursor("abc_-9", near(PAST_INT, 64, partitions, random));

      assertEquals(Optional.of(cursor), Cursor.parse(cursor.encode()));
    }
  }

  @Test
  void carriesTheExtremes() {
    Cursor cursor = new Cursor("e", Positions.of(0, Long.MAX_VALUE, 0, Long.MAX_VALUE, 1));

    assertEquals(Optional.of(cursor), Cursor.parse(cursor.encode()));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 12})
  void isShorterThanEightyCharactersForOrdinaryTopics(int partitions) {
    Random random = new Random(1);

    String text = new Cursor("4V6Gdh", near(PAST_INT, 1 << 26, partitions, random)).encode();

    assertTrue(text.length() < 80, text);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 48, 256, 1000})
  void fitsItsBoundWhilePartitionsGrowTogether(int partitions) {
    String text = new Cursor("4V6Gdh", near(PAST_INT, 60, partitions, new Random(2))).encode();

    assertTrue(text.length() <= Cursor.MAX_LENGTH, text.length() + " characters");
  }

  @Test
  void isNotReadBackWhenLongerThanItsBound() {
    Cursor tooFarApart = new Cursor("4V6Gdh", near(PAST_INT, 1 << 30, 1000, new Random(3)));

    assertTrue(tooFarApart.encode().length() > Cursor.MAX_LENGTH);
    assertEquals(Optional.empty(), Cursor.parse(tooFarApart.encode()));
  }

  @Test
  void usesOnlyCharactersEveryClientSendsBack() {
    String text = new Cursor("a-_9", near(0, 1 << 30, 100, new Random(4))).encode();

    assertTrue(text.matches("[A-Za-z0-9._~-]+"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.",
        "1..",
        "1.abc",
        "1.abc.",
        "1..AA",
        "2.abc.AA",
        "1.abc.AA.AA",
        "1.abc.A",
        "1.abc.AA==",
        "1.abc.A+",
        "1.abc.A A",
        "1.a bc.AA",
        "1.tooLongForAnEpoch.AA",
        "1.äbc.AA",
        "42",
        "../../etc/passwd",
      })
  void refusesWhatItDidNotWrite(String text) {
    assertEquals(Optional.empty(), Cursor.parse(text));
  }

  @Test
  void refusesAPositionBelowZero() {
    // First varint 0, then a zigzag difference of -1.
    assertEquals(Optional.empty(), Cursor.parse("1.abc." + base64(0, 1)));
  }

  @Test
  void refusesAVarintThatIsCutOff() {
    assertEquals(Optional.empty(), Cursor.parse("1.abc." + base64(0x80)));
  }

  @Test
  void refusesAVarintLongerThanAnyNumber() {
    int[] endless = new int[11];
    java.util.Arrays.fill(endless, 0xFF);
    endless[10] = 1;

    assertEquals(Optional.empty(), Cursor.parse("1.abc." + base64(endless)));
  }

  @Test
  void readsAsManyPartitionsAsItsLengthHoldsAndNoMore() {
    String many = "1.abc." + base64(new int[1500]);
    String tooMany = "1.abc." + base64(new int[1_000_000]);

    assertEquals(1500, Cursor.parse(many).orElseThrow().positions().size());
    assertEquals(Optional.empty(), Cursor.parse(tooMany));
  }

  @Test
  void answersAnyGarbageWithoutAnException() {
    Random random = new Random(5);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      String text = "1.abc." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

      Cursor.parse(text)
          .ifPresent(cursor -> assertEquals(Optional.of(cursor), Cursor.parse(cursor.encode())));
    }
  }

  private static Positions near(long base, int spread, int partitions, Random random) {
    return Positions.of(
        LongStream.generate(() -> base + random.nextInt(spread)).limit(partitions).toArray());
  }

  private static String base64(int... bytes) {
    byte[] packed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      packed[i] = (byte) bytes[i];
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(packed);
  }
}
