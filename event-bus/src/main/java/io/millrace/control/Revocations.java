package io.millrace.control;

import io.millrace.control.ControlRecord.Action;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is revoked and what has ended, as far as the control topic was read. Written by the control
 * thread, asked by event loops.
 *
 * <p>It is bounded twice. An entry is forgotten when no token it could match is still valid. And
 * when there are too many, the oldest revocations become one: every token issued before the newest
 * of them is refused, so that what was revoked stays so, at the price of some who must fetch a new
 * token. Of ended conversations the oldest are forgotten: who asks for one hears silence.
 */
public final class Revocations {

  /** Part of the entries that goes at the limit: often enough, and not one by one. */
  private static final int PART = 10;

  private final Duration maxTokenLifetime;
  private final int maxEntries;
  private final Map<Long, Instant> subjects = new ConcurrentHashMap<>();
  private final Map<Long, Instant> tokens = new ConcurrentHashMap<>();
  private final Map<String, Instant> grants = new ConcurrentHashMap<>();
  private final Map<String, Ended> ended = new ConcurrentHashMap<>();

  /** Every token issued before this time is revoked. */
  private volatile long allBeforeMillis = Long.MIN_VALUE;

  /** Streams of an ended conversation may still be catching up with it. */
  private volatile boolean unsettled;

  /**
   * @param maxTokenLifetime how long a token is valid at most
   * @param maxEntries most revocations, and most ended conversations; one takes some 100 bytes
   */
  public Revocations(Duration maxTokenLifetime, int maxEntries) {
    this.maxTokenLifetime = maxTokenLifetime;
    this.maxEntries = maxEntries;
  }

  /**
   * @param since when it ended
   * @param end where its events end; empty while that is being found out
   */
  private record Ended(Instant since, Optional<Positions> end) {}

  /** Takes in a control record; the last word on a key holds. */
  public void apply(ControlRecord record, Instant now) {
    if (isOver(record.before(), now)) {
      forget(record.key());
      return;
    }
    String name = record.key().name();
    switch (record.key().kind()) {
      case USER -> subjects.put(Credential.hash(name), record.before());
      case TOKEN -> tokens.put(Credential.hash(name), record.before());
      case CONVERSATION -> {
        if (record.action() == Action.END) {
          ended.put(name, new Ended(record.before(), Optional.empty()));
          grants.remove(name);
        } else {
          grants.put(name, record.before());
          ended.remove(name);
        }
      }
    }
  }

  /** Takes back what was said of a key. */
  public void forget(ControlKey key) {
    switch (key.kind()) {
      case USER -> subjects.remove(Credential.hash(key.name()));
      case TOKEN -> tokens.remove(Credential.hash(key.name()));
      case CONVERSATION -> {
        grants.remove(key.name());
        ended.remove(key.name());
      }
    }
  }

  /** Forgets what no token can be affected by any more. */
  public void expire(Instant now) {
    revoked().forEach(times -> times.removeIf(before -> isOver(before, now)));
    ended.values().removeIf(end -> isOver(end.since(), now));
  }

  private boolean isOver(Instant before, Instant now) {
    return before.plus(maxTokenLifetime).isBefore(now);
  }

  private Stream<Collection<Instant>> revoked() {
    return Stream.of(subjects.values(), tokens.values(), grants.values());
  }

  /**
   * Keeps to the limit.
   *
   * @return whether the oldest revocations had to become one
   */
  public boolean shrink() {
    if (ended.size() > maxEntries) {
      Instant border = border(ended.values().stream().map(Ended::since));
      ended.values().removeIf(end -> !end.since().isAfter(border));
    }
    if (subjects.size() + tokens.size() + grants.size() <= maxEntries) {
      return false;
    }
    Instant border = border(revoked().flatMap(Collection::stream));
    // Before they go: nobody may be asked about in between.
    allBeforeMillis = Math.max(allBeforeMillis, border.toEpochMilli() + 1);
    revoked().forEach(times -> times.removeIf(before -> !before.isAfter(border)));
    return true;
  }

  /** The time that the oldest part is not after. */
  private Instant border(Stream<Instant> times) {
    return times.sorted().skip(maxEntries / PART).findFirst().orElse(Instant.MIN);
  }

  /** Number of entries. */
  public int size() {
    return subjects.size() + tokens.size() + grants.size() + ended.size();
  }

  /** How long a token is valid at most; one that lives longer could outlive its revocation. */
  public Duration maxTokenLifetime() {
    return maxTokenLifetime;
  }

  /** Whether the token is void. */
  public boolean isRevoked(Credential credential) {
    return credential.issuedAtMillis() < allBeforeMillis
        || isBefore(credential, subjects.get(credential.subject()))
        || (credential.token() != Credential.NO_TOKEN_ID && tokens.containsKey(credential.token()));
  }

  private static boolean isBefore(Credential credential, @Nullable Instant revoked) {
    return revoked != null && credential.issuedAtMillis() < revoked.toEpochMilli();
  }

  /** Whether the token no longer grants this conversation. */
  public boolean isRevoked(Credential credential, String conversation) {
    return isBefore(credential, grants.get(conversation));
  }

  /** Whether the token is void, or no longer grants one of the conversations followed. */
  public boolean isRevoked(Credential credential, Set<? extends Route> routes) {
    return isRevoked(credential)
        || (!grants.isEmpty()
            && routes.stream()
                .flatMap(route -> conversation(route).stream())
                .anyMatch(id -> isRevoked(credential, id)));
  }

  /**
   * Where the events for these routes end, if all of them are of ended conversations.
   *
   * @return empty while something may follow, or where it ends is not known yet
   */
  public Optional<Positions> end(Set<? extends Route> routes) {
    if (ended.isEmpty() || routes.isEmpty()) {
      return Optional.empty();
    }
    Positions end = Positions.NONE;
    for (Route route : routes) {
      Optional<Positions> known =
          conversation(route).flatMap(id -> Optional.ofNullable(ended.get(id))).flatMap(Ended::end);
      if (known.isEmpty()) {
        return Optional.empty();
      }
      end = end.max(known.get());
    }
    return Optional.of(end);
  }

  private static Optional<String> conversation(Route route) {
    if (route instanceof Route.Conversation conversation) {
      return Optional.of(conversation.id());
    }
    return route instanceof Route.Run run ? Optional.of(run.conversation()) : Optional.empty();
  }

  /** Ended conversations of which it is not known yet where their events end. */
  public List<String> openEnds() {
    return ended.entrySet().stream()
        .filter(each -> each.getValue().end().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The events of these conversations end here, or before. */
  public void endAt(List<String> conversations, Positions end) {
    for (String id : conversations) {
      ended.computeIfPresent(
          id, (same, known) -> new Ended(known.since(), known.end().or(() -> Optional.of(end))));
    }
    unsettled = true;
  }

  /** A stream of an ended conversation has not caught up with it: look again. */
  public void unsettled() {
    unsettled = true;
  }

  /** Whether that was said since the last time this was asked. */
  public boolean takeUnsettled() {
    boolean was = unsettled;
    unsettled = false;
    return was;
  }
}
